"""What a person follows, and telling them of what was written there."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from django_tasks import task

from accounts.models import User
from forums.enums import FollowLevel
from forums.models import Board, Mention, Post, ReaderSettings, Subscription, Topic
from forums.services.notices import following as notices
from forums.services.notices.writing import MENTIONED
from forums.services.quieting import find_quieting
from notifications.services import change_told, notify, strip_language
from ui.words import in_both


def follow(thing: Topic | Board, *, by: User, level: str) -> None:
    """Set what the person hears of a topic or a board; "" is no word of their own. The thing is one they may read."""
    of: dict[str, Any] = {"topic" if isinstance(thing, Topic) else "board": thing}
    if level in FollowLevel.values:
        Subscription.objects.update_or_create(user=by, **of, defaults={"level": level})
    else:
        Subscription.objects.filter(user=by, **of).delete()


def follow_own(post: Post) -> None:
    """Whoever begins a topic or answers in it follows it, unless they chose otherwise: then, or ever."""
    if post.author is None:
        return
    settings = ReaderSettings.objects.filter(user=post.author).first() or ReaderSettings()
    if settings.follows_begun if post.number == 1 else settings.follows_answered:
        row = Subscription(user=post.author, topic=post.topic, level=FollowLevel.WATCH)
        Subscription.objects.bulk_create([row], ignore_conflicts=True)


def save_reader_settings(user: User, *, follows_begun: bool, follows_answered: bool) -> None:
    values = {"follows_begun": follows_begun, "follows_answered": follows_answered}
    ReaderSettings.objects.update_or_create(user=user, defaults=values)


def tell_when_kept(post: Post) -> None:
    """Tell the followers once the post is safely written."""
    transaction.on_commit(partial(tell_followers_task.enqueue, post.pk))


@task
def tell_followers_task(pk: int) -> None:
    """Of what can still be read, whoever watches and may read it; who is named in the post hears of that instead, who
    quieted its author of nothing.
    """
    post = Post.objects.visible().filter(pk=pk).select_related("topic__board", "author", "mask").first()
    if post is None:
        return
    topic = post.topic
    watching = (
        Subscription.objects.watching(topic)
        if post.number > 1
        else Subscription.objects.filter(board=topic.board_id, level=FollowLevel.WATCH)
    )
    people = User.objects.filter(pk__in=watching.values("user"), is_active=True).exclude(pk=post.author_id or 0)
    people = people.exclude(pk__in=Mention.objects.filter(post=post).values("user"))
    people = people.exclude(pk__in=find_quieting(post).values("user"))
    if topic.answer_id == post.pk and topic.board.commune_id:
        people = people.exclude(pk=topic.author_id or 0)  # told that it is the answer
    is_begun = post.number == 1
    notify(
        find_readers(topic, people),
        kind=notices.BEGUN if is_begun else notices.REPLIED,
        url=post.get_absolute_url(),
        dedupe_key=f"forum-post:{post.pk}",
        data={"topic": topic.title, **name_author(post), "board": name_board(topic.board)},
        group_key=f"forum-board:{topic.board_id}" if is_begun else f"topic:{topic.public_id}",
    )


def find_readers(topic: Topic, people: Iterable[User]) -> list[User]:
    """Those of them who may read it now. A public topic asks nothing."""
    is_public = not (topic.is_private or topic.is_hidden or topic.moved_to_id)
    return [person for person in people if is_public or may_read(topic, person)]


def may_read(topic: Topic, person: User) -> bool:
    return Topic.objects.visible_to(person).filter(pk=topic.pk).exists()


def name_author(post: Post) -> dict[str, Any]:
    """As the page names them."""
    return {"name": in_both(lambda: post.writer)}


def name_board(board: Board) -> dict[str, str]:
    return {"km": board.title_km, "en": board.title_en}


def forget_writer(user: User) -> None:
    """Whoever was told that they wrote reads no name there any more."""
    names = in_both(lambda: gettext("A former member"))
    posts = Post.objects.filter(author=user, is_official=False).select_related("topic")
    urls = [strip_language(post.get_absolute_url()) for post in posts.iterator()]
    kinds = [notices.REPLIED.code, MENTIONED.code]
    for start in range(0, len(urls), 500):
        change_told(kinds, urls[start : start + 500], name=names)


def collect_following(user: User) -> list[dict[str, Any]]:
    """What the person follows, JSON-ready."""
    rows = Subscription.objects.filter(user=user).select_related("topic", "board")
    return [
        {
            "topic": str(row.topic.public_id) if row.topic else None,
            "board": row.board.slug if row.board else None,
            "level": row.level,
        }
        for row in rows
    ]
