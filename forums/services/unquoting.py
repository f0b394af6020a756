"""Quotes of somebody who left, and of words that a moderator took out for good."""

from functools import partial

from django.db import transaction
from django_tasks import task

from accounts.models import User
from forums.models import Post, PostVersion, Quote
from forums.services.ledger import Ledger, writing_to
from forums.services.quotes import AWAY, change_texts, find_quotes, make_head, read_own_words, squeeze, stands_in


def forget_quoted(user: User) -> None:
    """Whoever leaves is quoted as nobody; the words stay, as they do in the posts. What an official said for the office
    keeps its name.
    """
    rows = Quote.objects.filter(quoted__author=user).select_related("post__topic", "quoted__mask")
    for row in rows.order_by("post__topic_id", "post_id"):
        row.quoted.author = None
        with writing_to(row.post.topic) as ledger:
            change_texts(
                ledger, ledger.read(row.post), partial(put_heads, quoted=row.quoted_id, head=make_head(row.quoted))
            )


def put_heads(source: str, *, quoted: int, head: str) -> str:
    """The text with this line over each quote of the post."""
    lines = source.split("\n")
    for block in find_quotes(source):
        if block.quoted == quoted:
            lines[block.start] = head
    return "\n".join(lines)


def withhold_unsaid(ledger: Ledger, quoted: Post) -> None:
    """After an edition was taken out: excerpts that no edition says any more go, here at once and in other topics right
    after.
    """
    said = read_editions(quoted)
    rows = list(Quote.objects.filter(quoted=quoted).select_related("post__author"))
    for row in rows:
        if row.post.topic_id == ledger.topic.pk:
            withhold(ledger, row, said)
    if any(row.post.topic_id != ledger.topic.pk for row in rows):
        transaction.on_commit(partial(withhold_elsewhere_task.enqueue, quoted.pk))


@task()
def withhold_elsewhere_task(quoted_pk: int) -> None:
    """Each topic is locked alone."""
    quoted = Post.objects.get(pk=quoted_pk)
    said = read_editions(quoted)
    rows = Quote.objects.filter(quoted=quoted).exclude(post__topic=quoted.topic_id).select_related("post__topic")
    for row in rows:
        with writing_to(row.post.topic) as ledger:
            withhold(ledger, row, said)


def read_editions(post: Post) -> list[str]:
    """What the post says, and said in the editions that are left, squeezed."""
    texts = [post.source, *PostVersion.objects.filter(post=post, removed_at=None).values_list("source", flat=True)]
    return [squeeze(read_own_words(text)) for text in texts]


def withhold(ledger: Ledger, row: Quote, said: list[str]) -> None:
    """Out of the text, its former editions, and what waits for the quoted post to come back."""
    if row.withheld and not is_said(row.withheld, said):
        row.withheld = ""
        row.save(update_fields=["withheld"])
    change_texts(ledger, ledger.read(row.post), partial(drop_unsaid, quoted=row.quoted_id, said=said))


def drop_unsaid(source: str, *, quoted: int, said: list[str]) -> str:
    lines = source.split("\n")
    for block in reversed(list(find_quotes(source))):
        if block.quoted == quoted and block.body != AWAY and not is_said(block.body, said):
            lines[block.start + 1 : block.end] = [AWAY]
    return "\n".join(lines)


def is_said(passage: str, said: list[str]) -> bool:
    return any(stands_in(text, passage) for text in said)
