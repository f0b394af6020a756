"""Finding posts by any phrase in them, among everything the reader may read.

Two steps, each one query. First the newest posts are read through: whatever is frequent is found there at once. Only
what is rarer than that is looked up by trigrams, and then few posts are left to look at. Without the first step a
frequent phrase would fetch half the forum to show twenty posts of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, StrIndex

from forums.enums import IdeaStatus, PostState, TopicKind
from forums.excerpts import Piece, make_excerpt, to_plain
from forums.models import Board, Post, PostText, Topic
from forums.querysets import Reader
from places.khmer import normalise

PAGE = 20
NEWEST = 2000  # posts read through before the trigrams are asked
LONGEST = 200  # characters of a search
MOST_WORDS = 8
MOST_TRIGRAMS = 24  # of one search; more only cost time
END = "  "  # so that the last letters begin a trigram as well
HIGHEST = "\U0010ffff"


@dataclass(frozen=True)
class Query:
    """What is asked: every word of `words` stands in the post. `status` is how far an idea has come, `since` since when
    it was written, `before` the last post seen, for the next page.
    """

    text: str = ""
    board: Board | None = None
    kind: str = ""
    status: str = ""
    waits: bool = False
    since: datetime | None = None
    before: int | None = None

    @property
    def is_narrow(self) -> bool:
        """Whether less than everything is looked through."""
        return bool(self.kind or self.status or self.waits or self.since)

    @property
    def words(self) -> list[str]:
        """In comparable form. In quotation marks the spaces belong to the phrase."""
        text = self.text.replace("\x00", " ")[:LONGEST].strip()
        if len(text) > 1 and text[0] in '"\u201c\u00ab' and text[-1] in '"\u201d\u00bb':
            phrase = normalise(text[1:-1])
            return [phrase] if phrase else []
        return normalise(text).split()[:MOST_WORDS]


@dataclass(frozen=True)
class Hit:
    """A post that was found, with its topic and board, and the piece around the words."""

    post: Post
    title: list[Piece]
    excerpt: list[Piece]


@dataclass(frozen=True)
class Found:
    query: Query
    hits: list[Hit] = field(default_factory=list)
    before: int | None = None


def find_posts(query: Query, *, user: Reader) -> Found:
    """A page of what was found, newest first; nothing for an empty search. Never raises on what a person may type."""
    words = query.words
    if not words:
        return Found(query)
    texts = _having(_read_newest(query), words)
    found = list(_read_by(texts, query, user)[: PAGE + 1])
    if len(found) <= PAGE:
        found = list(_read_by(_look_up(words), query, user)[: PAGE + 1])
    posts = Post.objects.visible().select_related("topic__board", "author", "mask").in_bulk(found[:PAGE])
    hits = [make_hit(posts[pk], words) for pk in found[:PAGE] if pk in posts]
    return Found(query, hits, before=found[PAGE - 1] if len(found) > PAGE else None)


def make_hit(post: Post, words: list[str]) -> Hit:
    title = make_excerpt(post.topic.title, words)
    return Hit(post, title, make_excerpt(to_plain(post.said), words))


def _read_by(texts: "QuerySet[PostText]", query: Query, user: Reader) -> "QuerySet[PostText, int]":
    """Which posts of these texts this reader may read, newest first. The audience is part of the query: no post is
    counted, skipped or fetched that the reader may not see. The rows come by a query of their own, for a page alone.
    """
    topics = Topic.objects.visible_to(user)
    if query.kind in TopicKind.values:
        topics = topics.filter(kind=query.kind)
    if query.status in IdeaStatus.values:
        topics = topics.filter(kind=TopicKind.IDEA, idea__status=query.status)
    if query.waits:
        topics = topics.unanswered()
    texts = texts.filter(Exists(topics.filter(pk=OuterRef("post__topic"))), post__state=PostState.VISIBLE)
    if query.board is not None:
        texts = texts.filter(board=query.board)
    if query.since is not None:
        texts = texts.filter(post__created_at__gte=query.since)
    if query.before is not None:
        texts = texts.filter(pk__lt=query.before)
    return texts.order_by("-pk").values_list("pk", flat=True)


def _having(texts: "QuerySet[PostText]", words: list[str]) -> "QuerySet[PostText]":
    """Those with all words: a plain search in the bytes, as LIKE would look at every letter."""
    for number, word in enumerate(words):
        texts = texts.alias(**{f"_at{number}": StrIndex("text", Value(word))}).filter(**{f"_at{number}__gt": 0})
    return texts


def _read_newest(query: Query) -> "QuerySet[PostText]":
    """The newest texts, of the board or of all, that come before the last one seen."""
    texts = PostText.objects.all()
    if query.board is not None:
        texts = texts.filter(board=query.board)
    if query.before is not None:
        texts = texts.filter(pk__lt=query.before)
    floor = texts.order_by("-pk").values("pk")[NEWEST : NEWEST + 1]
    return PostText.objects.filter(pk__gt=Coalesce(Subquery(floor), 0))


def _look_up(words: list[str]) -> "QuerySet[PostText]":
    """The texts that have the words, found by their trigrams."""
    if connection.vendor == "postgresql":
        # The words too, before anything is joined: most texts with the trigrams lack the word.
        sql = "SELECT post_id FROM forums_posttext WHERE forums_trigrams(text) @@ %s::tsquery"
        sql = f"{sql}{' AND strpos(text, %s) > 0' * len(words)} OFFSET 0"
        return PostText.objects.filter(pk__in=RawSQL(sql, [_ask_postgresql(words), *words]))  # noqa: S611 values are bound
    asked = _ask_sqlite(words)
    if not asked:
        return PostText.objects.none()
    sql = "SELECT rowid FROM forums_trigram WHERE forums_trigram MATCH %s"
    return _having(PostText.objects.filter(pk__in=RawSQL(sql, [asked])), words)  # noqa: S611 values are bound


def pick_trigrams(words: Iterable[str]) -> list[str]:
    """The trigrams that every text with these words has; of a long search every third."""
    found = [[word[at : at + 3] for at in range(len(word) - 2)] for word in words]
    if sum(map(len, found)) > MOST_TRIGRAMS:
        found = [[*trigrams[::3], *trigrams[-1:]] for trigrams in found]
    return list(dict.fromkeys(trigram for trigrams in found for trigram in trigrams))[:MOST_TRIGRAMS]


def _ask_postgresql(words: list[str]) -> str:
    """A tsquery: all trigrams, or every trigram that the longest of all short words begins."""
    trigrams = pick_trigrams(words)
    quoted = ["'" + text.replace("\\", "\\\\").replace("'", "''") + "'" for text in trigrams or [max(words, key=len)]]
    return " & ".join(quoted) if trigrams else f"{quoted[0]}:*"


def _ask_sqlite(words: list[str]) -> str:
    """The same for SQLite, which cannot look up the beginning of a trigram: its list of trigrams can. "" for none."""
    trigrams, joint = pick_trigrams(words), " AND "
    if not trigrams:
        short, joint = max(words, key=len), " OR "
        with connection.cursor() as cursor:
            between = [short, short + HIGHEST]
            cursor.execute("SELECT term FROM forums_trigram_term WHERE term >= %s AND term < %s", between)
            trigrams = [row[0] for row in cursor.fetchall()]
    return joint.join('"' + text.replace('"', '""') + '"' for text in trigrams)


def index_posts(topic: Topic, posts: Iterable[Post]) -> None:
    """After a change of these posts, in its transaction: what can be read can be found, what cannot is gone at once. A
    hidden topic's posts stay here, and nobody but moderators finds them.
    """
    posts = list(posts)
    shown = [post for post in posts if post.is_visible]
    gone = [post.pk for post in posts if not post.is_visible]
    if gone:
        PostText.objects.filter(pk__in=gone).delete()
    if not shown:
        return
    PostText.objects.bulk_create(
        [PostText(post=post, board_id=topic.board_id, text=make_text(topic, post)) for post in shown],
        update_conflicts=True,
        unique_fields=["post"],
        update_fields=["board", "text"],
        batch_size=500,
    )


def make_text(topic: Topic, post: Post) -> str:
    """What of a post can be found: its words as readers see them, the title before those of the first."""
    words = to_plain(post.html)
    return normalise(f"{topic.title}\n{words}" if post.number == 1 else words) + END
