"""Time passes: offers lapse after 72 hours, requests expire, calls to a free seat of a shift end. Done on reading, and
by `CLOCKS`, which the site's clocks call one by one, for the rest.

Before that people are reminded: who holds an offer a day before its end; the office after 3 and 7 days without an
answer to an applicant, and after 10 the programme's staff, who find somebody to decide. A shortlist is no last answer:
after 14 and 28 days the same.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from volunteers.enums import Clock
from volunteers.models import Application, VolunteerRequest
from volunteers.services import notices as news
from volunteers.services.after.ending import keep_follow_ups
from volunteers.services.amending import tell_missed_changes
from volunteers.services.announcing import announce_missed, tell_all
from volunteers.services.audiences import to_applicant, to_office, to_staff, to_writers
from volunteers.services.choosing.coming_of_age import open_threads
from volunteers.services.choosing.interviews import remind as remind_of_talks
from volunteers.services.choosing.reviewers import end_overdue as end_overdue_appointments
from volunteers.services.guides import remind_of_guides
from volunteers.services.locks import lock
from volunteers.services.machine import WrongStateError
from volunteers.services.notices import editing as news_of_editing
from volunteers.services.notices import waiting as waiting_news
from volunteers.services.partnerships import end_those_over
from volunteers.services.rounds.clocks import keep_rounds
from volunteers.services.rounds.progress import remind_scorers
from volunteers.services.serving.clocks import keep_serving_clocks
from volunteers.services.serving.reminding import remind_of_induction, remind_of_tomorrow
from volunteers.services.shifts.waiting import keep_calls
from volunteers.services.states import APPLICATION, REQUEST

LAST_DAY = timedelta(hours=24)
LAST_DAYS = timedelta(days=5)  # of a request
# The longest waits first: whoever waited through an outage is spoken of once, not three times.
REMINDERS = (
    (3, timedelta(days=10), news.OFFICE_SILENT, to_staff),
    (2, timedelta(days=7), news.WAITING_7_DAYS, to_office),
    (1, timedelta(days=3), news.WAITING_3_DAYS, to_office),
)
# Whoever is on a shortlist has an answer, and waits for the next one.
SHORTLIST_REMINDERS = (
    (5, timedelta(days=28), waiting_news.UNDECIDED_LONG, to_staff),
    (4, timedelta(days=14), waiting_news.UNDECIDED, to_office),
)


@dataclass(frozen=True)
class ClockResult:
    lapsed: int
    expired: int


def lapse_if_overdue(application: Application) -> Application:
    """The application with its true state; writes only when the 72 hours are over."""
    if application.is_overdue:
        _lapse(application)
    return application


def expire_if_overdue(request: VolunteerRequest) -> VolunteerRequest:
    """The request with its true state; writes only when the closing date is past."""
    if request.is_overdue:
        _move(REQUEST, "expire", request, Clock.EXPIRY)
    return request


def lapse_offers_of(request: VolunteerRequest) -> None:
    """Before a desk is read: the offers of this request whose time is over."""
    for application in request.applications.overdue():
        _lapse(application)


def end_what_is_over() -> ClockResult:
    """Every overdue offer and request, one short transaction each."""
    lapsed = sum(_lapse(row) for row in Application.objects.overdue().select_related("applicant"))
    expired = sum(_move(REQUEST, "expire", row, Clock.EXPIRY) for row in VolunteerRequest.objects.overdue())
    return ClockResult(lapsed, expired)


def remind_offices() -> int:
    """Speaks for each applicant who waits, once a step. Answers how many people were told."""
    told, now = 0, timezone.now()
    rows = Application.objects.all()
    for find, reminders in ((rows.unanswered_since, REMINDERS), (rows.undecided_since, SHORTLIST_REMINDERS)):
        for step, wait, kind, who in reminders:
            waiting = find(now - wait).filter(reminders__lt=step)
            for application in waiting.select_related("request__office").order_by("sent_at", "pk"):
                told += tell_all(who, kind, application, key=f"reminder:{application.pk}")
                Application.objects.filter(pk=application.pk, reminders__lt=step).update(reminders=step)
    return told


def answer_those_too_late() -> int:
    """The work is over, so nobody waits for an answer about it any more. Answers how many were told so."""
    answered = 0
    for application in Application.objects.too_late().select_related("applicant"):
        with transaction.atomic():
            application.request = lock(application.applicant, application.request_id)
            answered += _move(APPLICATION, "run_out", application, Clock.WORK_OVER)
    return answered


def warn_of_lapse() -> int:
    """A day before an offer's end; its key says it once. Answers how many were told now."""
    rows = Application.objects.lapsing_by(timezone.now() + LAST_DAY).select_related("request__office", "applicant")
    return sum(
        tell_all(to_applicant, news.OFFER_ENDS_SOON, application, key=f"lapsing:{application.pk}")
        for application in rows
    )


def _lapse(application: Application) -> bool:
    """Under the same locks as an answer: the place goes to the next who stands by."""
    with transaction.atomic():
        application.request = lock(application.applicant, application.request_id)
        return _move(APPLICATION, "lapse", application, Clock.OFFER)


def warn_of_expiry() -> int:
    """Five days before a request closes, once for each closing date. Answers how many people were told."""
    told, now = 0, timezone.now()
    for request in VolunteerRequest.objects.expiring_by(now + LAST_DAYS).select_related("office"):
        key = f"expiring:{request.pk}:{request.expires_at:%Y%m%d}"
        told += tell_all(to_writers, news_of_editing.REQUEST_EXPIRES_SOON, request, key=key)
        VolunteerRequest.objects.filter(pk=request.pk).update(expiry_told_at=now)
    return told


def _move(machine: Any, verb: str, row: Any, reason: str) -> bool:
    """False where somebody else was faster; the row is read again then."""
    try:
        with transaction.atomic():
            machine.move(verb, row, by=None, reason=reason)
    except WrongStateError:
        row.refresh_from_db()
        return False
    return True


# In this order: what ends or begins by a clock first, then who is told of it, then who is reminded.
CLOCKS: tuple[Callable[[], object], ...] = (
    end_what_is_over,
    answer_those_too_late,
    keep_calls,
    keep_rounds,
    remind_scorers,
    keep_serving_clocks,
    end_those_over,
    announce_missed,
    tell_missed_changes,
    remind_offices,
    warn_of_lapse,
    warn_of_expiry,
    keep_follow_ups,
    remind_of_talks,
    end_overdue_appointments,
    open_threads,
    remind_of_guides,
    remind_of_tomorrow,
    remind_of_induction,
)
