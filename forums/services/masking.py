"""Masks: a name for one topic alone, and what is written under it.

Kept so that the rows tell nothing: no author, no time finer than the hour, no read marker with a name.
"""

import uuid
from collections.abc import Iterable
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from forums import rendering, seals
from forums.enums import EventKind, HideReason, TopicKind
from forums.models import Board, HeldPost, Mask, MaskRefusal, Post, ReadMarker, Topic
from forums.models.mask import NAMES
from forums.models.post import to_hour
from forums.querysets import Reader
from forums.services.following import tell_when_kept
from forums.services.ledger import Ledger, writing_to
from forums.services.questions.clock import make_asked
from forums.services.quotes import check_quotes, keep_quotes
from forums.services.watching import flag

REFUSALS_KEPT = timedelta(days=90)


def find_mask(user: User, topic_key: uuid.UUID) -> Mask | None:
    """The person's own in this topic."""
    if not seals.is_available():
        return None
    return Mask.objects.filter(topic_key=topic_key, tag=seals.make_tag(user.public_id, topic_key)).first()


def wear_mask(user: User, topic_key: uuid.UUID) -> Mask:
    """The person's own, made the first time; its name is the next free one from a place that the tag chooses."""
    tag = seals.make_tag(user.public_id, topic_key)
    for _attempt in range(5):
        found = Mask.objects.filter(topic_key=topic_key, tag=tag).first()
        if found is not None:
            return found
        taken = set(Mask.objects.filter(topic_key=topic_key).values_list("name", flat=True))
        name = find_free(taken, int(tag[:4], 16))
        try:
            with transaction.atomic():
                sealed = seals.seal(user.public_id, topic=topic_key, tag=tag)
                return Mask.objects.create(topic_key=topic_key, tag=tag, name=name, sealed=sealed)
        except IntegrityError:  # another took the name, or a double click the tag
            continue
    raise IntegrityError("No name is free")


def find_free(taken: set[int], start: int) -> int:
    """The first free number at or after a place in the list, then in its next rounds."""
    from_list = len(NAMES)
    for round_ in range(1 + len(taken) // from_list + 1):
        for step in range(from_list):
            name = round_ * from_list + (start + step) % from_list
            if name not in taken:
                return name
    raise AssertionError  # there are more names than are taken


def write_reply(topic: Topic, mask: Mask, *, source: str, client_id: uuid.UUID) -> Post:
    with writing_to(topic) as ledger:
        made = mask.posts.select_related("topic").filter(client_id=client_id).first()
        return made or write_masked(ledger, mask, source=source, client_id=client_id)


@transaction.atomic
def write_topic(board: Board, mask: Mask, *, kind: TopicKind, title: str, source: str, client_id: uuid.UUID) -> Topic:
    """Its public id is the one the mask was made for."""
    made = Topic.objects.filter(public_id=mask.topic_key).first()
    if made is not None:
        return made
    now = to_hour(timezone.now())
    topic = Topic(public_id=mask.topic_key, board=board, kind=kind, title=" ".join(rendering.clean(title).split()))
    topic.is_private, topic.created_at, topic.last_post_at = board.is_private, now, now
    topic.save()
    if topic.is_question and board.commune_id:
        asked = make_asked(topic)
        if asked.since and asked.due_at:
            asked.since, asked.due_at = to_hour(asked.since), to_hour(asked.due_at)
            asked.save(update_fields=["since", "due_at"])
    ledger = Ledger(topic, is_new=True)
    write_masked(ledger, mask, source=source, client_id=client_id)
    ledger.close()
    return topic


def write_masked(ledger: Ledger, mask: Mask, *, source: str, client_id: uuid.UUID) -> Post:
    """The next post of a locked topic: without mentions, without an office, by the hour."""
    topic, now = ledger.topic, to_hour(timezone.now())
    stood_at = topic.last_post_at
    source = check_quotes(rendering.clean(source), topic)
    post = Post.objects.create(
        topic=topic,
        number=ledger.next_number(),
        mask=mask,
        client_id=client_id,
        source=source,
        html=rendering.to_html(source),
        renderer_version=rendering.VERSION,
        created_at=now,
    )
    Mask.objects.filter(pk=mask.pk, seen=post.number - 1).update(seen=post.number)  # nobody's own words are new to them
    topic.last_post_at = max(stood_at, now)
    topic.post_count += 1
    topic.has_protected = True
    keep_quotes(post)
    ledger.note(EventKind.POSTED, post)
    tell_when_kept(post)
    flag(post)
    return post


def mark_seen(user: User, topic: Topic) -> bool:
    """The reader wears a mask here: how far they read is kept with it, and nowhere with their name, also not from
    before.
    """
    mask = find_mask(user, topic.public_id)
    seen: int = getattr(topic, "seen", 0)
    if mask is not None and seen:
        ReadMarker.objects.filter(user=user, topic=topic).delete()
    if mask is not None and mask.seen < topic.last_number:
        Mask.objects.filter(pk=mask.pk, seen__lt=topic.last_number).update(seen=topic.last_number)
    return mask is not None


def read_by_masks(user: Reader, topics: Iterable[Topic]) -> None:
    """Set `unread` right where the person wears a mask: how far they read stands with it. One query, none where
    nothing protected is unread.
    """
    rows = [topic for topic in topics if topic.has_protected and getattr(topic, "unread", 0) > 0]
    if not rows or not isinstance(user, User) or not seals.is_available():
        return
    tagged = {seals.make_tag(user.public_id, topic.public_id): topic for topic in rows}
    worn = Mask.objects.filter(topic_key__in=[topic.public_id for topic in rows], tag__in=tagged)
    for tag, seen in worn.values_list("tag", "seen"):
        topic = tagged[tag]
        topic.unread = max(0, topic.last_number - seen)  # type: ignore[attr-defined]


def keep_refusal(held: HeldPost, mask: Mask, reason: HideReason) -> MaskRefusal:
    """What was dropped waits for whoever wears the mask, with its words: they are kept nowhere else."""
    return MaskRefusal.objects.create(
        mask=mask, title=held.heading, source=held.source, reason=reason, told_at=to_hour(timezone.now())
    )


def forget_refusals() -> int:
    """For the clocks: what nobody came for in three months."""
    deleted, _rows = MaskRefusal.objects.filter(told_at__lt=timezone.now() - REFUSALS_KEPT).delete()
    return deleted


def forget_named(user: User, markers: QuerySet[ReadMarker]) -> None:
    """Of these markers of the person, those in topics where they wear a mask: a name beside a mask could tell."""
    keys = markers.filter(topic__has_protected=True).values_list("topic__public_id", flat=True)
    tags = [seals.make_tag(user.public_id, key) for key in keys] if seals.is_available() else []
    if tags:
        markers.filter(topic__public_id__in=Mask.objects.filter(tag__in=tags).values("topic_key")).delete()
