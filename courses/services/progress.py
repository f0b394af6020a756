"""Writes of a learner's progress: begin, read, finish."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from accounts.models import User
from courses.enums import GrantSource
from courses.models import CoursePage, Enrolment, LessonCompletion, LessonPage, Skill, SkillGrant
from courses.querysets import Learner
from courses.services.learning import course_progress
from courses.signals import course_finished, skill_granted


def get_course_key(lesson: LessonPage) -> uuid.UUID:
    """The key of the course a lesson belongs to."""
    path = lesson.path[: -Page.steplen]
    key: uuid.UUID = CoursePage.objects.values_list("translation_key", flat=True).get(path=path)
    return key


@transaction.atomic
def complete_lesson(
    learner: Learner, *, lesson: LessonPage, client_id: uuid.UUID | None = None, happened_at: datetime | None = None
) -> LessonCompletion:
    """The learner has read this lesson. Saying so again changes nothing."""
    course_key = get_course_key(lesson)
    enrol(learner, course_key=course_key)
    completion, made = LessonCompletion.objects.get_or_create(
        **learner.columns,
        lesson_key=lesson.translation_key,
        defaults={
            "course_key": course_key,
            "client_id": _free(client_id),
            "happened_at": happened_at or timezone.now(),
        },
    )
    if made:
        check_finished(learner, course_keys=[course_key])
    return completion


@transaction.atomic
def enrol(learner: Learner, *, course_key: uuid.UUID) -> Enrolment:
    """The learner is at work in this course, now."""
    now = timezone.now()
    enrolment, _made = Enrolment.objects.update_or_create(
        **learner.columns,
        course_key=course_key,
        defaults={"touched_at": now},
        create_defaults={"touched_at": now, "started_at": now},
    )
    return enrolment


@transaction.atomic(savepoint=False)
def check_finished(learner: Learner, *, course_keys: Sequence[uuid.UUID]) -> list[uuid.UUID]:
    """Finish those of these courses that are complete; a person is granted their skills, once.

    Returns the keys of all that are finished. As many queries for one course as for many.
    """
    progress = course_progress(learner, course_keys)
    finished = [key for key in course_keys if progress[key].is_finished]
    if not finished:
        return []
    now = timezone.now()
    # Locked, so that of two tabs that finish at once only one announces it.
    fresh = list(Enrolment.objects.of(learner).filter(course_key__in=finished, finished_at=None).select_for_update())
    Enrolment.objects.filter(pk__in=[row.pk for row in fresh]).update(finished_at=now, touched_at=now)
    user = learner.user
    if user is not None:
        grant_skills(user, course_keys=finished)
        for row in fresh:
            transaction.on_commit(partial(course_finished.send, Enrolment, user=user, course_key=row.course_key))
    return finished


@transaction.atomic(savepoint=False)
def grant_skills(user: User, *, course_keys: Sequence[uuid.UUID]) -> list[SkillGrant]:
    """Grant what these finished courses teach. Returns the grants that are new."""
    made: dict[int, SkillGrant] = {}
    proved = SkillGrant.objects.filter(user=user)
    left = Skill.objects.exclude(pk__in=proved.filter(source=GrantSource.COURSE).values("skill"))
    taught: dict[int, uuid.UUID] = {}
    for skill, course_key in left.taught_by_each(course_keys):
        if taught.setdefault(skill.pk, course_key) == course_key:
            made[skill.pk] = SkillGrant(user=user, skill=skill, course_key=course_key, granted_at=timezone.now())
    if not made:
        return []
    proved.filter(source=GrantSource.WORK, skill__in=made).delete()  # what a course proves says more: how, and when
    # Another tab may have granted them in this very moment: the first proof stays.
    SkillGrant.objects.bulk_create(made.values(), ignore_conflicts=True)
    for grant in made.values():
        transaction.on_commit(partial(_announce, user, grant.skill, taught[grant.skill_id]))
    return list(made.values())


def _announce(user: User, skill: Skill, course_key: uuid.UUID) -> None:
    skill_granted.send(SkillGrant, user=user, skill=skill, course_key=course_key)


def _free(client_id: uuid.UUID | None) -> uuid.UUID:
    """The phone's own id, or a new one where it sent none or one that names another lesson already."""
    if client_id is None or LessonCompletion.objects.filter(client_id=client_id).exists():
        return uuid.uuid4()
    return client_id
