"""The thread between an applicant and an office: who writes, who reads, what waits for a moderator."""

import uuid
from datetime import timedelta
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from accounts.models import User
from volunteers.enums import ApplicationStatus, MessageReason
from volunteers.models import Application, Message, MessageReport
from volunteers.models.message import LONGEST_MESSAGE
from volunteers.rules import is_applicant, may_write, moderates
from volunteers.services.announcing import tell_all
from volunteers.services.audiences import to_moderators, to_thread_of_applicant, to_thread_of_office
from volunteers.services.machine import NotReadyError, WrongStateError
from volunteers.services.notices import choosing as news
from volunteers.services.writing.contact import has_contact

OPEN = (
    ApplicationStatus.SUBMITTED,
    ApplicationStatus.SHORTLISTED,
    ApplicationStatus.OFFERED,
    ApplicationStatus.ACCEPTED,
)
MOST_AN_HOUR, MOST_A_DAY = 8, 30


@transaction.atomic
def send_message(application: Application, *, text: str, client_id: uuid.UUID, by: User) -> Message:
    """Write one message; the same `client_id` again answers with the first. Raises `PermissionDenied`, `NotReadyError`.

    What an adult writes to a minor waits for a moderator; contact data waits until an offer is accepted.
    """
    if not may_write(by, application):
        raise PermissionDenied
    User.objects.select_for_update().filter(pk=by.pk).values("pk").get()  # one writer at a time keeps the pace right
    known = Message.objects.filter(client_id=client_id).first()
    if known is not None:
        return _own(known, application, by)
    check_message(application, text, by)
    from_office = not is_applicant(by, application)
    try:
        with transaction.atomic():
            row = Message.objects.create(
                client_id=client_id,
                application=application,
                author=by,
                is_from_office=from_office,
                text=text.strip(),
                has_contact=has_contact(text),
                needs_moderator=from_office and application.applicant.is_minor,
            )
    except IntegrityError:
        return _own(Message.objects.get(client_id=client_id), application, by)
    transaction.on_commit(partial(tell_message_task.enqueue, row.pk), robust=True)
    return row


def _own(row: Message, application: Application, by: User) -> Message:
    """A client's number names one message of one person in one thread."""
    if (row.author_id, row.application_id) != (by.pk, application.pk):
        raise PermissionDenied
    return row


def check_message(application: Application, text: str, by: User) -> None:
    """Raises `NotReadyError` with what is in the way: the state, the length, the pace."""
    if not is_thread_open(application):
        raise NotReadyError(_("This application has ended, so nothing more is written here."))
    if not text.strip():
        raise NotReadyError(_("Write something first."))
    if len(text.strip()) > LONGEST_MESSAGE:
        raise NotReadyError(_("That is too long: at most 1,000 characters."))
    now = timezone.now()
    mine = Message.objects.filter(author=by)
    for most, span in ((MOST_AN_HOUR, timedelta(hours=1)), (MOST_A_DAY, timedelta(days=1))):
        rows = mine.filter(created_at__gt=now - span)
        if (rows.filter(application=application) if span < timedelta(days=1) else rows).count() >= most:
            raise NotReadyError(_("You have written many messages. Wait a while; what you wrote stays in the box."))


def is_thread_open(application: Application) -> bool:
    """By what the applicant may know: a refusal that is still held does not close it."""
    return application.shown_status in OPEN


def is_shown(message: Message, application: Application) -> bool:
    """Whether the other side may read it now."""
    if message.returned_at or message.hidden_at or (message.needs_moderator and not message.passed_at):
        return False
    return application.is_named or not message.has_contact


@transaction.atomic
def decide_message(message: Message, *, passes: bool, by: User, reason: str = "") -> Message:
    """A moderator lets a waiting message through, or returns it with a reason from the list."""
    row = _lock(message, by)
    if not row.needs_moderator or row.passed_at or row.returned_at:
        raise WrongStateError(_("Somebody has decided this already."))
    if passes:
        row.passed_at = timezone.now()
        transaction.on_commit(partial(tell_message_task.enqueue, row.pk), robust=True)
    else:
        row.returned_at, row.reason = timezone.now(), _read(reason)
        transaction.on_commit(partial(tell_returned_task.enqueue, row.pk), robust=True)
    row.decided_by = by
    row.save()
    return row


@transaction.atomic
def report_message(message: Message, *, reason: str, by: User) -> MessageReport:
    """The other side asks a moderator to look. Twice is once. Raises `PermissionDenied`, `NotReadyError`."""
    application = message.application
    is_other_side = may_write(by, application) and is_applicant(by, application) == message.is_from_office
    if not is_other_side or not is_shown(message, application):
        raise PermissionDenied
    row, made = MessageReport.objects.get_or_create(message=message, by=by, defaults={"reason": _read(reason)})
    if made:
        transaction.on_commit(partial(tell_report_task.enqueue, row.pk), robust=True)
    return row


@transaction.atomic
def settle_reports(message: Message, *, hides: bool, by: User) -> Message:
    """Close every open report of a message; hiding takes the reason of the first."""
    row = _lock(message, by)
    reports = list(row.reports.filter(closed_at=None))
    if not reports:
        raise WrongStateError(_("Somebody has decided this already."))
    if hides and row.hidden_at is None:
        row.hidden_at, row.reason, row.decided_by = timezone.now(), reports[0].reason, by
        row.save()
        if row.is_from_office:
            transaction.on_commit(partial(tell_returned_task.enqueue, row.pk), robust=True)
    row.reports.filter(closed_at=None).update(closed_at=timezone.now(), closed_by=by)
    return row


def _lock(message: Message, by: User) -> Message:
    """For a moderator who is of neither side, and did not write it."""
    rows = Message.objects.select_for_update(of=("self",)).select_related("application__request__office")
    row = rows.get(pk=message.pk)
    if row.author_id == by.pk or not moderates(by, row.application):
        raise PermissionDenied
    return row


def _read(reason: str) -> str:
    if reason not in MessageReason.values:
        raise NotReadyError(_("Choose a reason."))
    return reason


def _find(pk: int) -> Message:
    rows = Message.objects.select_related("application__request__office", "application__applicant", "author")
    return rows.get(pk=pk)


@task()
def tell_message_task(pk: int) -> None:
    """The other side, or the moderators where they read it first. What is held is told to nobody."""
    row = _find(pk)
    application, key = row.application, f"message:{pk}"
    if row.needs_moderator and row.passed_at is None:
        tell_all(to_moderators, news.MESSAGE_WAITS, application, key=key)
    elif is_shown(row, application) and row.is_from_office:
        tell_all(to_thread_of_applicant, news.MESSAGE_OF_OFFICE, application, key=key)
    elif is_shown(row, application):
        tell_all(to_thread_of_office, news.MESSAGE_OF_APPLICANT, application, key=key)


@task()
def tell_returned_task(pk: int) -> None:
    row = _find(pk)
    tell_all(
        to_thread_of_office, news.MESSAGE_RETURNED, row.application, key=f"message:{pk}", facts={"reason": row.reason}
    )


@task()
def tell_report_task(pk: int) -> None:
    report = MessageReport.objects.select_related("message").get(pk=pk)
    tell_all(
        to_moderators, news.MESSAGE_REPORTED, _find(report.message_id).application, key=f"report:{pk}", but=report.by_id
    )
