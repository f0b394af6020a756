"""Reminders of serving: tomorrow's shifts to both sides, and courses of the first weeks that are due or late.

By day only, and once: each is known by its day or its course, so the clocks may call as often as they like.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, User
from accounts.rules import CLERK_ROLES
from notifications.services import notify
from notifications.services.times import is_quiet
from volunteers.enums import SignupStatus
from volunteers.models import InductionCourse, Placement, ShiftSignup
from volunteers.models.application import LIVE_PLACEMENT
from volunteers.services.announcing import describe, tell_all
from volunteers.services.audiences import to_applicant, to_office
from volunteers.services.induction import Task, track_inductions
from volunteers.services.notices import reminders as news

REMINDS_FROM = 15  # o'clock on the day before: late enough to be true, early enough to find somebody else
COURSE_DAYS = 3  # before a course is due, and for so long after it
MOST_AT_ONCE = 500


def remind_of_tomorrow() -> int:
    """One notice a person and day, on each side. Answers how many were told now."""
    now = timezone.localtime()
    if now.hour < REMINDS_FROM or is_quiet(now):
        return 0
    day = now.date() + timedelta(days=1)
    signups = list(_list_coming(day))
    return _remind_people(signups, day) + _remind_offices(signups, day)


def _list_coming(day: date) -> Iterable[ShiftSignup]:
    begin = timezone.make_aware(datetime.combine(day, time.min))
    rows = ShiftSignup.objects.filter(
        status=SignupStatus.SIGNED_UP, starts_at__gte=begin, starts_at__lt=begin + timedelta(days=1)
    )
    return rows.filter(shift__cancelled_at=None).with_rows().order_by("starts_at", "pk")


def _remind_people(signups: Sequence[ShiftSignup], day: date) -> int:
    """The first shift of the day by its hour and place, the others by their number."""
    shifts = _group(signups, lambda signup: [signup.person])
    key = f"tomorrow:{day}"
    return sum(
        notify(
            [person],
            kind=news.SHIFT_TOMORROW,
            url=reverse("my-service"),
            dedupe_key=key,
            data=describe(rows[0])[0] | {"shifts": len(rows)},
        )
        for person, rows in _leave_out_told(shifts, key)
    )


def _remind_offices(signups: Sequence[ShiftSignup], day: date) -> int:
    """Whoever acts for several offices reads one sum; it leads to the first shift of the day."""
    offices = {signup.shift.request.office_id for signup in signups}
    members = Membership.objects.active().filter(organisation__in=offices, role__in=CLERK_ROLES, user__is_active=True)
    clerks: dict[int, list[User]] = defaultdict(list)
    for membership in members.select_related("user"):
        clerks[membership.organisation_id].append(membership.user)
    found = _group(signups, lambda signup: clerks[signup.shift.request.office_id])
    key = f"tomorrow-desk:{day}"
    return sum(
        notify(
            [clerk],
            kind=news.SHIFTS_TOMORROW,
            url=reverse("shift", args=[rows[0].shift.public_id]),
            dedupe_key=key,
            data={"shifts": len({row.shift_id for row in rows}), "people": len({row.person_id for row in rows})},
        )
        for clerk, rows in _leave_out_told(found, key)
    )


def _group(signups: Iterable[ShiftSignup], who: Any) -> dict[User, list[ShiftSignup]]:
    found: dict[User, list[ShiftSignup]] = defaultdict(list)
    for signup in signups:
        for person in who(signup):
            found[person].append(signup)
    return found


def _leave_out_told(found: dict[User, list[ShiftSignup]], key: str) -> list[tuple[User, list[ShiftSignup]]]:
    """The clocks come every few minutes: whoever knows it is not locked again for nothing."""
    told = User.objects.filter(pk__in=[person.pk for person in found], notifications__dedupe_key=key)
    known = set(told.values_list("pk", flat=True))
    return [(person, rows) for person, rows in found.items() if person.pk not in known]


def remind_of_induction() -> int:
    """Three days before a course of the first weeks is due, and once it is late: then the office too."""
    if is_quiet(timezone.now()):
        return 0
    placements = list(_list_due())
    inductions = track_inductions(placements)
    return sum(_remind_of(placement, inductions[placement.pk].tasks) for placement in placements)


def _list_due() -> Iterable[Placement]:
    """Places whose courses are due within `COURSE_DAYS`, before or after today."""
    today, due = timezone.localdate(), Q()
    for weeks in InductionCourse.objects.order_by().values_list("weeks", flat=True).distinct():
        first_day = today - timedelta(weeks=weeks)
        span = (first_day - timedelta(days=COURSE_DAYS), first_day + timedelta(days=COURSE_DAYS))
        due |= Q(start_date__range=span, application__request__induction_rows__weeks=weeks)
    rows = Placement.objects.filter(due, status__in=LIVE_PLACEMENT) if due else Placement.objects.none()
    return rows.for_change().distinct().order_by("pk")[:MOST_AT_ONCE]


def _remind_of(placement: Placement, tasks: Iterable[Task]) -> int:
    """Courses that are due on one day are one notice; it leads to the place, where they all stand."""
    days: dict[date, list[Task]] = defaultdict(list)
    for task in tasks:
        if task.weeks and task.due_date is not None and not task.is_done:
            days[task.due_date].append(task)
    return sum(_tell_day(placement, day, due) for day, due in days.items())


def _tell_day(placement: Placement, day: date, tasks: Sequence[Task]) -> int:
    today = timezone.localdate()
    if abs((day - today).days) > COURSE_DAYS:
        return 0
    facts = {"course": tasks[0].course.title, "courses": len(tasks), "due": day.isoformat()}
    key = f"induction:{placement.pk}:{day}"
    if day >= today:
        return tell_all(to_applicant, news.COURSE_DUE, placement, key=key, facts=facts)
    told = tell_all(to_applicant, news.COURSE_LATE, placement, key=key, facts=facts)
    return told + tell_all(to_office, news.COURSE_LATE_DESK, placement, key=key, facts=facts)
