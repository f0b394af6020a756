"""A volunteer's own service on one page: what is next, what they can claim, what holds."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.utils import timezone

from accounts.models import User
from volunteers.enums import SignupStatus
from volunteers.models import HoursEntry, Placement, ShiftSignup
from volunteers.models.application import LIVE_PLACEMENT
from volunteers.services.serving.attendance_conditions import APPEAL_DAYS
from volunteers.services.serving.codes import OPENS
from volunteers.services.serving.conditions import find_last_day
from volunteers.services.serving.served import Served, measure_served

CLAIM_DAYS = 30  # after the end of a place, hours can still be claimed
SHOWN_SHIFTS, SHOWN_PAST, SHOWN_PLACES = 6, 10, 20
AHEAD = (SignupStatus.SIGNED_UP, SignupStatus.CALLED, SignupStatus.WAITING, SignupStatus.ATTENDED)
PAST = (SignupStatus.NO_SHOW, SignupStatus.NOT_TRACKED, SignupStatus.EXCUSED, SignupStatus.SIGNED_UP)


@dataclass(frozen=True)
class Place:
    """A place with what was served of it."""

    placement: Placement
    served: Served


@dataclass(frozen=True)
class MyService:
    """`asks` are corrected hours that wait for the person; `totals` minutes `confirmed` and `claimed`."""

    places: list[Place]
    shifts: list[ShiftSignup]
    past: list[ShiftSignup]
    asks: list[HoursEntry]
    totals: dict[str, int]
    can_claim: bool
    can_check_in: bool


def read_my_service(user: User) -> MyService:
    """Seven queries, however much there is."""
    placements = list(
        Placement.objects.of(user).select_related("application__request__office__commune").order_by("-agreed_at", "-pk")
    )[:SHOWN_PLACES]
    served = measure_served(placements)
    shifts, now = list_shifts(user), timezone.now()
    return MyService(
        places=[Place(placement, served[placement.pk]) for placement in placements],
        shifts=shifts,
        past=list_past(user),
        asks=list_asks(user),
        totals=HoursEntry.objects.of(user).total(),
        can_claim=any(takes_hours(placement) for placement in placements),
        can_check_in=any(row.starts_at <= now + OPENS and row.status != SignupStatus.ATTENDED for row in shifts),
    )


def list_shifts(user: User) -> list[ShiftSignup]:
    """Those that are not over, the next first."""
    rows = ShiftSignup.objects.of(user).filter(ends_at__gt=timezone.now(), status__in=AHEAD)
    return list(_with_shift(rows).order_by("starts_at", "pk")[:SHOWN_SHIFTS])


def list_past(user: User) -> list[ShiftSignup]:
    """Lately over, where something other than "came" is written: what the person may want to answer."""
    since = timezone.now() - timedelta(days=2 * APPEAL_DAYS)
    rows = ShiftSignup.objects.of(user).filter(ends_at__range=(since, timezone.now()), status__in=PAST)
    return list(_with_shift(rows).select_related("hours").order_by("-starts_at", "-pk")[:SHOWN_PAST])


def list_asks(user: User) -> list[HoursEntry]:
    """Hours that the office corrected, with its reason."""
    rows = HoursEntry.objects.of(user).disputed().with_work().prefetch_related("transitions")
    return list(rows.order_by("updated_at", "pk"))


def list_claimable(user: User) -> list[Placement]:
    """Places for which hours can be claimed now, the newest first."""
    rows = Placement.objects.of(user).select_related("application__request").order_by("-agreed_at", "-pk")
    return [placement for placement in rows if takes_hours(placement)]


def takes_hours(placement: Placement) -> bool:
    """It has begun, and is not over for longer than `CLAIM_DAYS`."""
    today = timezone.localdate()
    if placement.start_date and placement.start_date > today:
        return False
    last = find_last_day(placement)
    return placement.status in LIVE_PLACEMENT or (last is not None and last >= today - timedelta(days=CLAIM_DAYS))


def choose_placement(placements: list[Placement], day: date) -> Placement | None:
    """Which place a day belongs to where the form could not ask: the newest whose dates hold the day."""
    for placement in placements:
        last = find_last_day(placement)
        if (placement.start_date or day) <= day <= (last or day):
            return placement
    return placements[0] if placements else None


def _with_shift(rows: models.QuerySet[ShiftSignup]) -> models.QuerySet[ShiftSignup]:
    return rows.select_related("shift__request__office", "placement__application")
