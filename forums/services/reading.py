"""What one reader sees of a topic: a page of it, or what happened since."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from forums import realtime, rendering
from forums.models import Post, ReadMarker, Topic, TopicEvent
from forums.querysets import Reader, read_files
from forums.services.masking import mark_seen
from forums.services.parts import find_parts

VISITOR = AnonymousUser()
PAGE = 20  # replies on a page
MOST_EVENTS = 60  # in one gap fill; more come with the next
KEPT = {"board", "author"}  # read with the topic, and none of a page's news


@dataclass(frozen=True)
class Thread:
    """One page of a topic. Post numbers have no gaps, so neighbouring pages are found by adding and subtracting.

    `seq` is the sequence the page was read at or before: a page that asks for what came after it misses nothing.
    """

    topic: Topic
    seq: int
    question: Post
    answer: Post | None
    replies: list[Post]
    start: int
    newer: int | None
    older: int | None
    newest: int | None
    seen: int

    @property
    def posts(self) -> list[Post]:
        """Everything on the page, in the order it is read."""
        return [self.question, *([self.answer] if self.answer else []), *self.replies]

    @property
    def is_last(self) -> bool:
        """Whether new replies belong on this page."""
        return self.newer is None


def read_thread(topic: Topic, *, user: Reader, number: int = 1) -> Thread:
    """The page that holds post `number`; numbers outside the topic give its first or last page."""
    last = topic.last_number
    start = first_on_page(min(max(number, 2), max(last, 2)))
    end = start + PAGE
    wanted = Q(number=1) | Q(number__range=(start, end - 1))
    if topic.answer_id:
        wanted |= Q(pk=topic.answer_id)
    posts = list(topic.posts.filter(wanted).for_reader(user).select_related("author").order_by("number"))
    for post in posts:
        post.topic = topic
    refresh_html(posts)
    read_files(posts)
    seen: int = getattr(topic, "seen", 0)
    mark_read(topic, user=user, number=min(end - 1, last))
    return Thread(
        topic=topic,
        seq=topic.last_seq,
        question=next(post for post in posts if post.number == 1),
        answer=next((post for post in posts if post.pk == topic.answer_id), None),
        replies=[post for post in posts if post.number > 1 and post.pk != topic.answer_id],
        start=start,
        newer=end if last >= end else None,
        older=start - PAGE if start > 2 else None,
        newest=last if last >= end + PAGE else None,
        seen=seen,
    )


def first_on_page(number: int) -> int:
    """The number the page of reply `number` begins with; the question stands on every page."""
    return 2 + (number - 2) // PAGE * PAGE


def read_after(topic: Topic, *, seq: int, user: Reader = VISITOR) -> dict[str, Any]:
    """What happened after event `seq`, as patches in the active language, and the `seq` the reader then is at.

    Patches show posts and parts as they are now, posts as this reader sees them; `more` says that another call is
    needed. The topic is read again after its events: as it was before them it would tell the page old news under a new
    number.
    """
    events = list(TopicEvent.objects.filter(topic=topic, seq__gt=seq).order_by("seq")[:MOST_EVENTS])
    if events:
        refresh(topic)
    posts = list(
        Post.objects.filter(pk__in={event.post_id for event in events if event.post_id})
        .for_reader(user)
        .select_related("author")
        .order_by("number")
    )
    for post in posts:
        post.topic = topic
    refresh_html(posts)
    reached = events[-1].seq if events else min(seq, topic.last_seq)
    return {
        "seq": reached,
        "more": len(events) == MOST_EVENTS,
        "replies": topic.reply_count,
        "patches": realtime.make_patches(topic, posts, find_parts(event.part for event in events)),
    }


def refresh(topic: Topic) -> None:
    """As the topic, its poll and its idea stand now."""
    topic.refresh_from_db(fields=[field.name for field in topic._meta.concrete_fields if field.name not in KEPT])
    for relation in topic._meta.related_objects:
        if relation.is_cached(topic):
            relation.delete_cached_value(topic)


def refresh_html(posts: Iterable[Post]) -> None:
    """Render anew what an older renderer left, and keep it."""
    stale = [post for post in posts if post.renderer_version != rendering.VERSION]
    for post in stale:
        post.html, post.renderer_version = rendering.to_html(post.source, post.named), rendering.VERSION
    if stale:
        Post.objects.bulk_update(stale, ["html", "renderer_version"])


def mark_read(topic: Topic, *, user: Reader, number: int) -> None:
    """Move the person's marker up to `number`, never back. One query, none where nothing moves: the topic came with
    `seen` (`for_reader`).
    """
    number, seen = min(number, topic.last_number), getattr(topic, "seen", 0)
    if not isinstance(user, User) or number <= seen:
        return
    if topic.has_protected and mark_seen(user, topic):
        return
    moved = seen and ReadMarker.objects.filter(user=user, topic=topic, last_number__lt=number).update(
        last_number=number, updated_at=timezone.now()
    )
    if not moved:
        ReadMarker.objects.bulk_create([ReadMarker(user=user, topic=topic, last_number=number)], ignore_conflicts=True)


def collect_posts(user: User) -> list[dict[str, Any]]:
    """Everything the person wrote, JSON-ready, also what was taken away."""
    posts = Post.objects.filter(author=user).select_related("topic__board").order_by("created_at")
    posts = posts.prefetch_related("versions", "files")
    return [
        {
            "board": post.topic.board.slug,
            "topic": str(post.topic.public_id),
            "title": post.topic.title,
            "number": post.number,
            "text": post.source,
            "files": [file.name for file in post.files.all()],
            "former_texts": [version.source for version in post.versions.all()],
            "state": post.state,
            "created_at": post.created_at.isoformat(),
        }
        for post in posts
    ]
