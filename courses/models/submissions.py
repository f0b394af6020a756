"""Work handed in for a practical task, its files, and what the reviewer said."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language

from accounts.models import Organisation
from courses.enums import Confirmer, SubmissionStatus, TaskKind
from courses.models.progress import PhoneEvent
from courses.querysets import SubmissionQuerySet
from ui.files.kinds import FileKind
from ui.files.stored import StoredFile, private_storage

ADDRESSEES = [(each.value, each.label) for each in (Confirmer.FACILITATOR, Confirmer.CLERK)]
DECISIONS = [(each.value, each.label) for each in (SubmissionStatus.ACCEPTED, SubmissionStatus.RETURNED)]
LIVE = (SubmissionStatus.HANDED_IN, SubmissionStatus.ACCEPTED)


def name_file(row: "SubmissionFile", name: str) -> str:
    """A name that tells nothing and cannot be guessed; the learner's own name for it is in the row."""
    return f"submissions/{row.public_id}{FileKind(row.kind).suffix}"


class Submission(PhoneEvent):
    """One handing in by one person. After "returned" they hand in again: `number` 2, and this one stays as it was.

    `task` is the task as it was then: `{id, kind, confirm, title, instructions, rubric: [{id, text, required}]}`, where
    title, instructions and text map a language code to words. `organisation` made the course (None: the programme);
    `office` is the commune office that a clerk is asked to speak for.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="submissions")
    course_key = models.UUIDField()
    lesson_key = models.UUIDField()
    task = models.JSONField()
    number = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=10, choices=SubmissionStatus, default=SubmissionStatus.HANDED_IN)
    addressee = models.CharField(max_length=12, choices=ADDRESSEES)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    office = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(blank=True, default="")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("user", "lesson_key", "number"), name="courses_submission_numbered"),
            models.UniqueConstraint(
                fields=("user", "lesson_key"), condition=Q(status__in=LIVE), name="courses_submission_one_live"
            ),
            models.CheckConstraint(
                condition=Q(addressee=Confirmer.CLERK, office__isnull=False)
                | Q(addressee=Confirmer.FACILITATOR, office__isnull=True),
                name="courses_submission_clerk_has_office",
            ),
            models.CheckConstraint(
                condition=Q(status=SubmissionStatus.HANDED_IN, decided_at__isnull=True)
                | (~Q(status=SubmissionStatus.HANDED_IN) & Q(decided_at__isnull=False)),
                name="courses_submission_decided_has_time",
            ),
        )
        indexes = (
            models.Index(fields=("addressee", "status", "received_at"), name="courses_submission_queue"),
            models.Index(fields=("organisation", "status", "received_at"), name="courses_submission_of_ngo"),
            models.Index(fields=("office", "status", "received_at"), name="courses_submission_of_office"),
            models.Index(fields=("user", "course_key"), name="courses_submission_of_user"),
            models.Index(fields=("lesson_key", "-decided_at"), name="courses_submission_of_lesson"),
        )

    def __str__(self) -> str:
        return f"{self.user_id} · {self.lesson_key} · {self.number}"

    @property
    def is_waiting(self) -> bool:
        return self.status == SubmissionStatus.HANDED_IN

    @property
    def is_accepted(self) -> bool:
        return self.status == SubmissionStatus.ACCEPTED

    @property
    def is_returned(self) -> bool:
        return self.status == SubmissionStatus.RETURNED

    @property
    def days(self) -> int:
        """Whole days since it was handed in."""
        return max(0, (timezone.now() - self.received_at).days)

    @property
    def title(self) -> str:
        """The task's title in the reader's language, else in the other one."""
        return in_language(self.task["title"])

    @property
    def kind_name(self) -> str:
        return str(TaskKind(self.task["kind"]).label)

    @property
    def criteria(self) -> list[dict[str, Any]]:
        """The rubric in the reader's language: `{id, text, required}`."""
        return [{**each, "text": in_language(each["text"])} for each in self.task["rubric"]]


class SubmissionFile(StoredFile):
    """One file of a submission."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="files")
    file = models.FileField(storage=private_storage, upload_to=name_file)


class Review(models.Model):
    """The one decision about a submission: by a facilitator, or by a clerk who speaks for `office`.

    `results`: `[{id, is_met, comment}]` by criterion. Both the constraint and the lock make the first decision stand.
    """

    client_id = models.UUIDField(default=uuid.uuid4, unique=True)
    submission = models.OneToOneField(Submission, models.CASCADE, related_name="review")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    office = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.CharField(max_length=10, choices=DECISIONS)
    results = models.JSONField(default=list)
    comment = models.TextField(blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(decision__in=(SubmissionStatus.ACCEPTED, SubmissionStatus.RETURNED)),
                name="courses_review_decides",
            ),
        )

    def __str__(self) -> str:
        return f"{self.submission_id} · {self.decision}"

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The rubric with its results, in the reader's language: `{id, text, required, is_met, comment}`."""
        results = {each["id"]: each for each in self.results}
        return [{**each, **results.get(each["id"], {})} for each in self.submission.criteria]


def in_language(words: dict[str, str]) -> str:
    """The words in the reader's language, else in Khmer, else in any."""
    return words.get(get_language() or "km") or words.get("km") or next(iter(words.values()), "")
