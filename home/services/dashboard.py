"""A member's own page: where they are, what they have, what waits for them."""

from dataclasses import dataclass

from accounts.models import User
from courses.models import CoursePage, Enrolment, SkillGrant
from courses.querysets import Learner
from courses.services.learning import Progress, course_progress, find_courses

SHOWN_COURSES = 3


@dataclass(frozen=True)
class Dashboard:
    """`learning` are courses begun and not finished, the latest first."""

    learning: list[tuple[CoursePage, Progress]]
    grants: list[SkillGrant]


def read_dashboard(user: User) -> Dashboard:
    return Dashboard(learning=list_learning(user), grants=list(SkillGrant.objects.of(user)))


def list_learning(user: User) -> list[tuple[CoursePage, Progress]]:
    """Courses begun and not finished with their progress."""
    learner = Learner(user=user)
    keys = [enrolment.course_key for enrolment in Enrolment.objects.of(learner).going_on()[:SHOWN_COURSES]]
    pages, progress = find_courses(keys), course_progress(learner, keys)
    return [(pages[key], progress[key]) for key in keys if key in pages]
