"""Posts, and the log of what happened to them."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from forums import rendering
from forums.enums import EventKind, HideReason, Part, PostState, ReactionKind, TopicKind
from forums.excerpts import to_plain
from forums.models.mask import Mask
from forums.models.official import OfficialVoice
from forums.models.reaction import Tally, count_up
from forums.models.topic import Topic
from forums.querysets import PostQuerySet


def to_hour(moment: datetime) -> datetime:
    """What is kept of the time of a protected post."""
    return moment.replace(minute=0, second=0, microsecond=0)


class Post(OfficialVoice):
    """Numbered from 1 in its topic without gaps. `client_id` comes from the form or the phone: the same one twice is
    the same post. Where a post was moved away, another row keeps its number and says where it `moved_to`. An official
    post keeps the office and the title its author held when it was written. `tallies` counts the reactions by kind,
    `version` the editions from 1; `named`: each mention in the text and the post it leads to.
    """

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="posts")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="forum_posts"
    )
    mask = models.ForeignKey(Mask, models.PROTECT, null=True, blank=True, related_name="posts")
    client_id = models.UUIDField(default=uuid.uuid4, editable=False)
    source = models.TextField()
    html = models.TextField(editable=False)
    renderer_version = models.PositiveSmallIntegerField(editable=False)
    state = models.CharField(max_length=8, choices=PostState, default=PostState.VISIBLE)
    removed_at = models.DateTimeField(null=True, blank=True)
    removal_reason = models.CharField(max_length=300, blank=True, default="")
    edited_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    file_count = models.PositiveSmallIntegerField(default=0, editable=False)
    named = models.JSONField(default=dict, editable=False)
    tallies = models.JSONField(default=dict, editable=False)
    moved_to = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ("topic", "number")
        constraints = (
            models.UniqueConstraint(fields=("topic", "number"), name="forums_post_number_unique"),
            models.UniqueConstraint(fields=("author", "client_id"), name="forums_post_written_once"),
            models.UniqueConstraint(fields=("mask", "client_id"), name="forums_post_masked_once"),
            models.CheckConstraint(
                condition=Q(mask__isnull=True) | Q(author__isnull=True, office__isnull=True, is_official=False),
                name="forums_post_masked_names_nobody",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="forums_post_number_from_1"),
            models.CheckConstraint(
                condition=Q(state=PostState.VISIBLE, removed_at__isnull=True)
                | (~Q(state=PostState.VISIBLE) & Q(removed_at__isnull=False)),
                name="forums_post_removed_at_fits",
            ),
            models.CheckConstraint(
                condition=Q(is_official=False) | ~Q(official_title_km="") & ~Q(official_name_km=""),
                name="forums_post_official_is_named",
            ),
        )

    def __str__(self) -> str:
        return f"{self.topic_id}/{self.number}"

    @property
    def is_visible(self) -> bool:
        return self.state == PostState.VISIBLE

    @property
    def shows_words(self) -> bool:
        """Whether readers have words of its author before them: the post, or why its author deleted it."""
        return self.is_visible or (self.state == PostState.DELETED and bool(self.removal_reason))

    @property
    def writer(self) -> str:
        """Under which name readers see it; "" when who wrote it has left."""
        if self.is_official:
            return self.official_name
        if self.mask is not None:
            return self.mask.shown_name
        return self.author.public_name if self.author else ""

    @property
    def said(self) -> str:
        """Its words as readers of the active language see them: safe HTML."""
        return rendering.name_nobody(self.html)

    @property
    def plain(self) -> str:
        """The same without markup, in one line."""
        return " ".join(to_plain(self.said).split())

    @property
    def is_for_all(self) -> bool:
        """Said for an office, or an announcement: nobody folds it."""
        return self.is_official or (self.number == 1 and self.topic.kind == TopicKind.ANNOUNCEMENT)

    @property
    def is_folded(self) -> bool:
        """For the reader it was fetched for (`for_reader`), who quieted its author."""
        return bool(getattr(self, "is_quieted", False)) and not self.is_for_all

    @property
    def removal_words(self) -> str:
        """Why it is away: the moderator's reason from the list, or the author's own words; "" when none were given."""
        if self.state == PostState.HIDDEN and self.removal_reason in HideReason.values:
            return str(HideReason(self.removal_reason).label)
        return self.removal_reason

    @property
    def all_tallies(self) -> list[Tally]:
        return count_up(self, self.tallies)

    @property
    def shown_tallies(self) -> list[Tally]:
        """What stands under the post: thanks always, the others once somebody gave them."""
        return [tally for tally in self.all_tallies if tally.count or tally.kind == ReactionKind.THANKS]

    def get_absolute_url(self) -> str:
        """The page of the topic that holds this very post."""
        return f"{reverse('topic', args=[self.topic.public_id])}?post={self.number}#p-{self.number}"


class TopicEvent(models.Model):
    """Something happened to a post, or to a part of the topic's page. `seq` runs from 1 without gaps in each topic: a
    reader who has every number up to the topic's `last_seq` has missed nothing.
    """

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="events")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=EventKind)
    post = models.ForeignKey(Post, models.CASCADE, null=True, blank=True, related_name="events")
    part = models.CharField(max_length=10, choices=Part, blank=True, default="")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("topic", "seq")
        constraints = (
            models.UniqueConstraint(fields=("topic", "seq"), name="forums_topicevent_seq_unique"),
            models.CheckConstraint(condition=Q(seq__gte=1), name="forums_topicevent_seq_from_1"),
            models.CheckConstraint(
                condition=Q(post__isnull=False, part="") | Q(post__isnull=True) & ~Q(part=""),
                name="forums_topicevent_of_post_or_part",
            ),
        )

    def __str__(self) -> str:
        return f"{self.topic_id}/{self.seq}"
