"""Finding and making boards."""

import uuid
from dataclasses import dataclass
from statistics import median
from typing import Any, cast

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, Subquery, Sum
from django.shortcuts import get_object_or_404

from accounts.enums import Verification
from accounts.models import Membership, Organisation, User
from accounts.rules import CLERK_ROLES
from forums.enums import PRIVATE_KINDS, BoardKind, PinScope, Rating
from forums.models import AnswerRating, Board, BoardMarker, Topic
from forums.models.asked import USUAL_DAYS
from forums.models.board import COMMUNE_PREFIX
from forums.querysets import Reader, boards_of
from places.models import Commune
from places.services import find_current
from ui.small_groups import PUBLIC_LEAST

DAY = 24 * 60 * 60
ENOUGH = 3  # answered questions before an answering time is named
LATEST = 20
ORDER: list[str] = [BoardKind.COMMUNE, *PRIVATE_KINDS, BoardKind.GENERAL, BoardKind.COURSE]
PARENTS = "commune__district__province"


def get_board(slug: str, *, user: Reader) -> Board:
    """The board at this address. A commune's board that nobody has written in yet comes unsaved, and a commune that
    became part of another leads to the other's. Raises `Http404`.
    """
    boards = Board.objects.visible_to(user).for_reader(user)
    board = boards.select_related(PARENTS, "office").filter(slug=slug).first()
    if board is not None and board.commune is not None and board.commune.is_ended:
        return get_board(f"{COMMUNE_PREFIX}{find_current(board.commune).code}", user=user)
    if board is not None:
        return board
    code = slug.removeprefix(COMMUNE_PREFIX) if slug.startswith(COMMUNE_PREFIX) else ""
    commune = get_object_or_404(Commune.objects.with_parents(), code=code)
    if commune.is_ended:
        return get_board(f"{COMMUNE_PREFIX}{find_current(commune).code}", user=user)
    return Board.for_commune(commune)


def get_board_of(commune: Commune) -> Board:
    """The commune's board, made when first needed."""
    return save_board(Board.for_commune(commune))


def save_board(board: Board) -> Board:
    """The stored board: itself, or for a commune's unsaved one the row, made once however many ask."""
    if board.pk or board.commune is None:
        return board
    stored, _ = Board.objects.get_or_create(
        commune=board.commune,
        defaults={
            "kind": BoardKind.COMMUNE,
            "slug": board.slug,
            "title_km": board.title_km,
            "title_en": board.title_en,
        },
    )
    stored.commune = board.commune
    return stored


def get_board_of_course(course_key: uuid.UUID, *, slug: str, title_km: str, title_en: str) -> Board:
    """The course's board, made when the course is published; its titles follow the course."""
    titles = {"title_km": title_km[:200], "title_en": title_en[:200]}
    address = f"course-{slug}"[:70]
    if Board.objects.filter(slug=address).exclude(course_key=course_key).exists():
        address = f"{address}-{course_key.hex[:8]}"
    return Board.objects.update_or_create(
        course_key=course_key,
        defaults=titles,
        create_defaults={**titles, "kind": BoardKind.COURSE, "slug": address},
    )[0]


def find_board_of_course(course_key: uuid.UUID) -> Board | None:
    return Board.objects.filter(course_key=course_key).first()


def list_boards(user: Reader) -> list[Board]:
    """The person's own commune first (saved or not), then the private boards they belong to, general boards, and the
    course boards that are used.
    """
    shown = Q(kind=BoardKind.GENERAL) | Q(kind=BoardKind.COURSE, topic_count__gt=0)
    if user.is_authenticated:
        shown |= boards_of(user) & Q(kind__in=PRIVATE_KINDS)
    if isinstance(user, User) and user.home_commune_id:
        shown |= Q(commune=user.home_commune_id)
    found = Board.objects.visible_to(user).for_reader(user).filter(shown).select_related("commune")
    boards = sorted(found.order_by("position", "pk")[:40], key=lambda board: (ORDER.index(board.kind), board.position))
    if isinstance(user, User) and user.home_commune_id and not any(board.commune_id for board in boards):
        boards.insert(0, Board.for_commune(cast(Commune, user.home_commune)))
    return boards


def list_pinned(user: Reader, board: Board | None = None) -> list[Topic]:
    """What is kept at the top: of the whole forum, or of this board."""
    pinned = Topic.objects.visible_to(user).for_list(user).pinned()
    pinned = pinned.filter(pin_scope=PinScope.SITE) if board is None else pinned.filter(board=board.pk)
    return list(pinned.order_by("-last_post_at")[:5])


@dataclass(frozen=True)
class Answerers:
    """Who answers on a commune's board, and how fast so far. `days` is None until enough questions were answered."""

    office: Organisation | None
    members: list[Membership]
    days: int | None
    promised: int | None = None
    helped: int | None = None


def who_answers(board: Board) -> Answerers:
    """The verified office of the board's commune with its active officials."""
    if board.commune_id is None:
        return Answerers(None, [], None)
    of_board = {"organisation__commune": board.commune_id, "organisation__verification": Verification.VERIFIED}
    active = Membership.objects.active().filter(**of_board, role__in=CLERK_ROLES)
    counted = {"rated": _count_ratings(board), "disliked": _count_ratings(board, rating=Rating.NO)}
    members = list(active.select_related("user", "organisation__answer_promise").annotate(**counted)[:8])
    offices = Organisation.objects.verified().commune_offices().select_related("answer_promise").annotate(**counted)
    first: Any = members[0] if members else offices.filter(commune=board.commune_id).first()
    if first is None:
        return Answerers(None, [], None)
    office = first.organisation if isinstance(first, Membership) else first
    promised = getattr(office, "answer_promise", None)
    days = promised.days if promised else USUAL_DAYS
    return Answerers(office, members, answer_days(board), days, tell_helped(first.rated or 0, first.disliked or 0))


def _count_ratings(board: Board, **which: str) -> Subquery:
    """How many ratings of answers on this board, inside another query."""
    rows = AnswerRating.objects.filter(asked__topic__board=board.pk, **which).order_by()
    return Subquery(rows.values("asked__topic__board").annotate(n=Count("pk")).values("n"))


def tell_helped(rated: int, disliked: int) -> int | None:
    """Of ten askers, how many say that the answer helped, at least partly; None for fewer than ten ratings. Told in
    tenths, and never "none" or "all", so that it tells on nobody.
    """
    return min(9, max(1, round((rated - disliked) * 10 / rated))) if rated >= PUBLIC_LEAST else None


def answer_days(board: Board) -> int | None:
    """Within how many whole days the office usually answers: the median of its last questions; None when too few."""
    if not board.pk:
        return None
    answered = Topic.objects.filter(board=board, answer__isnull=False, answered_at__isnull=False)
    times = answered.order_by("-answered_at").values_list("created_at", "answered_at")[:LATEST]
    waits = [(end - start).total_seconds() for start, end in times if end]
    if len(waits) < ENOUGH:
        return None
    return max(1, -int(-median(waits) // DAY))


def count_unanswered() -> int:
    """Questions on public boards that wait for an answer, from the boards' own counters."""
    public = Board.objects.visible_to(AnonymousUser())
    return public.aggregate(total=Sum("unanswered_count"))["total"] or 0


def look_at(board: Board, *, user: Reader) -> None:
    """The person sees the board: what was begun until now is fresh no longer. No query where nothing changes; the
    board came with `fresh` and `looked` (`for_reader`).
    """
    if not isinstance(user, User) or not board.pk:
        return
    marker = BoardMarker(user=user, board=board, begun=board.begun_count)
    if not getattr(board, "looked", False):
        BoardMarker.objects.bulk_create([marker], ignore_conflicts=True)
    elif getattr(board, "fresh", 0):
        BoardMarker.objects.filter(user=user, board=board).update(begun=board.begun_count)
