"""Telling of a topic that was moved, joined or closed: its author; its followers too where it stands elsewhere now."""

from functools import partial

from django.db import transaction
from django_tasks import task

from accounts.models import User
from forums.enums import FollowLevel, ModerationKind
from forums.models import ModerationAction, Subscription, Topic
from forums.services.following import find_readers, name_board
from forums.services.notices import order as news
from notifications.services import notify

KINDS = {ModerationKind.MOVE: news.MOVED, ModerationKind.MERGE: news.JOINED, ModerationKind.LOCK: news.CLOSED}


def tell_of_order(topic: Topic, act: ModerationAction) -> None:
    """After the commit; who did it hears nothing. Whoever writes protected is told of nothing here."""
    kind = ModerationKind(act.kind)
    if kind not in KINDS:
        return
    people = {topic.author_id}
    if kind != ModerationKind.LOCK:
        watching = Subscription.objects.filter(topic=topic, level=FollowLevel.WATCH)
        people |= set(watching.values_list("user", flat=True))
    told = sorted(person for person in people if person and person != act.moderator_id)
    if told:
        transaction.on_commit(partial(tell_of_order_task.enqueue, act.pk, topic.pk, told))


@task()
def tell_of_order_task(act_pk: int, topic_pk: int, people: list[int]) -> None:
    """Those of them who may read it where it is now."""
    act = ModerationAction.objects.get(pk=act_pk)
    topic = Topic.objects.select_related("board", "moved_to__board").get(pk=topic_pk)
    there = topic.moved_to or topic
    notify(
        find_readers(there, User.objects.filter(pk__in=people, is_active=True)),
        kind=KINDS[ModerationKind(act.kind)],
        url=there.get_absolute_url(),
        dedupe_key=f"order:{act.pk}",
        data={"title": topic.title, "into": there.title, "board": name_board(there.board), "reason": act.note},
    )
