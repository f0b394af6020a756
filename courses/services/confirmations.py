"""A learner asks a commune office to confirm their work in a course; a clerk of a verified office answers."""

import uuid

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.rules import may_post, speaks_for
from accounts.services.organisations import offices_of
from courses.enums import ConfirmationStatus, RefusalReason
from courses.models import Confirmation
from courses.querysets import ConfirmationQuerySet, Learner
from courses.services.certificates import issue_when_due, read_certificate_progress
from courses.services.learning import course_progress


class NotReadyError(Exception):
    """There is nothing to confirm: lessons or tasks are left, the course asks for no confirmation, or it was asked."""


class OfficeNotKnownError(Exception):
    """The commune has no verified office here."""


class OwnWorkError(Exception):
    """Nobody confirms their own work."""


class DecidedError(Exception):
    """Somebody else of the office has answered already."""


@transaction.atomic
def ask_office(user: User, *, course_key: uuid.UUID, office: Organisation) -> Confirmation:
    """Put the question into the office's queue. Raises NotReadyError, OfficeNotKnownError, and PermissionDenied for who
    may only read.
    """
    if not may_post(user):
        raise PermissionDenied
    learner = Learner(user=user)
    progress = course_progress(learner, [course_key])[course_key]
    if not read_certificate_progress(learner, course_key=course_key, progress=progress).may_ask_office:
        raise NotReadyError
    if not office.is_verified or office.commune_id is None:
        raise OfficeNotKnownError
    try:
        with transaction.atomic():
            return Confirmation.objects.create(user=user, course_key=course_key, office=office)
    except IntegrityError:  # asked in another tab in this very moment
        raise NotReadyError from None


def list_asked(user: User) -> ConfirmationQuerySet:
    """What waits for the verified offices this person speaks for, the oldest first."""
    offices = [office for office in offices_of(user) if speaks_for(user, office)]
    return Confirmation.objects.waiting().filter(office__in=offices).select_related("user", "office")


def confirm(confirmation: Confirmation, *, by: User) -> Confirmation:
    """The office stands for the learner's work; the certificate follows when nothing else is missing."""
    decided = _decide(confirmation, by=by, status=ConfirmationStatus.CONFIRMED)
    issue_when_due(decided.user, course_key=decided.course_key)
    return decided


def refuse(confirmation: Confirmation, *, by: User, reason: RefusalReason) -> Confirmation:
    """The office does not, for a reason that the learner reads. They may ask again."""
    return _decide(confirmation, by=by, status=ConfirmationStatus.REFUSED, reason=reason)


@transaction.atomic
def _decide(confirmation: Confirmation, *, by: User, status: ConfirmationStatus, reason: str = "") -> Confirmation:
    """Raises DecidedError and OwnWorkError."""
    locked = Confirmation.objects.select_for_update(of=("self",)).select_related("user").get(pk=confirmation.pk)
    if not locked.is_waiting:
        raise DecidedError
    if locked.user_id == by.pk:
        raise OwnWorkError
    locked.status, locked.reason = status, reason
    locked.decided_by, locked.decided_at = by, timezone.now()
    locked.save(update_fields=["status", "reason", "decided_by", "decided_at"])
    return locked
