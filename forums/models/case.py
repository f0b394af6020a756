"""Matters that wait for a decision: reported posts and appeals, all in one queue."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from forums.case_querysets import CaseQuerySet
from forums.enums import CaseKind, Desk, HideReason, ModerationKind
from forums.models.moderation import ModerationAction
from forums.models.post import Post


class Case(models.Model):
    """One post, one desk, one decision. `due_at` orders the queue: what is urgent is due first. An appeal is `against`
    an act; `words` are its author's.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=8, choices=CaseKind, default=CaseKind.REPORT)
    desk = models.CharField(max_length=10, choices=Desk, default=Desk.MODERATORS)
    post = models.ForeignKey(Post, models.CASCADE, related_name="cases")
    against = models.OneToOneField(ModerationAction, models.CASCADE, null=True, blank=True, related_name="appeal")
    reason = models.CharField(max_length=14, choices=HideReason)
    words = models.CharField(max_length=1000, blank=True, default="")
    is_urgent = models.BooleanField(default=False)
    report_count = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    ruling = models.CharField(max_length=8, choices=ModerationKind, blank=True, default="")
    answer_km = models.CharField(max_length=500, blank=True, default="")
    answer_en = models.CharField(max_length=500, blank=True, default="")
    told_at = models.DateTimeField(null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ("due_at", "pk")
        indexes = (
            models.Index(
                fields=("desk", "due_at", "id"), condition=Q(closed_at__isnull=True), name="forums_case_waiting"
            ),
            models.Index(fields=("closed_at", "id"), condition=Q(closed_at__isnull=False), name="forums_case_closed"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("post", "desk"),
                condition=Q(closed_at__isnull=True, kind=CaseKind.REPORT),
                name="forums_case_one_open",
            ),
            models.CheckConstraint(
                condition=Q(kind=CaseKind.APPEAL, against__isnull=False)
                | ~Q(kind=CaseKind.APPEAL) & Q(against__isnull=True),
                name="forums_case_appeal_against",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, ruling="") | Q(closed_at__isnull=False) & ~Q(ruling=""),
                name="forums_case_closed_has_ruling",
            ),
            models.CheckConstraint(
                condition=Q(assignee__isnull=True) | Q(taken_at__isnull=False), name="forums_case_taken_has_time"
            ),
        )

    def __str__(self) -> str:
        return f"{self.post_id} {self.kind}"

    @property
    def is_appeal(self) -> bool:
        return self.kind == CaseKind.APPEAL

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.due_at < timezone.now()

    def get_absolute_url(self) -> str:
        return reverse("case", args=[self.public_id])


class CaseNote(models.Model):
    """What those who decide tell each other; nobody else reads it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    text = models.CharField(max_length=500)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("created_at", "pk")

    def __str__(self) -> str:
        return f"{self.case_id} {self.created_at:%F}"


class ReplyTemplate(models.Model):
    """Words to an author that moderators write once, in both languages."""

    name = models.CharField(max_length=80, unique=True)
    text_km = models.CharField(max_length=500)
    text_en = models.CharField(max_length=500)
    position = models.PositiveSmallIntegerField(default=0)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.name
