"""How far the forum knows a person, worked out anew whenever it matters: there is no counter that could drift.

Three ways lead up: reading (on several days), learning (a finished course), attendance (a meeting, a shift). A decision
of a moderator that stands takes one step back for 90 days.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Aggregate, Count, F, IntegerField, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Least, TruncDate
from django.utils import timezone

from accounts.models import User
from accounts.rules import is_programme_staff
from forums import rules, seals
from forums.enums import ModerationKind, TrustLevel
from forums.models import Board, ModerationAction, Post, ReadMarker
from forums.signals import counting_trust

READ, READ_DAYS = 30, 3  # posts read, on so many days: known
READ_MUCH, READ_MUCH_DAYS, WRITTEN = 150, 10, 10  # the same for trusted, with so many posts that nobody took away
MOST_OF_A_TOPIC = 20  # whoever jumps to the end of a long topic has not read it
STEP_BACK = timedelta(days=90)
LADDER = (TrustLevel.NEW, TrustLevel.KNOWN, TrustLevel.TRUSTED)


@dataclass(frozen=True)
class Facts:
    """What a level rests on."""

    read: int = 0
    days: int = 0
    written: int = 0
    courses: int = 0
    attended: int = 0
    strikes: int = 0
    is_office: bool = False

    @property
    def earned(self) -> TrustLevel:
        """Without the steps back."""
        if self.is_office:
            return TrustLevel.OFFICE
        has_read = self.read >= READ and self.days >= READ_DAYS
        has_done = self.courses > 0 or self.attended > 0
        has_read_much = self.read >= READ_MUCH and self.days >= READ_MUCH_DAYS
        if has_read_much and has_done and self.written >= WRITTEN:
            return TrustLevel.TRUSTED
        return TrustLevel.KNOWN if has_read or has_done else TrustLevel.NEW

    @property
    def level(self) -> TrustLevel:
        if self.is_office:
            return TrustLevel.OFFICE
        return LADDER[max(0, LADDER.index(self.earned) - self.strikes)]


def gather_facts(user: User, board: Board | None = None) -> Facts:
    """Who moderates, works for the programme or answers for an office (on its board) needs no ladder."""
    if is_known_to_programme(user, board):
        return Facts(is_office=True)
    parts: dict[str, QuerySet[Any]] = {}
    counting_trust.send(User, parts=parts)
    read = ReadMarker.objects.filter(user=OuterRef("pk"))
    counts = User.objects.filter(pk=user.pk).values_list(
        in_all(read, Sum(Least(F("last_number"), MOST_OF_A_TOPIC))),
        in_all(read, Count(TruncDate("updated_at"), distinct=True)),
        in_all(Post.objects.visible().filter(author=OuterRef("pk"))),
        in_all(find_strikes(OuterRef("pk"))),
        *(in_all(rows) for rows in parts.values()),
    )
    posts, days, written, strikes, *done = counts.get()
    found = dict(zip(parts, done, strict=True))
    attended = found.get("meetings", 0) + found.get("shifts", 0)
    strikes += count_masked_strikes(user)
    return Facts(posts, days, written, courses=found.get("courses", 0), attended=attended, strikes=strikes)


def count_masked_strikes(user: User) -> int:
    """Those against what the person wrote protected: nobody but their own session can count them."""
    if not seals.is_available():
        return 0
    acts = find_standing().filter(post__mask__isnull=False).select_related("post__mask")
    return sum(rules.wears(user, act.post.mask) for act in acts)


def in_all(rows: QuerySet[Any], sum_up: Aggregate | None = None) -> Coalesce:
    """Rows of a person, counted (or summed up) inside the one query that asks for everything."""
    one = rows.order_by().annotate(_one=Value(1)).values("_one").annotate(_n=sum_up or Count("pk")).values("_n")
    return Coalesce(Subquery(one, output_field=IntegerField()), 0)


def find_level(user: User, board: Board | None = None) -> TrustLevel:
    return gather_facts(user, board).level


def is_known_to_programme(user: User, board: Board | None) -> bool:
    """Somebody has checked who this is."""
    if rules.can_moderate(user) or is_programme_staff(user):
        return True
    if board is not None:
        return rules.is_official_on(user, board)
    return any(held.organisation.is_verified for held in user.active_memberships)


def find_strikes(author: User | OuterRef) -> QuerySet[ModerationAction]:
    """Decisions of the last 90 days against the person that were neither undone nor overturned."""
    return find_standing().filter(post__author=author)


def find_standing() -> QuerySet[ModerationAction]:
    acts = ModerationAction.objects.standing().filter(kind__in=(ModerationKind.HIDE, ModerationKind.WARN))
    return acts.filter(created_at__gt=timezone.now() - STEP_BACK)
