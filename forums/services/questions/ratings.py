"""What askers said of an office's answers, for the people who act for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.services import offices_of
from forums.enums import Rating
from forums.models import AnswerRating, Topic


@dataclass(frozen=True)
class Said:
    """How many of all ratings say what."""

    helped: int
    partly: int
    no: int

    @property
    def total(self) -> int:
        return self.helped + self.partly + self.no


def reads_ratings(user: User) -> bool:
    """Whoever acts for a verified commune office."""
    return any(office.is_verified for office in offices_of(user))


def list_ratings(user: User) -> "QuerySet[AnswerRating]":
    """Of answers on the boards of the person's verified offices, where others can read the question still."""
    communes = [office.commune_id for office in offices_of(user) if office.is_verified]
    topics = Topic.objects.visible_to(AnonymousUser()).filter(board__commune__in=communes)
    return AnswerRating.objects.filter(asked__topic__in=topics)


def list_unread_ratings(user: User) -> "QuerySet[AnswerRating]":
    """Those that nobody of the office has read yet."""
    return list_ratings(user).filter(read_at=None)


def with_questions(ratings: "QuerySet[AnswerRating]") -> "QuerySet[AnswerRating]":
    """With all that a row of the list shows."""
    return ratings.select_related("asked__topic__author", "asked__topic__board", "asked__topic__answer__author")


def sum_ratings(user: User) -> Said:
    """One query."""
    counted = {kind.value: Count("pk", filter=Q(rating=kind)) for kind in Rating}
    return Said(**list_ratings(user).order_by().aggregate(**counted))


def mark_ratings_read(shown: Sequence[AnswerRating]) -> None:
    """What stood on a page is read; a word that came meanwhile in place of one of them is not. No query where nothing
    is new.
    """
    new = [row for row in shown if row.read_at is None]
    if new:
        latest = max(row.rated_at for row in new)
        rows = AnswerRating.objects.filter(pk__in=[row.pk for row in new], rated_at__lte=latest)
        rows.update(read_at=timezone.now())
