"""What the forum tells open pages. The only names other modules use are `publish…`, `thing_of` and `make_patches`.

A patch is absolute: "post 7 now looks like this and stands there", "the head now looks like this". Applying one twice,
or an older and then a newer one, ends in the same page, so a page that fills a gap needs no history, only what was
touched.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from forums.enums import ROOM
from forums.models import Post, Topic
from forums.querysets import read_files
from ui.rooms import transport
from ui.rooms.tokens import PRIVATE, room_of

Fragment = Callable[[Topic], str | None]


def thing_of(topic: Topic) -> str:
    """What a token lets its bearer read. Who is let in is part of the name: a token from when everybody could read
    opens nothing once the topic is for few.
    """
    return f"{ROOM}:{topic.public_id}:{PRIVATE}" if topic.is_private else f"{ROOM}:{topic.public_id}"


def place_of(post: Post, topic: Topic) -> str:
    """Which part of the page a post stands in."""
    if post.number == 1:
        return "question"
    return "answer" if topic.answer_id == post.pk else "replies"


def make_patches(
    topic: Topic, posts: Iterable[Post], parts: Mapping[str, Fragment] | None = None
) -> list[dict[str, Any]]:
    """One patch for each post and part in the active language; nothing in it depends on who reads."""
    posts = list(posts)
    read_files(posts)
    patches: list[dict[str, Any]] = [
        {
            "number": post.number,
            "place": place_of(post, topic),
            "html": render_to_string("forums/post.html", {"post": post, "topic": topic}).strip(),
        }
        for post in posts
    ]
    return patches + [{"part": name, "html": show(topic)} for name, show in (parts or {}).items()]


def publish(topic: Topic, posts: Iterable[Post], *, first: int, parts: Mapping[str, Fragment] | None = None) -> None:
    """Events `first` to `topic.last_seq` touched these. Rendered once per language, by the request that wrote, as they
    stand after the commit: what was hidden in the same transaction never shows its words.
    """
    if not transport.is_carried():
        return
    touched = [post.pk for post in posts]
    posts = read_again(topic, touched)
    if touched and not posts:
        return
    for language, _ in settings.LANGUAGES:
        with override(language):
            patches = make_patches(topic, posts, parts)
        message = {
            "type": "patch",
            "first": first,
            "seq": topic.last_seq,
            "replies": topic.reply_count,
            "patches": patches,
        }
        transport.publish(room_of(thing_of(topic), language), json.dumps(message, ensure_ascii=False))


def read_again(topic: Topic, touched: list[int]) -> list[Post]:
    """These posts as they stand now, in order; none of a topic that is hidden meanwhile."""
    if not touched:
        return []
    rows = Post.objects.filter(pk__in=touched, topic=topic.pk, topic__is_hidden=False)
    posts = list(rows.select_related("author", "mask").order_by("number"))
    for post in posts:
        post.topic = topic
    return posts


def publish_gone(thing: str) -> None:
    """The thing (`thing_of`, as it was) may no longer be read: tell its pages and close its rooms."""
    for language, _ in settings.LANGUAGES:
        transport.publish(room_of(thing, language), '{"type":"gone"}', closing=True)


def publish_much(topic: Topic) -> None:
    """More changed than a message should carry: its pages look for themselves."""
    for language, _ in settings.LANGUAGES:
        transport.publish(room_of(thing_of(topic), language), transport.RESYNC)
