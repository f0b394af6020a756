"""What happened on a phone, as it told us."""

from django.db import models
from django.db.models import Q

from courses.enums import EventKind
from courses.models.progress import ONE_LEARNER, LearnerRow, PhoneEvent
from courses.querysets import ProgressEventQuerySet


class ProgressEvent(LearnerRow, PhoneEvent):
    """One line of the log that phones write, possibly late. Never changed, never dropped.

    `happened_at` is by our clock: `clock_offset` (seconds) is what was added to the phone's. `seconds` is the time
    spent, for `studied` only. `lesson_key` is null for `enrolled` only.
    """

    kind = models.CharField(max_length=10, choices=EventKind)
    course_key = models.UUIDField()
    lesson_key = models.UUIDField(null=True, blank=True)
    seconds = models.PositiveIntegerField(default=0)
    is_late = models.BooleanField(default=False)
    clock_offset = models.BigIntegerField(default=0)

    objects = ProgressEventQuerySet.as_manager()

    class Meta:
        constraints = (
            ONE_LEARNER,
            models.CheckConstraint(
                condition=Q(kind=EventKind.ENROLLED, lesson_key__isnull=True)
                | (~Q(kind=EventKind.ENROLLED) & Q(lesson_key__isnull=False)),
                name="courses_progressevent_has_lesson",
            ),
            models.CheckConstraint(
                condition=Q(seconds=0) | Q(kind=EventKind.STUDIED), name="courses_progressevent_time_is_studied"
            ),
        )
        indexes = (
            models.Index(fields=("user", "-happened_at"), name="courses_event_of_user"),
            models.Index(fields=("visitor",), name="courses_event_of_visitor"),
            models.Index(fields=("course_key", "kind", "happened_at"), name="courses_event_of_course"),
        )

    def __str__(self) -> str:
        return f"{self.kind} · {self.user_id or self.visitor}"
