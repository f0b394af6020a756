"""What the learning part hears from below."""

import uuid
from functools import partial
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.db.models import OuterRef
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest
from wagtail.signals import page_published, page_unpublished

from accounts.enums import OrganisationKind
from accounts.models import Membership, Organisation, User
from accounts.signals import (
    consent_withdrawn,
    deleting_account,
    exporting,
    office_succeeded,
    organisation_refused,
    organisation_verified,
)
from courses.models import CoursePage, QuestionBankPage, SubmissionFile
from courses.services import (
    adopt_progress,
    collect_learning,
    forget_learning,
    issue_when_due,
    open_board,
    plan_review,
    recount_quizzes,
    set_up_publisher,
    sync_editors,
)
from courses.services.cohorts import leave_all_cohorts
from courses.services.moving import move_cohorts, move_questions
from courses.services.own_data import find_finished
from courses.services.visitors import take_visitor
from courses.signals import course_finished, task_accepted
from forums.signals import counting_trust
from places.models import Commune
from places.signals import commune_ended


@receiver(user_logged_in)
def keep_visitor_progress(sender: object, request: HttpRequest, user: User, **_: Any) -> None:
    """Every door in ends here: allauth's sign-up and sign-in, recovery codes, the editors' admin."""
    visitor = take_visitor(request) if hasattr(request, "session") else None
    if visitor:
        adopt_progress(user, visitor=visitor)


@receiver(organisation_verified)
def open_section(sender: object, organisation: Organisation, **_: Any) -> None:
    """A verified NGO gets a section of its own."""
    if organisation.kind == OrganisationKind.NGO:
        set_up_publisher(organisation)


@receiver(organisation_refused)
def close_section(sender: object, organisation: Organisation, **_: Any) -> None:
    """An NGO that is no longer known has nobody who writes in its name; its pages stay as they are."""
    if organisation.kind == OrganisationKind.NGO:
        sync_editors(organisation)


@receiver(page_published, sender=CoursePage)
def open_board_of_course(sender: object, instance: CoursePage, **_: Any) -> None:
    """A published course has a place to ask."""
    open_board(instance)


@receiver(page_published, sender=CoursePage)
def plan_review_of_course(sender: object, instance: CoursePage, **_: Any) -> None:
    """A published course is looked through again one day."""
    plan_review(instance)


@receiver([page_published, page_unpublished], sender=QuestionBankPage)
def keep_quizzes_counted(sender: object, instance: QuestionBankPage, **_: Any) -> None:
    """A bank grew, shrank or went away."""
    recount_quizzes(instance)


@receiver(post_save, sender=Membership)
def keep_editors_in_step(sender: object, instance: Membership, **_: Any) -> None:
    """Whoever begins or stops acting for an NGO, wherever that is written, gains or loses its section."""
    if instance.organisation.kind == OrganisationKind.NGO:
        sync_editors(instance.organisation)


@receiver(office_succeeded)
def hand_on_questions(sender: object, office: Organisation, successor: Organisation, **_: Any) -> dict[str, int]:
    """The clerks of the commune that an office's commune became part of answer what waits."""
    return move_questions(office, successor=successor)


@receiver(commune_ended)
def follow_commune(sender: object, commune: Commune, successor: Commune, **_: Any) -> dict[str, int]:
    """Cohorts meet where the commune became part of."""
    return move_cohorts(commune, successor=successor)


@receiver(consent_withdrawn)
def end_cohorts(sender: object, user: User, **_: Any) -> None:
    """Without consent nobody of 15 to 17 is in a cohort."""
    leave_all_cohorts(user)


@receiver([course_finished, task_accepted])
def certify(sender: object, user: User, course_key: uuid.UUID, **_: Any) -> None:
    """The last lesson, or the last task, may have been the last thing missing."""
    issue_when_due(user, course_key=course_key)


@receiver(exporting)
def export_learning(sender: object, user: User, parts: dict[str, Any], **_: Any) -> None:
    """A person's copy of their data."""
    parts["courses"] = collect_learning(user)


@receiver(deleting_account)
def clear_learning(sender: object, user: User, **_: Any) -> None:
    """The account is being deleted."""
    forget_learning(user)


@receiver(post_delete, sender=SubmissionFile)
def delete_file(sender: object, instance: SubmissionFile, **_: Any) -> None:
    """Whichever way the row goes, its file goes with it, once the row is gone for good."""
    if instance.file.name:
        transaction.on_commit(partial(instance.file.storage.delete, instance.file.name))


@receiver(counting_trust)
def add_courses(sender: object, parts: dict[str, Any], **_: Any) -> None:
    """Who finished a course is no stranger in the forum."""
    parts["courses"] = find_finished(OuterRef("pk"))
