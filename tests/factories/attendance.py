"""Placements, shifts and hours, made by their columns."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Organisation, User
from tests.factories.accounts import OfficeFactory
from tests.factories.volunteers import ApplicationFactory, RequestFactory
from volunteers.enums import ApplicationStatus, HoursStatus, PlacementStatus, SignupStatus
from volunteers.models import HoursEntry, Placement, Shift, ShiftSignup
from volunteers.models.serving import HOLDS_SEAT


def days_ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def make_placement(
    person: User | None = None, office: Organisation | None = None, status: str = PlacementStatus.ACTIVE, **columns: Any
) -> Placement:
    """Serves since 30 days, for 30 more."""
    request = columns.pop("request", None) or RequestFactory.create(office=office or OfficeFactory.create())
    people = {"applicant": person} if person else {}
    application = ApplicationFactory.create(request=request, status=ApplicationStatus.ACCEPTED, **people)
    columns = {"start_date": days_ago(30), "end_date": days_ago(-30), **columns}
    return Placement.objects.create(application=application, status=status, **columns)


def make_shift(placement: Placement, starts_at: datetime | None = None, hours: int = 3, seats: int = 5) -> Shift:
    """Began five minutes ago."""
    starts_at = starts_at or timezone.now() - timedelta(minutes=5)
    return Shift.objects.create(
        request=placement.application.request,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=hours),
        seats=seats,
    )


def make_signup(
    placement: Placement, shift: Shift | None = None, status: str = SignupStatus.SIGNED_UP, **columns: Any
) -> ShiftSignup:
    shift = shift or make_shift(placement)
    if status in HOLDS_SEAT:
        shift.seats_filled += 1
        shift.save()
    return ShiftSignup.objects.create(
        shift=shift,
        placement=placement,
        person=placement.application.applicant,
        starts_at=shift.starts_at,
        ends_at=shift.ends_at,
        status=status,
        **columns,
    )


def make_hours(
    placement: Placement, day: date | None = None, minutes: int = 120, status: str = HoursStatus.CLAIMED, **columns: Any
) -> HoursEntry:
    if status == HoursStatus.CONFIRMED:
        columns.setdefault("settled_minutes", minutes)
    return HoursEntry.objects.create(
        placement=placement,
        day_date=day or days_ago(1),
        minutes=minutes,
        status=status,
        happened_at=timezone.now(),
        **columns,
    )
