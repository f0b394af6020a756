"""What a place asks its volunteer to learn, and how far each is: for one page or a whole list in four queries."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from courses.models import Enrolment
from volunteers.models import InductionCourse, Placement, RequestCourse, VolunteerRequest
from volunteers.rules import is_of_office
from volunteers.services.learning import CourseLink, link_courses


@dataclass(frozen=True)
class Task:
    """One course of the induction; `due_date` is empty while the place has no first day. 0 `weeks`: before it."""

    course: CourseLink
    due_date: date | None
    is_done: bool
    weeks: int

    @property
    def is_overdue(self) -> bool:
        return not self.is_done and self.due_date is not None and self.due_date < timezone.localdate()


@dataclass(frozen=True)
class Induction:
    tasks: list[Task] = field(default_factory=list)

    @property
    def total(self) -> int:
        return len(self.tasks)

    @property
    def done(self) -> int:
        return sum(task.is_done for task in self.tasks)

    @property
    def overdue(self) -> int:
        return sum(task.is_overdue for task in self.tasks)


def track_inductions(placements: Sequence[Placement]) -> dict[int, Induction]:
    """By placement, each with its application loaded. Courses that are no longer published are left out."""
    asked = _list_asked({placement.application.request_id for placement in placements})
    links = link_courses({key for rows in asked.values() for key, _weeks in rows})
    people = {placement.application.applicant_id for placement in placements}
    finished = set(
        Enrolment.objects.filter(user__in=people, course_key__in=links, finished_at__isnull=False).values_list(
            "user", "course_key"
        )
        if links
        else ()
    )
    return {
        placement.pk: Induction(
            [
                Task(links[key], _due(placement, weeks), (placement.application.applicant_id, key) in finished, weeks)
                for key, weeks in asked.get(placement.application.request_id, [])
                if key in links
            ]
        )
        for placement in placements
    }


@transaction.atomic
def save_induction(request: VolunteerRequest, *, keys: Collection[uuid.UUID], weeks: int, by: User) -> None:
    """These courses, each within so many weeks of the start. One that comes before the start is not asked twice.

    Raises `PermissionDenied`.
    """
    if not is_of_office(by, request):
        raise PermissionDenied
    before = set(request.course_rows.values_list("course_key", flat=True))
    wanted = [key for key in keys if key not in before]
    request.induction_rows.exclude(course_key__in=wanted).delete()
    for key in wanted:
        InductionCourse.objects.update_or_create(request=request, course_key=key, defaults={"weeks": weeks})


def _list_asked(requests: set[int]) -> dict[int, list[tuple[uuid.UUID, int]]]:
    """Courses with their weeks by request; 0 weeks: before the first day."""
    asked: dict[int, list[tuple[uuid.UUID, int]]] = {}
    for row in RequestCourse.objects.filter(request__in=requests).order_by("pk"):
        asked.setdefault(row.request_id, []).append((row.course_key, 0))
    for later in InductionCourse.objects.filter(request__in=requests):
        asked.setdefault(later.request_id, []).append((later.course_key, later.weeks))
    return asked


def _due(placement: Placement, weeks: int) -> date | None:
    return placement.start_date + timedelta(weeks=weeks) if placement.start_date else None
