"""Quizzes taken: the quiz as it was, the attempt, each answer."""

from typing import Any

from django.db import models
from django.db.models import Q

from courses.enums import AttemptStatus
from courses.models.progress import ONE_LEARNER, LearnerRow, PhoneEvent
from courses.querysets import AttemptQuerySet


class QuizVersion(models.Model):
    """A quiz as learners saw it, frozen: changing the page later never changes an attempt.

    `questions`: list of `{id, kind, text, hint, explanation, choices: [{id, right, text, feedback}]}`, where text,
    hint, explanation and feedback map a language code to words; choices of `order` stand in the right order.
    `revisions` maps a language code to the page's live revision id. Equal content is stored once (`digest`).
    """

    lesson_key = models.UUIDField()
    digest = models.CharField(max_length=64)
    pass_mark = models.PositiveSmallIntegerField()
    questions = models.JSONField()
    revisions = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("lesson_key", "digest"), name="courses_quizversion_once"),
            models.CheckConstraint(condition=Q(pass_mark__lte=100), name="courses_quizversion_pass_mark_per_cent"),
        )

    def __str__(self) -> str:
        return f"{self.lesson_key} {self.digest[:8]}"

    def find_question(self, question_id: str) -> dict[str, Any] | None:
        """The question with this id, or None."""
        return next((question for question in self.questions if question["id"] == question_id), None)


class Attempt(LearnerRow, PhoneEvent):
    """One run through a quiz. The first answer to each question counts; later ones are practice.

    `revision_id` is the live revision of the page it was begun on. `score` counts right first answers.
    """

    course_key = models.UUIDField()
    lesson_key = models.UUIDField()
    version = models.ForeignKey(QuizVersion, models.PROTECT, related_name="attempts")
    revision_id = models.PositiveBigIntegerField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=AttemptStatus, default=AttemptStatus.OPEN)
    finished_at = models.DateTimeField(null=True, blank=True)
    score = models.PositiveSmallIntegerField(default=0)
    is_passed = models.BooleanField(default=False)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        constraints = (
            ONE_LEARNER,
            models.UniqueConstraint(
                fields=("user", "lesson_key"),
                condition=Q(user__isnull=False, status=AttemptStatus.OPEN),
                name="courses_attempt_user_one_open",
            ),
            models.UniqueConstraint(
                fields=("visitor", "lesson_key"),
                condition=Q(visitor__isnull=False, status=AttemptStatus.OPEN),
                name="courses_attempt_visitor_one_open",
            ),
            models.CheckConstraint(
                condition=Q(status=AttemptStatus.OPEN, finished_at__isnull=True)
                | (~Q(status=AttemptStatus.OPEN) & Q(finished_at__isnull=False)),
                name="courses_attempt_closed_has_time",
            ),
        )
        indexes = (
            models.Index(fields=("user", "lesson_key", "-received_at"), name="courses_attempt_of_user"),
            models.Index(fields=("visitor", "lesson_key"), name="courses_attempt_of_visitor"),
        )

    def __str__(self) -> str:
        return f"{self.user_id or self.visitor} · {self.lesson_key}"

    @property
    def is_open(self) -> bool:
        return self.status == AttemptStatus.OPEN

    @property
    def total(self) -> int:
        return len(self.version.questions)

    @property
    def per_cent(self) -> int:
        """Right answers in whole per cent, rounded down: a pass mark is reached, not neared."""
        return self.score * 100 // self.total if self.total else 0


class Answer(PhoneEvent):
    """What was chosen, by choice ids (for an `order` question in the learner's order)."""

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="answers")
    question_id = models.UUIDField()
    choices = models.JSONField()
    is_right = models.BooleanField()
    counts = models.BooleanField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("attempt", "question_id"), condition=Q(counts=True), name="courses_answer_first_counts"
            ),
        )

    def __str__(self) -> str:
        return f"{self.attempt_id} · {self.question_id}"
