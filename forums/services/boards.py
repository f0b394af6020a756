"""Finding and making boards."""

import uuid
from dataclasses import dataclass
from statistics import median

from django.db.models import Q
from django.shortcuts import get_object_or_404

from accounts.models import Membership, Organisation, User
from accounts.rules import CLERK_ROLES
from forums.enums import BoardKind
from forums.models import Board, Topic
from forums.models.board import COMMUNE_PREFIX
from forums.querysets import Reader
from places.models import Commune
from places.services import find_current

DAY = 24 * 60 * 60
ENOUGH = 3  # answered questions before an answering time is named
LATEST = 20
PARENTS = "commune__district__province"


def get_board(slug: str, *, user: Reader) -> Board:
    """The board at this address. A commune's board that nobody has written in yet comes unsaved, and a commune that
    became part of another leads to the other's. Raises `Http404`.
    """
    board = Board.objects.visible_to(user).select_related(PARENTS).filter(slug=slug).first()
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
    """The person's own commune first (saved or not), then general boards, then the course boards that are used."""
    shown = Q(kind=BoardKind.GENERAL) | Q(kind=BoardKind.COURSE, topic_count__gt=0)
    home = find_home(user)
    if home:
        shown |= Q(commune=home)
    boards = list(Board.objects.visible_to(user).filter(shown).order_by("position", "pk")[:30])
    boards.sort(key=lambda board: ({"commune": 0, "general": 1}.get(board.kind, 2), board.position))
    if home and not any(board.commune_id for board in boards):
        boards.insert(0, Board.for_commune(home))
    return boards


def find_home(user: Reader) -> Commune | None:
    """Where the person's voice is at home."""
    return user.home_commune if isinstance(user, User) else None


@dataclass(frozen=True)
class Answerers:
    """Who answers on a commune's board, and how fast so far. `days` is None until enough questions were answered."""

    office: Organisation | None
    members: list[Membership]
    days: int | None


def who_answers(board: Board) -> Answerers:
    """The verified office of the board's commune with its active officials."""
    if board.commune_id is None:
        return Answerers(None, [], None)
    office = Organisation.objects.verified().commune_offices().filter(commune=board.commune_id).first()
    if office is None:
        return Answerers(None, [], None)
    members = Membership.objects.active().filter(organisation=office, role__in=CLERK_ROLES).select_related("user")
    return Answerers(office, list(members[:8]), answer_days(board))


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
