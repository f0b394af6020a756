"""Quoting: an excerpt under a line that leads to the post it comes from.

    > [សុខ ដារ៉ា #7](/forum/posts/123/)
    > What stands in post 123, or parts of it with … between.

The reference stays only over words that really stand in that post: nobody has words put into their mouth. When the
quoted post is taken away the excerpt leaves every text that quotes it, and comes back if the post does.
"""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Q
from django.utils.html import strip_tags
from django_tasks import task

from forums import rendering
from forums.enums import EventKind
from forums.models import Post, PostVersion, Quote, Topic
from forums.services.ledger import Ledger, writing_to
from places.khmer import normalise
from ui.words import cut

LONGEST = 600  # characters of one excerpt; a reader can open the rest
AWAY = "> …"
QUOTED = re.compile(r"^ {0,3}>")
HEAD = re.compile(r"^ {0,3}> ?\[(.+)\]\(/forum/posts/(\d{1,12})/\)[ \t]*$")
SPECIAL = re.compile(r"([\\`*_\[\]<>])")


@dataclass(frozen=True)
class Block:
    """A quote in a text: its lines from the reference at `start` to before `end`."""

    quoted: int
    start: int
    end: int
    body: str


def find_quotes(source: str) -> Iterator[Block]:
    """The quotes of a text, in order."""
    lines = source.split("\n")
    for start, line in enumerate(lines):
        head = HEAD.match(line)
        if head:
            end = start + 1
            while end < len(lines) and QUOTED.match(lines[end]) and not HEAD.match(lines[end]):
                end += 1
            yield Block(int(head[2]), start, end, "\n".join(lines[start + 1 : end]))


def make_quote(post: Post, passage: str = "") -> str:
    """Markdown that quotes the post, or a passage of it where the post has these words; "" when it is away."""
    if not post.is_visible:
        return ""
    words = passage.strip() if passage.strip() and says(post, passage) else read_own_words(post.source)
    lines = "\n".join(f"> {line.strip()}" for line in cut(words, LONGEST).split("\n") if line.strip())
    return f"{make_head(post)}\n{lines}\n\n"


def make_head(post: Post) -> str:
    """The line that says whose words follow, and leads to them. Of somebody who left in no language."""
    author = None if post.author is None or post.author.is_deleted else post.author
    has_name = post.is_official or post.mask is not None or author is not None
    name = SPECIAL.sub(r"\\\1", post.writer) if has_name else rendering.NOBODY
    return f"> [{name} #{post.number}](/forum/posts/{post.pk}/)"


def read_own_words(source: str) -> str:
    """The text without what it quotes itself."""
    return "\n".join(line for line in source.split("\n") if not QUOTED.match(line)).strip()


def says(post: Post, passage: str) -> bool:
    """Whether each line of the passage, or each part between "…", stands in the post's own words."""
    return stands_in(squeeze(read_own_words(post.source)), passage)


def stands_in(said: str, passage: str) -> bool:
    """The same of what was said, squeezed."""
    parts = [squeeze(part) for line in passage.split("\n") for part in line.lstrip("> ").split("…")]
    return any(parts) and all(part in said for part in parts)


def squeeze(text: str) -> str:
    """Words alone, however they are marked, spaced and coded."""
    plain = html.unescape(strip_tags(rendering.to_html(text)))
    return "".join(normalise(plain).split())


def check_quotes(source: str, topic: Topic, *, former: str = "") -> str:
    """The text without the references that are not true: other words, or a post from elsewhere that not everybody may
    read; where they are true, under the name of whoever wrote the words. What stood in the `former` text of the same
    post stays.
    """
    blocks = list(find_quotes(source))
    if not blocks:
        return source
    kept = {(block.quoted, block.body) for block in find_quotes(former)}
    readable = Q(topic=topic.pk) | Q(topic__in=Topic.objects.visible_to(AnonymousUser()).values("pk"))
    true = Post.objects.visible().filter(readable).select_related("author", "mask")
    posts = true.in_bulk({block.quoted for block in blocks})
    lines = source.split("\n")
    for block in reversed(blocks):
        post = posts.get(block.quoted)
        if post and says(post, block.body):
            lines[block.start] = make_head(post)
        elif (block.quoted, block.body) not in kept:
            del lines[block.start]
    return "\n".join(lines)


def keep_quotes(post: Post) -> None:
    """The rows of what the text quotes, now or in a former edition that can be read."""
    texts = [post.source]
    if post.version > 1:
        texts += PostVersion.objects.filter(post=post).values_list("source", flat=True)
    wanted = {block.quoted for text in texts for block in find_quotes(text)} - {post.pk}
    if not wanted and post.version == 1:
        return
    Quote.objects.filter(post=post).exclude(quoted__in=wanted).delete()
    found = Post.objects.filter(pk__in=wanted).values_list("pk", flat=True)
    Quote.objects.bulk_create([Quote(post=post, quoted_id=pk) for pk in found], ignore_conflicts=True)


def withhold_quotes(ledger: Ledger, quoted: Post) -> None:
    """A post was taken away: so are the excerpts of it, here at once and in other topics right after."""
    _turn(ledger, quoted, is_away=True)


def give_quotes_back(ledger: Ledger, quoted: Post) -> None:
    """The post can be read again, and so can the excerpts."""
    _turn(ledger, quoted, is_away=False)


def _turn(ledger: Ledger, quoted: Post, *, is_away: bool) -> None:
    rows = list(Quote.objects.filter(quoted=quoted).select_related("post__author"))
    for row in rows:
        if row.post.topic_id == ledger.topic.pk:
            rewrite(ledger, row, is_away=is_away)
    if any(row.post.topic_id != ledger.topic.pk for row in rows):
        transaction.on_commit(partial(turn_elsewhere_task.enqueue, quoted.pk))


@task()
def turn_elsewhere_task(quoted_pk: int) -> None:
    """Excerpts in other topics follow what the quoted post is now; each topic is locked alone."""
    quoted = Post.objects.get(pk=quoted_pk)
    rows = Quote.objects.filter(quoted=quoted).exclude(post__topic=quoted.topic_id).select_related("post__topic")
    for row in rows:
        with writing_to(row.post.topic) as ledger:
            rewrite(ledger, row, is_away=not quoted.is_visible)


def rewrite(ledger: Ledger, row: Quote, *, is_away: bool) -> None:
    """Take the excerpt out of the text and its former editions, or put it back into the text."""
    post = ledger.read(row.post)
    if is_away:
        blocks = [block.body for block in find_quotes(post.source) if block.quoted == row.quoted_id]
        row.withheld = next((body for body in blocks if body != AWAY), row.withheld)
        change_texts(ledger, post, lambda text: put(text, row.quoted_id, AWAY))
    else:
        if row.withheld:
            change_text(ledger, post, put(post.source, row.quoted_id, row.withheld, only_away=True))
        row.withheld = ""
    row.save(update_fields=["withheld"])


def change_texts(ledger: Ledger, post: Post, change: Callable[[str], str]) -> None:
    """The text and its former editions, where the change makes a difference; this is no edition of its own."""
    for version in PostVersion.objects.filter(post=post):
        source = change(version.source)
        if source != version.source:
            version.source = source
            version.save(update_fields=["source"])
    change_text(ledger, post, change(post.source))


def change_text(ledger: Ledger, post: Post, source: str) -> None:
    if source != post.source:
        post.source, post.html, post.renderer_version = source, rendering.to_html(source, post.named), rendering.VERSION
        post.save(update_fields=["source", "html", "renderer_version"])
        ledger.note(EventKind.EDITED, post)


def put(source: str, quoted: int, body: str, *, only_away: bool = False) -> str:
    """The text with `body` under each reference to the post; with `only_away` only where its excerpt was taken out."""
    lines = source.split("\n")
    for block in reversed(list(find_quotes(source))):
        if block.quoted == quoted and not (only_away and block.body != AWAY):
            lines[block.start + 1 : block.end] = body.split("\n")
    return "\n".join(lines)
