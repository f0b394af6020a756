"""A member's own page: where they are, what they have, what waits for them."""

from dataclasses import dataclass

from accounts.models import Organisation, User
from accounts.rules import is_programme_staff
from accounts.services import find_ngo_of, find_office_of
from courses.models import CoursePage, Enrolment, SkillGrant, Submission
from courses.querysets import Learner
from courses.services.cohort_notes import CohortNote, read_cohort_notes
from courses.services.learning import Progress, course_progress, find_courses
from courses.services.reports import may_read_reports
from courses.services.reviews import facilitates_anything
from courses.services.tasks import recent_submissions
from volunteers.models import RequestPartner, ShiftSignup
from volunteers.rules import may_moderate
from volunteers.services.journey import Sent, list_sent
from volunteers.services.serving.mine import list_shifts

SHOWN_COURSES = 3


@dataclass(frozen=True)
class Dashboard:
    """`learning` are courses begun and not finished, the latest first. `office` is the commune office the person acts
    for, `ngo` the NGO; `guides` says that they guide volunteers beside an office, `can_edit` opens the editors' admin,
    `can_review` the queue of work handed in, `can_report` the figures of courses, `is_staff` those of the programme,
    `can_moderate` the messages that wait for a look. `tasks` are the latest submissions, what needs the person first.
    `shifts` are the next ones.
    """

    learning: list[tuple[CoursePage, Progress]]
    grants: list[SkillGrant]
    applications: list[Sent]
    shifts: list[ShiftSignup]
    office: Organisation | None
    ngo: Organisation | None
    guides: bool
    can_edit: bool
    can_review: bool
    can_report: bool
    is_staff: bool
    can_moderate: bool
    tasks: list[Submission]
    notes: list[CohortNote]

    @property
    def has_work(self) -> bool:
        """Whether the person has any desk."""
        desks = (
            self.office,
            self.ngo,
            self.can_edit,
            self.can_review,
            self.can_report,
            self.is_staff,
            self.can_moderate,
        )
        return any(desks)


def read_dashboard(user: User) -> Dashboard:
    return Dashboard(
        learning=list_learning(user),
        grants=list(SkillGrant.objects.of(user)),
        applications=list_sent(user),
        shifts=list_shifts(user),
        office=find_office_of(user),
        ngo=find_ngo_of(user),
        guides=RequestPartner.objects.guided_by(user).exists(),
        can_edit=user.has_perm("wagtailadmin.access_admin"),
        can_review=facilitates_anything(user),
        can_report=may_read_reports(user),
        is_staff=bool(is_programme_staff(user)),
        can_moderate=bool(may_moderate(user)),
        tasks=recent_submissions(user),
        notes=read_cohort_notes(user),
    )


def list_learning(user: User) -> list[tuple[CoursePage, Progress]]:
    """Courses begun and not finished with their progress."""
    learner = Learner(user=user)
    keys = [enrolment.course_key for enrolment in Enrolment.objects.of(learner).going_on()[:SHOWN_COURSES]]
    pages, progress = find_courses(keys), course_progress(learner, keys)
    return [(pages[key], progress[key]) for key in keys if key in pages]
