"""Changing a request that people have read: only what leaves their applications as good as they were, and all hear it.

What stays as it is: the work itself (title, tasks), the questions, the hours and times of day. A higher age or another
course counts for those who come later, never for what was sent already.
"""

from datetime import datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from accounts.models import User
from courses.models import Skill
from ui.words import to_digits
from volunteers.enums import ApplicationStatus, Clock, LeaveReason, RequestStatus, Term
from volunteers.models import Application, RequestChange, VolunteerRequest
from volunteers.rules import is_of_office
from volunteers.services import conditions as need
from volunteers.services.announcing import LOST_AFTER, MOST_AT_ONCE, tell_all
from volunteers.services.audiences import to_placed, to_staff, to_waiting
from volunteers.services.completeness import find_problems
from volunteers.services.machine import NotReadyError
from volunteers.services.notices import editing as news
from volunteers.services.requests import write_again
from volunteers.services.shift_conditions import is_by_day
from volunteers.services.states import REQUEST

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

AMENDABLE = (RequestStatus.OPEN, RequestStatus.REVIEW)
LONGEST_NEWS = 400  # characters of a notification about changes; the page shows all of them


class TooFewSeatsError(NotReadyError):
    """Fewer seats than people who hold one or are offered one."""


def is_amendable(request: VolunteerRequest) -> bool:
    return request.status in AMENDABLE and not request.is_overdue


def count_promised_seats(request: VolunteerRequest) -> int:
    """Seats taken and seats offered: no edit takes these away."""
    return request.seats_filled + request.applications.filter(status=ApplicationStatus.OFFERED).count()


@transaction.atomic
def amend_request(
    request: VolunteerRequest, *, by: User, skills: list[Skill], course_keys: list[Any]
) -> list[RequestChange]:
    """Save new terms of an open request and tell everybody whose application lives. Empty if nothing reads differently.

    Raises `PermissionDenied`, `TooFewSeatsError`, `NotReadyError`, `WrongStateError`, `ChangedMeanwhileError`.
    """
    stored = VolunteerRequest.objects.select_for_update().select_related("office").get(pk=request.pk)
    if not is_of_office(by, stored):
        raise PermissionDenied
    for missing in (*find_problems(request).values(), need.office_is_trusted(request), say_night_shifts(request)):
        if missing:
            raise NotReadyError(missing)
    if request.seats < count_promised_seats(stored):
        raise TooFewSeatsError(say_fewest_seats(stored))
    changes = write_again(request, by=by, skills=skills, course_keys=course_keys, states=AMENDABLE)
    _keep_clock_before_the_end(request)
    if request.seats == stored.seats_filled:
        REQUEST.move("fill", request, by=None, reason=Clock.SEATS)
    if changes:
        transaction.on_commit(partial(tell_changes_task.enqueue, str(changes[0].edit_id)), robust=True)
    return changes


def say_fewest_seats(request: VolunteerRequest) -> str:
    """Also for the form, which says it beside the field."""
    said = _("%(count)s places are taken or offered already. Keep at least that many.")
    return to_digits(said % {"count": count_promised_seats(request)})


def say_night_shifts(request: VolunteerRequest) -> str:
    """Whoever lets minors in calls off or moves the shifts of the evening first; also for the form."""
    if not request.takes_minors:
        return ""
    if all(is_by_day(shift.starts_at, shift.ends_at) for shift in request.shifts.ahead()):
        return ""
    return _("People under 18 help between 6:00 and 18:00 only. Move or call off the shifts outside these hours first.")


def list_public_changes(request: VolunteerRequest) -> list[RequestChange]:
    """What readers of the page should know, the newest first."""
    return list(request.changes.filter(is_public=True).order_by("-at", "-pk"))


def list_changes_since(application: Application) -> list[RequestChange]:
    """How the terms differ from those that this person applied to, the newest first."""
    sent = application.sent_at
    return [row for row in list_public_changes(application.request) if sent is not None and row.at > sent]


def list_leave_reasons(application: Application) -> "list[tuple[str, StrOrPromise]]":
    """The reasons to choose from; that the commune changed the terms only where it did, and then first."""
    changed, gone = LeaveReason.CHANGED, LeaveReason.GONE
    usual: list[tuple[str, StrOrPromise]] = [(each.value, each.label) for each in LeaveReason]
    usual = [(code, label) for code, label in usual if code not in (changed, gone)]
    return [(changed.value, changed.label), *usual] if list_changes_since(application) else usual


def tell_changes(edit_id: str) -> int:
    """Tell everybody concerned, once; an office that nobody verified also has its staff look. Answers how many."""
    rows = list(RequestChange.objects.filter(edit_id=edit_id, announced_at=None).select_related("request__office"))
    if not rows:
        return 0
    request, by = rows[0].request, rows[0].by_id
    facts = {"changes": {language: _say(rows, language) for language in ("km", "en")}}
    told = tell_all(to_waiting, news.REQUEST_CHANGED, request, key=f"edit:{edit_id}", but=by, facts=facts)
    told += tell_all(to_placed, news.PLACE_CHANGED, request, key=f"edit:{edit_id}", but=by, facts=facts)
    if not request.office.is_verified:
        told += tell_all(to_staff, news.APPROVED_CHANGED, request, key=f"edit:{edit_id}", but=by, facts=facts)
    RequestChange.objects.filter(edit_id=edit_id).update(announced_at=timezone.now())
    return told


def tell_missed_changes() -> int:
    """For the clocks: edits whose task never ran."""
    lost = RequestChange.objects.filter(announced_at=None, at__lt=timezone.now() - LOST_AFTER)
    edits = lost.order_by("edit_id").values_list("edit_id", flat=True).distinct()
    return sum(tell_changes(str(edit)) for edit in edits[:MOST_AT_ONCE])


def _say(rows: list[RequestChange], language: str) -> str:
    """ "Where: office → school. People needed: 2 → 3." """
    lines = [
        _label(row, language) + " → ".join(getattr(row, f"{side}_{language}") or "–" for side in ("before", "after"))
        for row in rows
    ]
    said, kept = "", list[str]()
    for line in lines:
        said += line
        if len(said) > LONGEST_NEWS and kept:
            return "; ".join(kept) + " …"
        kept.append(line)
    return "; ".join(kept)


def _label(row: RequestChange, language: str) -> str:
    with override(language):
        return f"{Term(row.term).label}: "


def _keep_clock_before_the_end(request: VolunteerRequest) -> None:
    """No application after the last day of work."""
    if request.end_date is None or request.expires_at is None:
        return
    end = timezone.make_aware(datetime.combine(request.end_date + timedelta(days=1), time()))
    if end < request.expires_at:
        request.expires_at = end
        VolunteerRequest.objects.filter(pk=request.pk).update(expires_at=end)


@task()
def tell_changes_task(edit_id: str) -> None:
    tell_changes(edit_id)
