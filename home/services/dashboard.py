"""A member's own page: where they are, what they have, what waits for them."""

from dataclasses import dataclass

from accounts.models import Organisation, User
from accounts.services import find_office_of
from courses.models import CoursePage, Enrolment, SkillGrant
from courses.querysets import Learner
from courses.services.learning import Progress, course_progress, find_courses

SHOWN_COURSES = 3


@dataclass(frozen=True)
class Dashboard:
    """`learning` are courses begun and not finished, the latest first. `office` is the commune office the person acts
    for; `can_edit` opens the editors' admin.
    """

    learning: list[tuple[CoursePage, Progress]]
    grants: list[SkillGrant]
    office: Organisation | None
    can_edit: bool


def read_dashboard(user: User) -> Dashboard:
    return Dashboard(
        learning=list_learning(user),
        grants=list(SkillGrant.objects.of(user)),
        office=find_office_of(user),
        can_edit=user.has_perm("wagtailadmin.access_admin"),
    )


def list_learning(user: User) -> list[tuple[CoursePage, Progress]]:
    """Courses begun and not finished with their progress."""
    learner = Learner(user=user)
    keys = [enrolment.course_key for enrolment in Enrolment.objects.of(learner).going_on()[:SHOWN_COURSES]]
    pages, progress = find_courses(keys), course_progress(learner, keys)
    return [(pages[key], progress[key]) for key in keys if key in pages]
