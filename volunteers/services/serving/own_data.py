"""A person's service in their own copy of their data, and what of it goes with the account."""

from typing import Any

from django.db.models import OuterRef, QuerySet

from accounts.models import User
from volunteers.enums import SignupStatus
from volunteers.models import HoursEntry, ShiftSignup
from volunteers.services.serving.calendar import end_feed


def describe_service(user: User) -> dict[str, Any]:
    """Shifts and hours, oldest first. JSON-ready."""
    signups = ShiftSignup.objects.of(user).select_related("shift__request").order_by("starts_at", "pk")
    hours = HoursEntry.objects.of(user).with_work().order_by("day_date", "pk")
    return {
        "shifts": [
            {
                "request": row.shift.request.title,
                "starts_at": row.starts_at.isoformat(),
                "ends_at": row.ends_at.isoformat(),
                "status": row.status,
                "arrived_at": row.arrived_at and row.arrived_at.isoformat(),
                "appeal": row.appeal,
            }
            for row in signups
        ],
        "hours": [
            {
                "request": row.placement.application.request.title,
                "day": row.day_date.isoformat(),
                "minutes": row.minutes,
                "office_minutes": row.office_minutes,
                "settled_minutes": row.settled_minutes,
                "what": row.what,
                "status": row.status,
            }
            for row in hours
        ],
    }


def forget_service(user: User) -> None:
    """The calendar's address ends and the person's words go; the numbers stay in the office's figures."""
    end_feed(user)
    HoursEntry.objects.of(user).update(what="")


def find_attended(person: User | OuterRef) -> QuerySet[ShiftSignup]:
    """Shifts to which the person came."""
    return ShiftSignup.objects.filter(person=person, status=SignupStatus.ATTENDED)
