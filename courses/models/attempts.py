"""Quizzes taken: the quiz as it was, the attempt, each answer."""

from typing import Any

from django.db import models
from django.db.models import Q

from courses.enums import AttemptPurpose, AttemptStatus
from courses.models.progress import ONE_LEARNER, LearnerRow, PhoneEvent
from courses.querysets import AttemptQuerySet


class QuizVersion(models.Model):
    """A quiz as learners saw it, frozen: changing the page later never changes an attempt.

    `questions`: list of `{id, kind, text, hint, explanation, choices, …}`; texts map a language code to words.
      single, several, order: `choices: [{id, right, text, feedback}]`, those of `order` in the right order;
      number: `answer` and `tolerance` (decimal numbers as text), `unit` (words); no choices;
      short: `accepted: [words]`, right in any language; no choices;
      match: `choices: [{id, right, text, feedback, pair_id, pair}]`: a left side and, as `pair`, what belongs to it.
    `pools`: how many of the questions are drawn, by the question's `pool` ("" where it has none: the lesson's own);
    a pool that is not named is asked in full. `lesson_key` is the course's key for a check before or after.
    `revisions` maps a language code to the page's live revision id. Equal content is stored once (`digest`).
    """

    lesson_key = models.UUIDField()
    digest = models.CharField(max_length=64)
    pass_mark = models.PositiveSmallIntegerField()
    attempt_limit = models.PositiveSmallIntegerField(default=0)
    wait_minutes = models.PositiveIntegerField(default=0)
    hide_answers = models.BooleanField(default=False)
    questions = models.JSONField()
    pools = models.JSONField(default=dict)
    revisions = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("lesson_key", "digest"), name="courses_quizversion_once"),
            models.CheckConstraint(condition=Q(pass_mark__lte=100), name="courses_quizversion_pass_mark_per_cent"),
        )

    def __str__(self) -> str:
        return f"{self.lesson_key} {self.digest[:8]}"


CHECKS = (AttemptPurpose.BEFORE, AttemptPurpose.AFTER)
KEPT = ~Q(status=AttemptStatus.SET_ASIDE)


class Attempt(LearnerRow, PhoneEvent):
    """One run through a quiz. The first answer to each question counts; later ones are practice.

    `drawn`: ids of the questions asked, in their order; empty: all of the version. `total`: how many they are.
    `revision_id` is the live revision of the page it was begun on. `score` counts right first answers.
    Practice never passes: its `score` is the number right in a row, and it is finished by mastery.
    A check (BEFORE, AFTER) has the course's key as `lesson_key` and says which `form` ("a", "b") was asked.
    """

    course_key = models.UUIDField()
    lesson_key = models.UUIDField()
    purpose = models.CharField(max_length=10, choices=AttemptPurpose, default=AttemptPurpose.QUIZ)
    form = models.CharField(max_length=1, blank=True, default="")
    version = models.ForeignKey(QuizVersion, models.PROTECT, related_name="attempts")
    drawn = models.JSONField(default=list, blank=True)
    total = models.PositiveSmallIntegerField(default=0)
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
                fields=("user", "lesson_key", "purpose"),
                condition=Q(user__isnull=False, status=AttemptStatus.OPEN),
                name="courses_attempt_user_one_open",
            ),
            models.UniqueConstraint(
                fields=("visitor", "lesson_key", "purpose"),
                condition=Q(visitor__isnull=False, status=AttemptStatus.OPEN),
                name="courses_attempt_visitor_one_open",
            ),
            models.UniqueConstraint(
                fields=("user", "course_key", "purpose"),
                condition=KEPT & Q(user__isnull=False, purpose__in=CHECKS),
                name="courses_attempt_user_one_check",
            ),
            models.UniqueConstraint(
                fields=("visitor", "course_key", "purpose"),
                condition=KEPT & Q(visitor__isnull=False, purpose__in=CHECKS),
                name="courses_attempt_visitor_one_check",
            ),
            models.CheckConstraint(
                condition=Q(status=AttemptStatus.OPEN, finished_at__isnull=True)
                | (~Q(status=AttemptStatus.OPEN) & Q(finished_at__isnull=False)),
                name="courses_attempt_closed_has_time",
            ),
            models.CheckConstraint(
                condition=Q(purpose=AttemptPurpose.QUIZ) | Q(is_passed=False),
                name="courses_attempt_only_a_quiz_passes",
            ),
        )
        indexes = (
            models.Index(fields=("user", "lesson_key", "-received_at"), name="courses_attempt_of_user"),
            models.Index(fields=("visitor", "lesson_key"), name="courses_attempt_of_visitor"),
            models.Index(fields=("course_key", "purpose", "user"), name="courses_attempt_of_course"),
        )

    def __str__(self) -> str:
        return f"{self.user_id or self.visitor} · {self.lesson_key}"

    @property
    def is_open(self) -> bool:
        return self.status == AttemptStatus.OPEN

    @property
    def questions(self) -> list[dict[str, Any]]:
        """What this attempt asks, in its order; reads the version."""
        known = {question["id"]: question for question in self.version.questions}
        return [known[key] for key in self.drawn] if self.drawn else list(self.version.questions)

    @property
    def per_cent(self) -> int:
        """Right answers in whole per cent, rounded down: a pass mark is reached, not neared."""
        return self.score * 100 // self.total if self.total else 0

    @property
    def hides_answers(self) -> bool:
        """Whether each question is answered once and nothing told about it, as yet; reads the version."""
        return self.version.hide_answers and not self.is_passed and self.purpose != AttemptPurpose.PRACTICE

    def find_question(self, question_id: str) -> dict[str, Any] | None:
        """The question with this id among those asked, or None."""
        return next((question for question in self.questions if question["id"] == question_id), None)


class Answer(PhoneEvent):
    """What was chosen, by choice ids: for `order` in the learner's order, for `match` the `pair_id` put beside each
    left side in turn. What was typed (`number`, `short`) is in `text`.

    A check before or after may be answered "I do not know yet": no choices, no text.
    """

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="answers")
    question_id = models.UUIDField()
    choices = models.JSONField()
    text = models.CharField(max_length=200, blank=True, default="")
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
