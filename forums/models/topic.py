"""A topic holds posts and the two gap-free counts everything live rests on: post numbers and event sequence."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from forums.enums import HideReason, PinScope, TopicKind
from forums.models.board import Board
from forums.querysets import TopicQuerySet

TITLE_LENGTH = 200


class Topic(models.Model):
    """Counters change in the transaction of the write they count. `is_private` repeats what its board is, so that no
    list joins boards to know its audience. Merged into another, it is `moved_to` that. `is_answered` means
    an official answer on a commune's board, any reply elsewhere; it has a meaning for questions only. `is_taken_back`:
    its author deleted the first post, so nobody waits for anything here; what others wrote stays.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    board = models.ForeignKey(Board, models.PROTECT, related_name="topics")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="forum_topics"
    )
    kind = models.CharField(max_length=12, choices=TopicKind)
    title = models.CharField(max_length=TITLE_LENGTH)
    answer = models.ForeignKey("Post", models.SET_NULL, null=True, blank=True, related_name="+")
    is_answered = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True, blank=True)
    is_hidden = models.BooleanField(default=False)
    is_private = models.BooleanField(default=False, editable=False)
    is_taken_back = models.BooleanField(default=False, editable=False)
    moved_to = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    pin_scope = models.CharField(max_length=5, choices=PinScope, blank=True, default="")
    pinned_until = models.DateTimeField(null=True, blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)
    has_protected = models.BooleanField(default=False, editable=False)
    lock_reason = models.CharField(max_length=300, blank=True, default="")
    post_count = models.PositiveIntegerField(default=0)
    last_number = models.PositiveIntegerField(default=0)
    last_seq = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    last_post_at = models.DateTimeField(default=timezone.now)

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ("-last_post_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(post_count__lte=F("last_number")), name="forums_topic_count_sane"),
            models.CheckConstraint(condition=Q(last_seq__gte=F("last_number")), name="forums_topic_seq_covers_posts"),
            models.CheckConstraint(
                condition=Q(answer__isnull=True) | Q(kind=TopicKind.QUESTION, is_answered=True),
                name="forums_topic_answer_to_question",
            ),
            models.CheckConstraint(
                condition=Q(pin_scope="", pinned_until__isnull=True) | ~Q(pin_scope="") & Q(pinned_until__isnull=False),
                name="forums_topic_pin_has_end",
            ),
        )
        indexes = (
            models.Index(fields=("-last_post_at", "-id"), condition=Q(is_hidden=False), name="forums_topic_latest"),
            models.Index(
                fields=("board", "-last_post_at", "-id"), condition=Q(is_hidden=False), name="forums_topic_of_board"
            ),
            models.Index(
                fields=("board", "-last_post_at", "-id"),
                condition=Q(is_hidden=False, is_answered=False, kind=TopicKind.QUESTION),
                name="forums_topic_unanswered",
            ),
            models.Index(fields=("board", "created_at"), name="forums_topic_begun"),
            models.Index(fields=("pinned_until",), condition=~Q(pin_scope=""), name="forums_topic_pinned"),
            models.Index(fields=("board", "pinned_until"), condition=~Q(pin_scope=""), name="forums_topic_pinned_on"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_question(self) -> bool:
        return self.kind == TopicKind.QUESTION

    def counts_as_answered(self, posts: int) -> bool:
        """What `is_answered` says of a question that shows so many posts."""
        return self.answer_id is not None or (not self.board.commune_id and posts > 1)

    @property
    def is_idea(self) -> bool:
        return self.kind == TopicKind.IDEA

    @property
    def icon(self) -> str:
        """The icon that stands for its kind."""
        return TopicKind(self.kind).icon

    @property
    def is_locked(self) -> bool:
        """Read by everyone, answered by nobody."""
        return self.locked_at is not None

    @property
    def lock_words(self) -> str:
        """Why it is closed: a reason of the list, or a moderator's own words."""
        return str(HideReason(self.lock_reason).label) if self.lock_reason in HideReason.values else self.lock_reason

    @property
    def takes_replies(self) -> bool:
        """Whether anything can still be written here, whoever writes."""
        return not (self.is_hidden or self.is_locked or self.moved_to_id)

    @property
    def is_pinned(self) -> bool:
        return self.pinned_until is not None and self.pinned_until > timezone.now()

    @property
    def reply_count(self) -> int:
        """Posts that people can read, less the first."""
        return max(0, self.post_count - 1)

    def get_absolute_url(self) -> str:
        return reverse("topic", args=[self.public_id])


class ReadMarker(models.Model):
    """The last post number a person has had before their eyes; unread is a subtraction."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="read_markers")
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="markers")
    last_number = models.PositiveIntegerField()
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("user", "topic"), name="forums_readmarker_one"),)

    def __str__(self) -> str:
        return f"{self.pk}"
