"""How far a learner is. A row belongs to a person or to a visitor, never to both, never to none."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from courses.querysets import CompletionQuerySet, EnrolmentQuerySet

ONE_LEARNER = models.CheckConstraint(
    condition=Q(user__isnull=False, visitor__isnull=True) | Q(user__isnull=True, visitor__isnull=False),
    name="%(app_label)s_%(class)s_one_learner",
)


class LearnerRow(models.Model):
    """The two columns of a learner. `visitor` is the uuid kept in the session until sign-up."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    visitor = models.UUIDField(null=True, blank=True)

    class Meta:
        abstract = True


class PhoneEvent(models.Model):
    """What a phone may send twice or late: `client_id` is unique, a late one is kept with both clocks."""

    client_id = models.UUIDField(default=uuid.uuid4, unique=True)
    happened_at = models.DateTimeField()
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class Enrolment(LearnerRow):
    """A learner began a course (`translation_key` of its page); made by the first thing they do in it."""

    course_key = models.UUIDField()
    started_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        constraints = (
            ONE_LEARNER,
            models.UniqueConstraint(
                fields=("user", "course_key"), condition=Q(user__isnull=False), name="courses_enrolment_user_once"
            ),
            models.UniqueConstraint(
                fields=("visitor", "course_key"),
                condition=Q(visitor__isnull=False),
                name="courses_enrolment_visitor_once",
            ),
        )
        indexes = (models.Index(fields=("user", "-touched_at"), name="courses_enrolment_recent"),)

    def __str__(self) -> str:
        return f"{self.user_id or self.visitor} · {self.course_key}"


class LessonCompletion(LearnerRow, PhoneEvent):
    """A learner said "done" to a lesson, or passed its quiz."""

    course_key = models.UUIDField()
    lesson_key = models.UUIDField()

    objects = CompletionQuerySet.as_manager()

    class Meta:
        constraints = (
            ONE_LEARNER,
            models.UniqueConstraint(
                fields=("user", "lesson_key"), condition=Q(user__isnull=False), name="courses_completion_user_once"
            ),
            models.UniqueConstraint(
                fields=("visitor", "lesson_key"),
                condition=Q(visitor__isnull=False),
                name="courses_completion_visitor_once",
            ),
        )
        indexes = (
            models.Index(fields=("user", "course_key"), name="courses_completion_of_user"),
            models.Index(fields=("visitor", "course_key"), name="courses_completion_of_visitor"),
        )

    def __str__(self) -> str:
        return f"{self.user_id or self.visitor} · {self.lesson_key}"
