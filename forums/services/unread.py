"""Nothing is unread any more."""

from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.utils import timezone

from accounts.models import User
from forums.models import (
    Board,
    BoardMarker,
    Bookmark,
    ReaderSettings,
    ReadMarker,
    Seat,
    Subscription,
    Topic,
)
from forums.services.masking import forget_named


@transaction.atomic
def mark_all_read(user: User, *, board: Board | None = None) -> None:
    """On one board or on all: every marker moves to the last number, every board to now. A few queries, however much
    there is. Where the person wears a mask no marker keeps their name: from now on such a topic counts as read.
    """
    topics, boards = ReadMarker.objects.filter(user=user), BoardMarker.objects.filter(user=user)
    if board is not None:
        topics, boards = topics.filter(topic__board=board), boards.filter(board=board)
    forget_named(user, topics)
    last = Topic.objects.filter(pk=OuterRef("topic")).values("last_number")
    topics.filter(last_number__lt=F("topic__last_number")).update(last_number=Subquery(last), updated_at=timezone.now())
    begun = Board.objects.filter(pk=OuterRef("board")).values("begun_count")
    boards.update(begun=Subquery(begun), since=timezone.now())


def forget_reader(user: User) -> None:
    """The person leaves for good: what they read, follow and keep is nobody's business any more."""
    for model in (ReadMarker, BoardMarker, Subscription, Bookmark, ReaderSettings, Seat):
        model._default_manager.filter(user=user).delete()
