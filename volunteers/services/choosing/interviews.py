"""Times to talk: proposed by the office, picked by the applicant, never two at once for one person."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from notifications.services import Kind
from volunteers.enums import ApplicationStatus, InterviewCancel, InterviewWay
from volunteers.models import Application, Interview, InterviewSlot, ShiftSignup
from volunteers.models.interview import LONGEST_TALK, MOST_SLOTS, SHORTEST_TALK
from volunteers.models.serving import HOLDS_TIME
from volunteers.rules import is_applicant, may_choose
from volunteers.services.announcing import tell_all
from volunteers.services.audiences import Audience, to_thread_of_applicant, to_thread_of_office
from volunteers.services.locks import lock
from volunteers.services.machine import NotReadyError, WrongStateError
from volunteers.services.notices import choosing as news
from volunteers.services.rounds.conditions import not_in_a_round
from volunteers.services.writing.answers import find_giveaway
from volunteers.services.writing.contact import has_contact

TALKING = (ApplicationStatus.SUBMITTED, ApplicationStatus.SHORTLISTED)
DAY_BEGINS, DAY_ENDS = 7, 17  # hours between which people come where minors may help
FARTHEST = timedelta(days=60)


@transaction.atomic
def propose(
    application: Application,
    *,
    way: str,
    where: str,
    minutes: int,
    starts: Sequence[datetime],
    has_supervisor: bool,
    by: User,
) -> Interview:
    """Raises `PermissionDenied`, or `NotReadyError` with the first thing that is wrong.

    Not inside a round: a voice tells who it is before the points are given.
    """
    if not may_choose(by, application):
        raise PermissionDenied
    request = lock(application.applicant, application.request_id)
    row = Application.objects.select_related("applicant").get(pk=application.pk)
    row.request = request
    if row.status not in TALKING:
        raise NotReadyError(_("This application is decided already."))
    if refusal := not_in_a_round(row):
        raise NotReadyError(refusal)
    if row.interviews.live().exists():
        raise NotReadyError(_("Times are proposed already. Cancel that talk first."))
    starts = sorted(set(starts))
    check_times(starts, minutes, where, way)
    if request.takes_minors or row.applicant.is_minor:
        check_protected(starts, minutes, way, has_supervisor)
    interview = Interview.objects.create(
        application=row, by=by, way=way, where=where.strip()[:200], minutes=minutes, has_supervisor=has_supervisor
    )
    InterviewSlot.objects.bulk_create([InterviewSlot(interview=interview, starts_at=start) for start in starts])
    _tell(interview, to_thread_of_applicant, news.TALK_PROPOSED, "proposed")
    return interview


def check_times(starts: Sequence[datetime], minutes: int, where: str, way: str) -> None:
    now = timezone.now()
    if way not in InterviewWay.values or not where.strip():
        raise NotReadyError(_("Say how and where you talk."))
    if way == InterviewWay.OFFICE and has_contact(where):
        raise NotReadyError(_("Name the room only. Numbers and addresses come with the offer."))
    if not SHORTEST_TALK <= minutes <= LONGEST_TALK:
        raise NotReadyError(_("A talk takes 10 to 90 minutes."))
    if not 1 <= len(starts) <= MOST_SLOTS:
        raise NotReadyError(_("Propose one to five times."))
    if starts[0] <= now or starts[-1] > now + FARTHEST:
        raise NotReadyError(_("Propose times to come, within 60 days."))


def check_protected(starts: Sequence[datetime], minutes: int, way: str, has_supervisor: bool) -> None:
    """Where people under 18 may help, everybody comes to the office, by day, and the guide is there. A rule for them
    alone would tell an office who they are, before any offer.
    """
    by_day = all(
        timezone.localtime(start).hour >= DAY_BEGINS
        and timezone.localtime(start + timedelta(minutes=minutes))
        <= timezone.localtime(start).replace(hour=DAY_ENDS, minute=0, second=0, microsecond=0)
        for start in starts
    )
    if way != InterviewWay.OFFICE or not has_supervisor or not by_day:
        raise NotReadyError(
            _("This work is open from 15 on: talk at the office only, between 7:00 and 17:00, with the guide present.")
        )


@transaction.atomic
def pick(interview: Interview, slot_pk: int, *, by: User) -> Interview:
    """The applicant takes one of the times. Raises `PermissionDenied`, `NotReadyError`, `WrongStateError`."""
    row, start = _lock(interview, by, to_pick=True), None
    for slot in row.slots.all():
        if slot.pk == slot_pk:
            start = slot.starts_at
    if start is None or start <= timezone.now():
        raise NotReadyError(_("Choose one of the times to come."))
    if clashes(by, start, row.minutes):
        raise NotReadyError(_("You have something else at that time: another talk or a shift. Choose another time."))
    row.starts_at, row.picked_at = start, timezone.now()
    row.save()
    _tell(row, to_thread_of_office, news.TALK_PICKED, "picked")
    return row


@transaction.atomic
def ask_for_others(interview: Interview, *, wish: str, by: User) -> Interview:
    """None of the times fits; the office reads which would."""
    row = _lock(interview, by, to_pick=True)
    if not wish.strip():
        raise NotReadyError(_("Say which times would fit you."))
    if giveaway := find_giveaway(wish, by):
        raise NotReadyError(giveaway)
    row.passed_over_at, row.wish = timezone.now(), wish.strip()[:200]
    row.save()
    _tell(row, to_thread_of_office, news.TALK_OTHER, "other", note=row.wish)
    return row


@transaction.atomic
def cancel(interview: Interview, *, reason: str, by: User) -> Interview:
    """Either side, with a reason; the other side hears it."""
    row = _lock(interview, by, to_pick=False)
    if reason not in InterviewCancel.values:
        raise NotReadyError(_("Choose a reason."))
    row.cancelled_at, row.cancelled_by, row.cancel_reason = timezone.now(), by, reason
    row.save()
    if is_applicant(by, row.application):
        _tell(row, to_thread_of_office, news.TALK_CANCELLED_BY_APPLICANT, "cancelled")
    else:
        _tell(row, to_thread_of_applicant, news.TALK_CANCELLED, "cancelled")
    return row


def clashes(person: User, start: datetime, minutes: int) -> bool:
    """Another talk or a shift of the person overlaps. Asked while the person is locked."""
    end = start + timedelta(minutes=minutes)
    talks = Interview.objects.live().filter(application__applicant=person, starts_at__isnull=False)
    near = talks.filter(starts_at__lt=end, starts_at__gt=start - timedelta(minutes=LONGEST_TALK))
    if any(talk.starts_at and talk.starts_at + timedelta(minutes=talk.minutes) > start for talk in near):
        return True
    shifts = Q(person=person, status__in=HOLDS_TIME, starts_at__lt=end, ends_at__gt=start)
    return ShiftSignup.objects.filter(shifts).exists()


def remind() -> int:
    """For the clocks: both sides, a day before. Answers how many people were told."""
    told = 0
    rows = Interview.objects.to_remind(timezone.now() + timedelta(days=1))
    for row in rows.select_related("application__request__office", "application__applicant"):
        if Interview.objects.filter(pk=row.pk, reminded_at=None).update(reminded_at=timezone.now()):
            told += _tell_now(row, to_thread_of_applicant, news.TALK_SOON, "soon")
            told += _tell_now(row, to_thread_of_office, news.TALK_SOON_DESK, "soon")
    return told


def _lock(interview: Interview, by: User, *, to_pick: bool) -> Interview:
    """Person first, as everywhere; then the row in a state in which this side may act."""
    application = interview.application
    if not is_applicant(by, application) and (to_pick or not may_choose(by, application)):
        raise PermissionDenied
    User.objects.select_for_update().filter(pk=application.applicant_id).values("pk").get()
    rows = Interview.objects.select_for_update(of=("self",)).select_related("application__request__office")
    row = rows.select_related("application__applicant").get(pk=interview.pk)
    if not row.is_live or (to_pick and row.picked_at):
        raise WrongStateError(_("This was already changed. Please look at it again."))
    return row


def _tell(interview: Interview, who: Audience, kind: Kind, what: str, note: str = "") -> None:
    transaction.on_commit(partial(_tell_now, interview, who, kind, what, note), robust=True)


def _tell_now(interview: Interview, who: Audience, kind: Kind, what: str, note: str = "") -> int:
    facts = {"note": note, "reason": interview.cancel_reason}
    if interview.starts_at:
        facts["talk_at"] = interview.starts_at.isoformat()
    return tell_all(who, kind, interview.application, key=f"talk:{interview.pk}:{what}", facts=facts)
