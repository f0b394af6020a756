"""A commune became part of another: what was asked there is read, and answered, on the other's board."""

from django.db import transaction

from forums.models import Board, HeldPost, PostText, Subscription, Topic
from forums.services.boards import get_board_of
from places.models import Commune


@transaction.atomic
def move_topics(commune: Commune, *, successor: Commune) -> dict[str, int]:
    """All topics of the commune's board, what waits to be one, and who follows it. Topics are locked before boards, as
    whoever writes does.
    """
    old = Board.objects.filter(commune=commune).first()
    if old is None:
        return {}
    new = get_board_of(successor)
    topics = list(Topic.objects.select_for_update().filter(board=old).order_by("pk").values_list("pk", flat=True))
    boards = list(Board.objects.select_for_update().filter(pk__in=(old.pk, new.pk)).order_by("pk"))
    Topic.objects.filter(pk__in=topics).update(board=new)
    PostText.objects.filter(board=old).update(board=new)
    HeldPost.objects.filter(board=old).update(board=new)
    follow_followers(old, new)
    for board in boards:
        board.begun_count += len(topics) if board.pk == new.pk else 0
        shown = Topic.objects.filter(board=board, is_hidden=False, moved_to=None)
        board.topic_count, board.unanswered_count = shown.count(), shown.unanswered().count()
        board.save(update_fields=["topic_count", "unanswered_count", "begun_count"])
    return {"topics": len(topics)}


def follow_followers(old: Board, new: Board) -> None:
    """What a person wants to hear of the new board weighs more than what they wanted of the old one."""
    rows = Subscription.objects.filter(board=old)
    copies = [Subscription(user_id=row.user_id, board=new, level=row.level) for row in rows]
    Subscription.objects.bulk_create(copies, ignore_conflicts=True, batch_size=500)
    rows.delete()


def rename_boards(codes: set[str]) -> None:
    """The boards of communes that have other names now."""
    for board in Board.objects.filter(commune__code__in=codes).select_related("commune"):
        if board.commune is not None:
            called = Board.for_commune(board.commune)
            board.title_km, board.title_en = called.title_km, called.title_en
            board.save(update_fields=["title_km", "title_en"])
