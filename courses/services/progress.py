"""Writes of a learner's progress: begin, read, finish."""

import uuid
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from accounts.models import User
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
        check_finished(learner, course_key=course_key)
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


@transaction.atomic
def check_finished(learner: Learner, *, course_key: uuid.UUID) -> bool:
    """Finish the course when every lesson is read and every quiz passed; a person is granted its skills, once."""
    if not course_progress(learner, [course_key])[course_key].is_finished:
        return False
    enrolment = enrol(learner, course_key=course_key)
    is_first = enrolment.finished_at is None
    if is_first:
        enrolment.finished_at = timezone.now()
        enrolment.save(update_fields=["finished_at"])
    user = learner.user
    if user is not None:
        grant_skills(user, course_key=course_key)
        if is_first:
            transaction.on_commit(lambda: course_finished.send(Enrolment, user=user, course_key=course_key))
    return True


@transaction.atomic
def grant_skills(user: User, *, course_key: uuid.UUID) -> list[SkillGrant]:
    """Grant what the finished course teaches. Returns the grants that are new."""
    made = []
    for skill in Skill.objects.taught_by(course_key):
        grant, is_new = SkillGrant.objects.get_or_create(
            user=user, skill=skill, defaults={"course_key": course_key, "granted_at": timezone.now()}
        )
        if is_new:
            made.append(grant)
            transaction.on_commit(partial(_announce, user, skill, course_key))
    return made


def _announce(user: User, skill: Skill, course_key: uuid.UUID) -> None:
    skill_granted.send(SkillGrant, user=user, skill=skill, course_key=course_key)


def _free(client_id: uuid.UUID | None) -> uuid.UUID:
    """The phone's own id, or a new one where it sent none or one that names another lesson already."""
    if client_id is None or LessonCompletion.objects.filter(client_id=client_id).exists():
        return uuid.uuid4()
    return client_id
