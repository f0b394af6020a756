"""What searching 100,000 posts costs: phrases of every length, cut at random from the posts themselves.

Makes the posts in a database of its own (SQLite in a temporary folder; `DATABASE_URL` chooses another, empty one). Each
phrase must be found in the post it was cut from or in newer ones. Run by hand from the project's folder, on an idle
machine: `python bench/forum_search.py [posts] [phrases of each length]`. The limit: 50 ms for each search.
"""

import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from khmer_posts import Writer
from stopwatch import analyse, count_queries, own_database

LENGTHS = (1, 2, 3, 4, 6, 10, 20, 40, 80)
TOPICS = 1000
LIMIT = 50.0
TRIES = 3  # of each search the best, for other work of the machine is not the search


def fill(count: int) -> Any:
    """A general board, its topics and posts, indexed as the services index them; answers the reader."""
    from accounts.models import User
    from forums.enums import BoardKind
    from forums.models import Board, Post, PostText, Topic
    from forums.rendering import VERSION, to_html
    from forums.services.finding import make_text

    writer, reader = Writer(), User.objects.create(username="reader", birth_year=1990)
    board = Board.objects.create(kind=BoardKind.GENERAL, slug="bench", title_km="ក្រុម", title_en="Board")
    rows = [Topic(board=board, kind="discussion", title=writer.write()[:80]) for _ in range(TOPICS)]
    topics = Topic.objects.bulk_create(rows, batch_size=500)
    for start in range(0, count, 1000):
        posts = []
        for place in range(start, min(start + 1000, count)):
            source = writer.write()
            fields = {"topic": topics[place % TOPICS], "number": place // TOPICS + 1, "source": source}
            posts.append(Post(**fields, author=reader, html=to_html(source), renderer_version=VERSION))
        made = Post.objects.bulk_create(posts, batch_size=500)
        texts = [PostText(post=post, board=board, text=make_text(post.topic, post)) for post in made]
        PostText.objects.bulk_create(texts, batch_size=500)
    analyse()
    return reader


def cut_phrases(length: int, count: int) -> list[tuple[int, str]]:
    """Post and phrase, from anywhere in the text."""
    import random

    from forums.models import PostText

    chance = random.Random(length)  # noqa: S311 the same phrases in every run
    keys = list(PostText.objects.values_list("pk", flat=True))
    found: list[tuple[int, str]] = []
    while len(found) < count:
        text = PostText.objects.get(pk=chance.choice(keys)).text.strip()
        if len(text) > length:
            start = chance.randrange(len(text) - length)
            phrase = text[start : start + length]
            if phrase == phrase.strip() and '"' not in phrase:
                found.append((PostText.objects.only("pk").filter(text__contains=phrase).latest("pk").pk, phrase))
    return found


def clock(act: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds by the clock and of this process's work (SQLite's work is in it, PostgreSQL's is not)."""
    began, worked = time.perf_counter(), time.process_time()
    act()
    return (time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000


def main(posts: int, phrases: int) -> None:
    from django.contrib.auth.models import AnonymousUser
    from django.db import connection

    from forums.services.finding import Query, find_posts

    began = time.perf_counter()
    people = {"visitor": AnonymousUser(), "signed in": fill(posts)}
    print(f"{connection.vendor}: {posts} posts, made and indexed in {time.perf_counter() - began:.0f} s", flush=True)
    worst = 0.0
    for length in LENGTHS:
        spent, busy, missed, queries = [], [], 0, 0
        for newest, phrase in cut_phrases(length, phrases):
            for person in people.values():
                query = Query(text=f'"{phrase}"')
                found = find_posts(query, user=person)
                tries = [clock(partial(find_posts, query, user=person)) for _ in range(TRIES)]
                spent.append(min(wall for wall, _ in tries))
                busy.append(min(work for _, work in tries))
                missed += not found.hits or found.hits[0].post.pk != newest
                queries = max(queries, count_queries(partial(find_posts, query, user=person)))
        worst = max(worst, *spent)
        print(
            f"{length:>3} letters: {statistics.median(spent):>6.1f} ms middle {max(spent):>6.1f} ms worst"
            f" {max(busy):>6.1f} ms of CPU at worst, {queries} queries, {missed} of {len(spent)} missed",
            flush=True,
        )
    print(f"worst {worst:.1f} ms, limit {LIMIT:.0f} ms: {'kept' if worst <= LIMIT else 'BROKEN'}")


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    with own_database():
        main(*(numbers + [100_000, 20][len(numbers) :]))
