"""Naming people: "@" and the name of somebody who writes in this topic.

The name stands in the text as it was typed and leads to a post of that person; a row remembers who is meant. Where two
people here have one name, the number of a post tells them apart: "@សុខ ដារ៉ា#7".
"""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django_tasks import task

from accounts.models import User
from forums import rendering
from forums.enums import EventKind
from forums.models import Mention, Post, PostVersion, Quote, Subscription, Topic
from forums.services.following import find_readers, name_author
from forums.services.ledger import Ledger, writing_to
from forums.services.notices import writing as notices
from forums.services.quieting import find_quieting
from notifications.services import notify
from ui.words import in_both

MOST = 5  # people one post may name; more stays plain words
READ_BACK = 500  # the latest posts, among whose authors a name is looked for
GONE = "@…"


@dataclass(frozen=True)
class Person:
    """Somebody who writes here, with a post of theirs and all their posts' numbers."""

    user: User
    post: int
    numbers: frozenset[int]

    @property
    def names(self) -> set[str]:
        """What others read of the name in either language: of a minor the given name alone."""
        return {unicodedata.normalize("NFC", name) for name in in_both(lambda: self.user.public_name).values()}


@dataclass(frozen=True)
class Named:
    """A mention: the words in the text, and who is meant."""

    text: str
    person: Person


def list_people(topic: Topic, *, besides: User | None) -> list[Person]:
    """Whose posts can be read in this topic, the latest first."""
    posts = Post.objects.visible().filter(topic=topic, author__is_active=True).order_by("-number")
    numbers: dict[int, list[tuple[int, int]]] = {}
    for author, pk, number in posts.values_list("author", "pk", "number")[:READ_BACK]:
        numbers.setdefault(author, []).append((pk, number))
    if besides is not None:
        numbers.pop(besides.pk, None)
    users = User.objects.in_bulk(numbers)
    return [
        Person(users[author], rows[0][0], frozenset(number for _, number in rows)) for author, rows in numbers.items()
    ]


def find_named(topic: Topic, source: str, *, by: User) -> list[Named]:
    """Who is named outside quotes, each once, at most `MOST`; names that could mean two people name nobody."""
    if "@" not in source:
        return []
    by_name: dict[str, list[Person]] = {}
    for person in list_people(topic, besides=by):
        for name in person.names:
            by_name.setdefault(name.casefold(), []).append(person)
    found: dict[int, Named] = {}
    for text, name, number in _read(source, by_name):
        people = [one for one in by_name[name] if not number or number in one.numbers]
        if len(people) == 1 and len(found) < MOST:
            found.setdefault(people[0].user.pk, Named(text, people[0]))
    return list(found.values())


def _read(source: str, names: dict[str, list[Person]]) -> Iterator[tuple[str, str, int]]:
    """(as typed, name in lower case, number or 0) of each "@name"."""
    if not names:
        return
    pattern = rendering.make_name_pattern(names, r"(?:#(\d{1,9}))?")
    for line in source.split("\n"):
        for match in () if line.startswith(">") else pattern.finditer(line):
            yield match[0], match[1].casefold(), int(match[2] or 0)


def name_to(person: Post, topic: Topic, *, by: User | None) -> str:
    """What to type to name the author of this post; "" for oneself and for somebody who left."""
    if person.author is None or person.author == by or not person.author.is_active:
        return ""
    name = person.author.public_name
    same = [one for one in list_people(topic, besides=by) if name in one.names]
    return f"@{name} " if len(same) == 1 else f"@{name}#{person.number} "


def suggest_names(topic: Topic, *, by: User) -> list[dict[str, str]]:
    """For a list to choose from: each person's `name` here, and the `text` that means them alone."""
    people = [(one, one.user.public_name) for one in list_people(topic, besides=by)]
    shared = Counter(name for _, name in people)
    return [
        {"name": name, "text": f"@{name}" if shared[name] == 1 else f"@{name}#{max(one.numbers)}"}
        for one, name in people
    ]


def links_of(named: list[Named]) -> dict[str, int]:
    """As the post keeps it: the words, and the post they lead to."""
    return {one.text: one.person.post for one in named}


def keep_mentions(post: Post, named: list[Named]) -> None:
    """The rows of whom the text names now. Who is named for the first time is told after the commit."""
    rows = {row.user_id: row for row in Mention.objects.filter(post=post)} if post.version > 1 else {}
    wanted = {one.person.user.pk: one for one in named}
    Mention.objects.filter(pk__in=[row.pk for user, row in rows.items() if user not in wanted]).delete()
    fresh = [Mention(post=post, user_id=user, text=one.text) for user, one in wanted.items() if user not in rows]
    Mention.objects.bulk_create(fresh, ignore_conflicts=True)
    if fresh:
        transaction.on_commit(partial(tell_mentioned_task.enqueue, post.pk))


@task()
def tell_mentioned_task(post_pk: int) -> None:
    """Tell whoever is named and may read the topic. Told once, whatever is edited later."""
    post = Post.objects.select_related("topic__board", "author", "mask").get(pk=post_pk)
    if not post.is_visible:
        return
    muting = Subscription.objects.muting(post.topic).values("user")
    named = post.mentions.exclude(user__in=muting).exclude(user__in=find_quieting(post).values("user"))
    people = [row.user for row in named.select_related("user")]
    notify(
        find_readers(post.topic, people),
        kind=notices.MENTIONED,
        data={"topic": post.topic.title, **name_author(post)},
        url=post.get_absolute_url(),
        dedupe_key=f"mention:{post.pk}",
    )


def forget_mentions(user: User) -> None:
    """Whoever leaves is named no longer: the words go from the posts and from what they said before."""
    rows = Mention.objects.filter(user=user).select_related("post__topic").order_by("post__topic_id", "post_id")
    for row in rows:
        with writing_to(row.post.topic) as ledger:
            post = ledger.read(row.post)
            cut = partial(cut_name, row.text, others=list_names(ledger.topic) | set(post.named))
            post.named = {text: target for text, target in post.named.items() if text != row.text}
            _rewrite(ledger, post, cut)
            row.delete()
        _cut_in_quotes(post, cut)


def list_names(topic: Topic) -> set[str]:
    """What could be typed to name somebody here."""
    return {f"@{name}" for person in list_people(topic, besides=None) for name in person.names}


def cut_name(gone: str, text: str, *, others: set[str]) -> str:
    """The text without this name; a longer name that begins with it is another person's."""
    pattern = rendering.make_name_pattern({name[1:] for name in others | {gone}})
    return pattern.sub(lambda found: GONE if found[0].casefold() == gone.casefold() else found[0], text)


def _rewrite(ledger: Ledger, post: Post, cut: Callable[[str], str]) -> None:
    """In the words that stand and in all that stood before."""
    post.source = cut(post.source)
    post.html, post.renderer_version = rendering.to_html(post.source, post.named), rendering.VERSION
    post.save(update_fields=["source", "named", "html", "renderer_version"])
    for version in PostVersion.objects.filter(post=post):
        version.source = cut(version.source)
        version.save(update_fields=["source"])
    ledger.note(EventKind.EDITED, post)


def _cut_in_quotes(quoted: Post, cut: Callable[[str], str]) -> None:
    """Whoever quoted the post repeated the name. Each topic is locked alone."""
    for row in Quote.objects.filter(quoted=quoted).select_related("post__topic"):
        with writing_to(row.post.topic) as ledger:
            row.withheld = cut(row.withheld)
            row.save(update_fields=["withheld"])
            _rewrite(ledger, ledger.read(row.post), cut)
