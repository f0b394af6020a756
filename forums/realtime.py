"""What the forum tells open pages. The only names other modules use are `publish_*`, `room_of` and `make_patches`.

A patch is absolute: "post 7 now looks like this and stands there". Applying one twice, or an older and then a newer
one, ends in the same page, so a page that fills a gap needs no history, only the posts that were touched.
"""

import json
import uuid
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from forums import transport
from forums.models import Post, Topic


def room_of(topic: uuid.UUID, language: str) -> str:
    """Readers of one topic in one language: fragments carry words, so each language has a room."""
    return f"topic:{topic}:{language}"


def place_of(post: Post, topic: Topic) -> str:
    """Which part of the page a post stands in."""
    if post.number == 1:
        return "question"
    return "answer" if topic.answer_id == post.pk else "replies"


def make_patches(topic: Topic, posts: Iterable[Post]) -> list[dict[str, Any]]:
    """One patch for each post in the active language; nothing in it depends on who reads."""
    return [
        {
            "number": post.number,
            "place": place_of(post, topic),
            "html": render_to_string("forums/post.html", {"post": post, "topic": topic}).strip(),
        }
        for post in posts
    ]


def publish_posts(topic: Topic, posts: Iterable[Post], *, first: int) -> None:
    """Events `first` to `topic.last_seq` touched these posts. Rendered once per language, by the request that wrote."""
    if not transport.is_carried():
        return
    posts = sorted(posts, key=lambda post: post.number)
    for language, _ in settings.LANGUAGES:
        with override(language):
            patches = make_patches(topic, posts)
        message = {
            "type": "patch",
            "first": first,
            "seq": topic.last_seq,
            "replies": topic.reply_count,
            "patches": patches,
        }
        transport.publish(room_of(topic.public_id, language), json.dumps(message, ensure_ascii=False))


def publish_gone(topic: Topic) -> None:
    """The topic may no longer be read: tell its pages and close its rooms."""
    for language, _ in settings.LANGUAGES:
        transport.publish(room_of(topic.public_id, language), '{"type":"gone"}', closing=True)
