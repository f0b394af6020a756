"""What was written for a topic and is no post yet goes where the topic goes."""

from forums import rendering
from forums.models import Draft, HeldPost, Topic


def follow_board(topic: Topic) -> None:
    """The topic stands on another board now: whoever looks through what waits there decides."""
    HeldPost.objects.filter(topic=topic).update(board=topic.board_id)


def follow_topic(source: Topic, target: Topic) -> None:
    """One topic was joined to another: what waits, and what lies unsent, is for the other now. Who left words for both
    finds them together.
    """
    HeldPost.objects.filter(topic=source).update(topic=target, board=target.board_id)
    Draft.objects.filter(topic=source, post__isnull=False).update(topic=target)
    key = f"topic-{target.public_id}"
    there = {draft.user_id: draft for draft in Draft.objects.filter(topic=target, key=key)}
    for draft in Draft.objects.filter(topic=source, post=None).order_by("pk"):
        own = there.get(draft.user_id)
        if own is None:
            Draft.objects.filter(pk=draft.pk).update(topic=target, key=key)
            continue
        own.source, own.version = f"{own.source.rstrip()}\n\n{draft.source}"[: rendering.LONGEST], own.version + 1
        own.save()
        draft.delete()
