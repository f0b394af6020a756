"""Shifts that an office makes, one or a weekly pattern, changes and calls off. People who counted on them are told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from volunteers.enums import Clock, SignupStatus
from volunteers.models import Shift, ShiftSignup, VolunteerRequest
from volunteers.models.serving import LONGEST_SHIFT
from volunteers.querysets import PUBLIC
from volunteers.rules import is_of_office
from volunteers.services.announcing import tell_all
from volunteers.services.audiences import to_applicant
from volunteers.services.locks import lock_people, lock_shift
from volunteers.services.machine import NotReadyError
from volunteers.services.notices import shifts as news
from volunteers.services.shift_conditions import DAY_BEGINS, DAY_ENDS, minors_help_by_day
from volunteers.services.shifts.waiting import LAST_CALL, call_waiting
from volunteers.services.states import SIGNUP

LONGEST_PATTERN = timedelta(weeks=12)


@dataclass(frozen=True)
class Plan:
    """Days from `first` to `last`, on `weekdays` (Monday is 0), each from `begins` to `ends` in Phnom Penh time."""

    first: date
    last: date
    weekdays: frozenset[int]
    begins: time
    ends: time
    seats: int
    note_km: str = ""
    note_en: str = ""

    @property
    def spans(self) -> Iterator[tuple[datetime, datetime]]:
        for number in range((self.last - self.first).days + 1):
            day = self.first + timedelta(days=number)
            if day.weekday() in self.weekdays:
                yield _at(day, self.begins), _at(day, self.ends)


def find_plan_problems(request: VolunteerRequest, plan: Plan) -> dict[str, str]:
    """What forbids the plan, by the field of the form. Empty: it can be made."""
    problems = find_time_problems(request, plan.begins, plan.ends)
    if request.status not in PUBLIC:
        problems["first"] = _("Shifts can be made once the request is open.")
    if plan.last < plan.first:
        problems["last"] = _("The last day comes after the first.")
    elif plan.last - plan.first > LONGEST_PATTERN:
        problems["last"] = _("At most 12 weeks at once.")
    elif not any(True for _span in plan.spans):
        problems["weekdays"] = _("None of these weekdays lies between the two days.")
    for name, day in (("first", plan.first), ("last", plan.last)):
        if sentence := say_day_problem(request, day):
            problems.setdefault(name, sentence)
    begin = next((begin for begin, _end in plan.spans), None)
    if "first" not in problems and begin is not None and begin <= timezone.now():
        problems.setdefault("begins", _("This time is past."))
    return problems


def find_time_problems(request: VolunteerRequest, begins: time, ends: time) -> dict[str, str]:
    length = datetime.combine(date.min, ends) - datetime.combine(date.min, begins)
    if length <= timedelta(0):
        return {"ends": _("The end comes after the beginning.")}
    if length > LONGEST_SHIFT:
        return {"ends": _("At most 12 hours.")}
    if request.takes_minors and (begins < DAY_BEGINS or ends > DAY_ENDS):
        return {"begins": _("People under 18 may help here, so shifts lie between 6:00 and 18:00.")}
    return {}


def say_day_problem(request: VolunteerRequest, day: date) -> str:
    if day < timezone.localdate():
        return _("This day is past.")
    if (request.start_date and day < request.start_date) or (request.end_date and day > request.end_date):
        return _("The day lies outside the dates of the request.")
    return ""


def find_first_day(request: VolunteerRequest) -> date:
    """From which day a form offers shifts: tomorrow, or the first day of work."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    return max(request.start_date or tomorrow, tomorrow)


@transaction.atomic
def make_shifts(request: VolunteerRequest, plan: Plan, *, by: User) -> int:
    """All shifts of the plan that are not there yet; answers how many are new. The same form twice makes none."""
    if not is_of_office(by, request):
        raise PermissionDenied
    if problems := find_plan_problems(request, plan):
        raise NotReadyError(next(iter(problems.values())))
    before = request.shifts.count()
    words = {"seats": plan.seats, "note_km": plan.note_km, "note_en": plan.note_en}
    rows = [Shift(request=request, starts_at=begin, ends_at=end, **words) for begin, end in plan.spans]
    Shift.objects.bulk_create(rows, ignore_conflicts=True)
    return request.shifts.count() - before


@transaction.atomic
def change_shift(shift: Shift, plan: Plan, *, by: User) -> int:
    """Day, time, seats and note as the plan of one day says. Answers how many people it takes off for a clash.

    Everybody who comes or waits is told. Raises `NotReadyError`, `PermissionDenied`.
    """
    locked, signups = _lock_all(shift, by)
    if problems := find_plan_problems(locked.request, plan):
        raise NotReadyError(next(iter(problems.values())))
    if plan.seats < locked.seats_filled:
        raise NotReadyError(_("More people than that come already."))
    starts_at, ends_at = next(plan.spans)
    is_other_time = (starts_at, ends_at) != (locked.starts_at, locked.ends_at)
    is_news = is_other_time or (plan.note_km, plan.note_en) != (locked.note_km, locked.note_en)
    locked.starts_at, locked.ends_at, locked.seats = starts_at, ends_at, plan.seats
    locked.note_km, locked.note_en = plan.note_km, plan.note_en
    locked.changed_at = timezone.now()
    _save(locked)
    kept = [signup for signup in signups if not is_other_time or _move_along(signup, locked)]
    if is_news:
        _tell_changed(kept)
    transaction.on_commit(partial(call_waiting, locked.pk), robust=True)
    return len(signups) - len(kept)


@transaction.atomic
def call_off_shift(shift: Shift, *, by: User, note: str) -> None:
    """It stays as a row. Everybody who comes or waits is told, with the reason in words."""
    locked, signups = _lock_all(shift, by)
    if not note.strip():
        raise NotReadyError(_("Say why in one or two sentences."))
    Shift.objects.filter(pk=locked.pk).update(cancelled_at=timezone.now())
    for signup in signups:
        SIGNUP.move("call_off", signup, by=None, reason=Clock.SHIFT_OFF, note=note)


def _save(shift: Shift) -> None:
    try:
        with transaction.atomic():
            shift.save(update_fields=("starts_at", "ends_at", "seats", "note_km", "note_en", "changed_at"))
    except IntegrityError as error:
        raise NotReadyError(_("There is another shift at exactly this time.")) from error


def _lock_all(shift: Shift, by: User) -> tuple[Shift, list[ShiftSignup]]:
    """Everybody who comes or waits, then the shift; whoever signed up between the two is in the list as well."""
    if not is_of_office(by, shift.request):
        raise PermissionDenied
    lock_people(list(shift.signups.live().values_list("person", flat=True)))
    locked = lock_shift(shift.pk)
    locked.request = shift.request
    if not locked.is_ahead:
        raise NotReadyError(_("This shift has begun or is called off already."))
    return locked, list(locked.signups.live().with_rows().order_by("pk"))


def _move_along(signup: ShiftSignup, shift: Shift) -> bool:
    """To the new time; whom it would then bind to two places at once is taken off, and by night whoever is a minor."""
    times = {"starts_at": shift.starts_at, "ends_at": shift.ends_at}
    if signup.status == SignupStatus.CALLED and signup.call_expires_at is not None:
        times["call_expires_at"] = min(signup.call_expires_at, shift.starts_at - LAST_CALL)
    try:
        with transaction.atomic():
            ShiftSignup.objects.filter(pk=signup.pk).update(**times)
    except IntegrityError:
        SIGNUP.move("take_off", signup, by=None, reason=Clock.CLASH)
        ShiftSignup.objects.filter(pk=signup.pk).update(**times)
        return False
    for name, value in times.items():
        setattr(signup, name, value)
    if minors_help_by_day(signup):
        SIGNUP.move("spare", signup, by=None, reason=Clock.NIGHT)
        return False
    return True


def _tell_changed(signups: list[ShiftSignup]) -> None:
    moment = timezone.now().isoformat()
    for signup in signups:
        tell_all(to_applicant, news.SHIFT_CHANGED, signup, key=f"shift:{signup.pk}:{moment}")


def _at(day: date, moment: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, moment))
