"""What a request asks a person to know, beside what the person proved in courses."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, QuerySet
from django.utils.translation import get_language

from accounts.models import User
from courses.models import CoursePage, Enrolment, Skill, SkillGrant
from courses.querysets import Learner
from courses.services.learning import find_courses
from volunteers.models import VolunteerRequest


@dataclass(frozen=True)
class CourseLink:
    """A course as a row shows it."""

    key: uuid.UUID
    title: str
    url: str
    minutes: int


def list_granted_skills(user: User | AnonymousUser) -> set[int]:
    """Ids of the skills the person proved; empty for a visitor."""
    if not isinstance(user, User):
        return set()
    return set(SkillGrant.objects.filter(user=user).values_list("skill_id", flat=True))


def list_needed_skills(request: VolunteerRequest) -> list[Skill]:
    """In a fixed order; free after `with_skills()`."""
    return [row.skill for row in request.skill_rows.all()]


def link_courses(keys: Collection[uuid.UUID]) -> dict[uuid.UUID, CourseLink]:
    """Live courses by key, in the reader's language where they have it. One query, none for no keys."""
    return {key: _link(page) for key, page in find_courses(keys).items()} if keys else {}


def find_courses_for_skills(skill_ids: Collection[int]) -> dict[int, CourseLink]:
    """For each skill the shortest live course that grants it, in the reader's language."""
    if not skill_ids:
        return {}
    pages = _live_courses().filter(skill_links__skill__in=skill_ids).annotate(skill_id=F("skill_links__skill"))
    return {page.skill_id: _link(page) for page in pages.order_by("-minutes", "pk")}


def list_finished_courses(user: User | AnonymousUser, keys: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Which of these courses the person finished."""
    if not isinstance(user, User) or not keys:
        return set()
    done = Enrolment.objects.of(Learner(user=user)).filter(finished_at__isnull=False, course_key__in=keys)
    return set(done.values_list("course_key", flat=True))


def _live_courses() -> QuerySet[CoursePage]:
    pages: QuerySet[CoursePage] = CoursePage.objects.live()
    return pages.filter(locale__language_code=get_language() or "km")


def _link(page: CoursePage) -> CourseLink:
    return CourseLink(page.translation_key, page.title, page.url or "", page.minutes)
