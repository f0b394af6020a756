"""Public talk as Atom: a board's topics, a topic's posts. Nothing here depends on who reads."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language

from forums.models import Board, Post, Topic

SIZE = 30
CONTENT_TYPE = "application/atom+xml; charset=utf-8"


def feed_of_topics(request: HttpRequest, title: str, address: str, topics: Iterable[Topic]) -> str:
    """The topics with the latest word first."""
    feed = _begin(request, title, address)
    for topic in topics:
        feed.add_item(
            title=topic.title,
            link=request.build_absolute_uri(topic.get_absolute_url()),
            description=str(topic.get_kind_display()),
            author_name=topic.author.public_name if topic.author else "",
            unique_id=f"urn:uuid:{topic.public_id}",
            pubdate=topic.created_at,
            updateddate=topic.last_post_at,
            categories=[topic.board.title],
        )
    return str(feed.writeString("utf-8"))


def feed_of_posts(request: HttpRequest, topic: Topic, posts: Iterable[Post]) -> str:
    """The newest posts that can be read; each as it is shown, without its marks for one reader."""
    feed = _begin(request, topic.title, topic.get_absolute_url())
    for post in posts:
        post.topic = topic
        feed.add_item(
            title=f"{topic.title} · {post.number}",
            link=request.build_absolute_uri(post.get_absolute_url()),
            description=post.said,
            author_name=name_author(post),
            unique_id=f"urn:uuid:{topic.public_id}#{post.number}",
            pubdate=post.created_at,
            updateddate=post.edited_at or post.created_at,
        )
    return str(feed.writeString("utf-8"))


def name_author(post: Post) -> str:
    """As the page names them."""
    return f"{post.writer}, {post.official_title}" if post.is_official else post.writer


def stamp_of(things: Iterable[Board | Topic], language: str) -> str:
    """What changes whenever the feed of these does: every write moves a topic's sequence or its latest word."""
    parts: list[Any] = [language]
    for thing in things:
        parts += [thing.pk, thing.last_seq, thing.is_hidden] if isinstance(thing, Topic) else [thing.pk]
    return '"' + "-".join(map(str, parts)) + '"'


def _begin(request: HttpRequest, title: str, address: str) -> Atom1Feed:
    return Atom1Feed(
        title=title,
        link=request.build_absolute_uri(address),
        description="",
        language=get_language(),
        feed_url=request.build_absolute_uri(request.path),
    )
