"""Whether a learner may begin a quiz now: the attempt limit and the wait between attempts."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from courses.enums import AttemptStatus
from courses.models import Attempt, LessonPage
from courses.querysets import Learner


@dataclass(frozen=True)
class Standing:
    """`taken`: attempts begun so far; `limit`: 0 for none; `free_at`: when the wait is over, None for no wait."""

    taken: int = 0
    limit: int = 0
    free_at: datetime | None = None

    @property
    def is_used_up(self) -> bool:
        return bool(self.limit) and self.taken >= self.limit

    @property
    def must_wait(self) -> bool:
        return self.free_at is not None and timezone.now() < self.free_at

    @property
    def may_begin(self) -> bool:
        return not self.is_used_up and not self.must_wait

    @property
    def left(self) -> int:
        """Attempts left, where there is a limit."""
        return max(self.limit - self.taken, 0)


class NotNowError(RuntimeError):
    """The rules of the quiz allow no new attempt now; `standing` says why and until when."""

    def __init__(self, standing: Standing) -> None:
        super().__init__("no new attempt now")
        self.standing = standing


def read_standing(learner: Learner, lesson: LessonPage) -> Standing:
    """By the rules of the page as it is now. One query; none for a quiz without limits, or for nobody."""
    limit = lesson.attempt_limit
    if not learner.is_known or not (limit or lesson.wait_minutes or lesson.draws):
        return Standing(limit=limit)
    rows = Attempt.objects.of(learner).of_quizzes().filter(lesson_key=lesson.translation_key)
    moments = list(rows.exclude(status=AttemptStatus.SET_ASIDE).values_list("finished_at", flat=True))
    last = max((moment for moment in moments if moment), default=None)
    wait = timedelta(minutes=lesson.wait_minutes)
    return Standing(taken=len(moments), limit=limit, free_at=last + wait if last and wait else None)
