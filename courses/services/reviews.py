"""Deciding about work handed in: facilitators of the course, or clerks of the commune office that was asked."""

import uuid
from collections.abc import Sequence
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from accounts.rules import is_programme_staff, speaks_for
from courses.enums import SubmissionStatus
from courses.models import Review, Submission
from courses.querysets import SubmissionQuerySet
from courses.rules import may_facilitate, may_review
from courses.services.notices import notify_decided
from courses.services.tasks import AlreadyDecidedError
from courses.signals import task_accepted


def submissions_visible_to(user: User) -> SubmissionQuerySet:
    """Own work; that of the courses one facilitates; that which one's office was asked about. Staff see all."""
    if is_programme_staff(user):
        return Submission.objects.all()
    return Submission.objects.filter(
        Q(user=user) | Q(organisation__in=_facilitated(user)) | Q(office__in=_spoken_for(user))
    )


def facilitator_queue(user: User) -> SubmissionQuerySet:
    """Work that this person decides about as a facilitator, their own left out."""
    rows = Submission.objects.for_facilitators().exclude(user=user)
    return rows if is_programme_staff(user) else rows.filter(organisation__in=_facilitated(user))


def clerk_queue(user: User) -> SubmissionQuerySet:
    """Work that this person's verified office was asked to confirm, their own left out."""
    return Submission.objects.for_clerks().filter(office__in=_spoken_for(user)).exclude(user=user)


def facilitates_anything(user: User) -> bool:
    return is_programme_staff(user) or bool(_facilitated(user))


def speaks_for_any_office(user: User) -> bool:
    return bool(_spoken_for(user))


def review(
    submission: Submission,
    *,
    by: User,
    decision: SubmissionStatus,
    results: Sequence[dict[str, Any]],
    comment: str = "",
    client_id: uuid.UUID,
) -> Review:
    """Accept the work or return it. `results`: `{id, is_met, comment}` for each criterion of the rubric.

    The same `client_id` again gives the same review. Raises AlreadyDecidedError when somebody was first or the learner
    took it back, PermissionDenied for one's own work or another's desk, ValueError for accepting without what is needed
    or returning without a word.
    """
    check_decision(submission, decision=decision, results=results, comment=comment)
    try:
        with transaction.atomic():
            locked = Submission.objects.select_for_update().filter(pk=submission.pk).first()
            if locked is None:
                raise AlreadyDecidedError
            known = Review.objects.filter(submission=locked).first()
            if known is not None and (known.client_id, known.by_id) == (client_id, by.pk):
                return known
            if known is not None:
                raise AlreadyDecidedError
            if not may_review(by, locked):
                raise PermissionDenied
            return _decide(locked, by, decision, list(results), comment, client_id)
    except IntegrityError as error:
        raise AlreadyDecidedError from error


def _decide(
    submission: Submission,
    by: User,
    decision: SubmissionStatus,
    results: list[dict[str, Any]],
    comment: str,
    client_id: uuid.UUID,
) -> Review:
    made = Review.objects.create(
        submission=submission,
        by=by,
        office=submission.office,
        decision=decision,
        results=results,
        comment=comment,
        client_id=client_id,
    )
    submission.status, submission.decided_at = decision, timezone.now()
    submission.save(update_fields=["status", "decided_at"])
    notify_decided(submission)
    if decision == SubmissionStatus.ACCEPTED:
        transaction.on_commit(partial(_announce, submission))
    return made


def _announce(submission: Submission) -> None:
    task_accepted.send(
        Submission, user=submission.user, course_key=submission.course_key, lesson_key=submission.lesson_key
    )


def check_decision(
    submission: Submission, *, decision: SubmissionStatus, results: Sequence[dict[str, Any]], comment: str
) -> None:
    """Raises ValueError for results that do not fit the rubric or the decision."""
    met = {each["id"]: bool(each["is_met"]) for each in results}
    rubric = submission.task["rubric"]
    if set(met) != {each["id"] for each in rubric}:
        raise ValueError("every criterion has exactly one result")
    if decision == SubmissionStatus.ACCEPTED:
        if not all(met[each["id"]] for each in rubric if each["required"]):
            raise ValueError("what is needed is not met")
    elif decision != SubmissionStatus.RETURNED:
        raise ValueError("a decision accepts or returns")
    elif not comment and not any(each.get("comment") for each in results):
        raise ValueError("who gets work back is told why")


def name_for_reviewer(user: User) -> str:
    """Whose work it is: of people under 18, or of unknown age, the given name and username only."""
    name = user.public_name
    if user.is_deleted or not user.is_minor or name == user.username:
        return name
    return f"{name} ({user.username})"


def _facilitated(user: User) -> list[int]:
    """Organisations whose courses the person facilitates."""
    return [each.organisation_id for each in user.active_memberships if may_facilitate(user, each.organisation)]


def _spoken_for(user: User) -> list[int]:
    """Verified commune offices the person speaks for."""
    return [each.organisation_id for each in user.active_memberships if speaks_for(user, each.organisation)]
