"""What the forum's pages cost with 60, 10,000 and 100,000 topics, and a reply in a topic of 5,000 posts.

Makes the rows in a database of its own (SQLite in a temporary folder; `DATABASE_URL` chooses another, empty one): Khmer
posts that all differ, and a person who has opened every hundredth topic. Asks the pages as a browser does and counts
every query of the request. Run by hand from the project's folder, on an idle machine:
`python bench/forum.py [topics …]`. The limits: 5 queries for a visitor, 9 for who is signed in, 25 for a reply, all the
same however many rows; 14,336 bytes of HTML and style for a page of twenty posts, compressed.
"""

import gc
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from khmer_posts import Writer
from stopwatch import ROOT, analyse, count_queries, measure, own_database

SIZES = (60, 10_000, 100_000)
LONG = 5000
BATCH = 1000
VISITOR, SIGNED_IN, REPLYING, BYTES = 5, 9, 25, 14 * 1024


class Forum:
    """Twelve boards that grow; half of the topics are questions, every tenth has an answer."""

    def __init__(self) -> None:
        from accounts.models import User
        from forums.enums import BoardKind
        from forums.models import Board

        self.writer, self.count = Writer(), 0
        self.people = [User.objects.create(username=f"bench-{n}", birth_year=1990) for n in range(7)]
        self.reader = self.people.pop()
        rows = [
            Board(kind=BoardKind.GENERAL, slug=f"b-{n}", title_km=f"ក្រុម {n}", title_en=f"Board {n}") for n in range(12)
        ]
        self.boards = list(Board.objects.bulk_create(rows))

    def grow(self, topics: int) -> None:
        """Up to so many topics, each with its first post; the reader has opened every hundredth."""
        from forums.models import Board, Post, ReadMarker, Topic

        for start in range(self.count, topics, BATCH):
            numbers = range(start, min(start + BATCH, topics))
            made = Topic.objects.bulk_create([self.make_topic(number) for number in numbers], batch_size=500)
            Post.objects.bulk_create([self.make_post(topic, 1) for topic in made], batch_size=500)
            markers = [ReadMarker(user=self.reader, topic=topic, last_number=1) for topic in made[::100]]
            ReadMarker.objects.bulk_create(markers)
        self.count = topics
        for board in self.boards:
            shown = Topic.objects.filter(board=board)
            numbers_of = {"topic_count": shown.count(), "begun_count": shown.count()}
            Board.objects.filter(pk=board.pk).update(**numbers_of, unanswered_count=shown.unanswered().count())
        analyse()

    def make_topic(self, number: int) -> Any:
        from datetime import timedelta

        from django.utils import timezone

        from forums.models import Topic

        at = timezone.now() - timedelta(days=400) + timedelta(minutes=5 * number)
        kind = "question" if number % 2 else "discussion"
        facts = {"kind": kind, "is_answered": bool(number % 10 == 1), "created_at": at, "last_post_at": at}
        counts = {"post_count": 1, "last_number": 1, "last_seq": 1}
        board, author = self.boards[number % 12], self.people[number % 6]
        return Topic(board=board, author=author, title=self.writer.write()[:60], **facts, **counts)

    def make_post(self, topic: Any, number: int) -> Any:
        from forums.models import Post
        from forums.rendering import VERSION, to_html

        source = self.writer.write()
        words = {"source": source, "html": to_html(source), "renderer_version": VERSION}
        return Post(topic=topic, number=number, author=self.people[number % 6], **words)

    def make_long_topic(self, posts: int) -> Any:
        """A topic with so many posts and their events."""
        from forums.enums import EventKind
        from forums.models import Post, Topic, TopicEvent

        topic = self.make_topic(1)
        topic.post_count = topic.last_number = topic.last_seq = posts
        topic.save()
        rows = [self.make_post(topic, number) for number in range(1, posts + 1)]
        made = Post.objects.bulk_create(rows, batch_size=500)
        events = [TopicEvent(topic=topic, seq=post.number, kind=EventKind.POSTED, post=post) for post in made]
        TopicEvent.objects.bulk_create(events, batch_size=500)
        return Topic.objects.get(pk=topic.pk)


def browse(user: Any, language: str = "km") -> Callable[[str], Any]:
    """What gets a page as this person; None is a visitor."""
    from django.test import Client

    client = Client()
    if user is not None:
        client.force_login(user)

    def get(address: str) -> Any:
        answer = client.get(f"/{language}{address}", headers={"Accept-Encoding": "br"})
        if answer.status_code != 200:
            raise SystemExit(f"{address}: {answer.status_code}")
        return answer

    return get


def weigh(get: Callable[[str], Any], address: str) -> int:
    import brotli

    style = brotli.compress((Path(ROOT) / "site" / "static" / "style.css").read_bytes(), quality=11)
    return len(get(address).content) + len(style)


def reply_to(forum: Forum, topic: Any) -> int:
    """Queries of one reply, sent as the page's form sends it by somebody no brake holds back."""
    from django.test import Client

    from accounts.models import User

    client = Client()
    client.force_login(User.objects.create(username=f"writer-{topic.pk}", birth_year=1990, is_superuser=True))
    address = f"/km/forum/topics/{topic.public_id}/reply/"
    return count_queries(partial(client.post, address, {"source": forum.writer.write()}))


def main(sizes: list[int]) -> None:
    from django.db import connection

    forum, faults = Forum(), []
    short = forum.make_long_topic(20)
    readers = (("visitor", browse(None), VISITOR), ("signed in", browse(forum.reader), SIGNED_IN))
    counted: dict[str, set[int]] = {}
    for size in sizes:
        forum.grow(size)
        gc.collect()
        gc.freeze()  # what was made for the measurement is not looked through again and again during it
        print(f"{connection.vendor}: {size} topics", flush=True)
        pages = {"forum": "/forum/", "board": "/forum/boards/b-3/", "topic": f"/forum/topics/{short.public_id}/"}
        for name, get, limit in readers:
            for page, address in pages.items():
                measure(f"  {page}, {name}", partial(get, address))
                queries = count_queries(partial(get, address))
                counted.setdefault(f"{page}, {name}", set()).add(queries)
                faults += [f"{page}, {name}: {queries} queries"] if queries > limit else []
        measure("  unread, signed in", partial(readers[1][1], "/forum/unread/"))
    long = forum.make_long_topic(LONG)
    replies = [reply_to(forum, topic) for topic in (short, long)]
    print(f"a reply after 20 and after {LONG} posts: {replies} queries")
    for name, get, _ in readers:
        size = weigh(get, f"/forum/topics/{long.public_id}/?post=200")
        print(f"twenty posts and the first, {name}: {size} bytes")
        faults += [f"{name}: {size} bytes"] if size > BYTES else []
    faults += [f"{name}: {sorted(found)}" for name, found in counted.items() if len(found) > 1]
    faults += [f"replies: {replies}"] if max(replies) > REPLYING or replies[1] > replies[0] else []
    print(f"limits {'kept' if not faults else 'BROKEN: ' + '; '.join(faults)}")


if __name__ == "__main__":
    chosen = [int(word) for word in sys.argv[1:]] or list(SIZES)
    with own_database():
        from django.test.utils import setup_test_environment

        setup_test_environment()
        main(chosen)
