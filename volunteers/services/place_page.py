"""A place as its two sides read it: names where they may be read, what comes next, how far the induction is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules import may_volunteer
from volunteers.enums import PlacementStatus as P
from volunteers.models import Agreement, Concern, Placement, Shift, Transition, VolunteerRequest
from volunteers.services.agreements import find_agreement, say_missing
from volunteers.services.induction import Induction, track_inductions
from volunteers.services.placements import list_office_verbs
from volunteers.services.shift_conditions import SERVES
from volunteers.services.shifts.reading import name_for

COMING_SHIFTS = 10


@dataclass(frozen=True)
class Place:
    """One place. `history` leaves out who raised a concern, and that it was one, by the words of the clock."""

    placement: Placement
    request: VolunteerRequest
    agreement: Agreement
    name: str
    induction: Induction
    history: list[Transition]
    is_looked_at: bool
    serves: bool
    next: str

    @property
    def is_agreed(self) -> bool:
        return self.placement.status == P.AGREED


@dataclass(frozen=True)
class DeskPlace:
    """The same for the office, with what it may do and the shifts to come."""

    place: Place
    verbs: list[str]
    shifts: list[Shift]
    missing: str


@dataclass(frozen=True)
class Row:
    """One line of the desk's list."""

    placement: Placement
    request: VolunteerRequest
    name: str
    induction: Induction
    next_shift_at: datetime | None
    minutes: int


def describe_place(placement: Placement, reader: User) -> Place:
    """For the volunteer. Six queries, whatever the place holds."""
    agreement = find_agreement(placement)
    is_looked_at = Concern.objects.filter(placement=placement, closed_at=None).exists()
    person = placement.application.applicant
    missing = "" if agreement.is_confirmed else say_missing(placement)
    return Place(
        placement=placement,
        request=placement.application.request,
        agreement=agreement,
        name=person.get_full_name() if person == reader else name_for(placement.application, reader),
        induction=track_inductions([placement])[placement.pk],
        history=list(placement.transitions.order_by("-at", "-pk")),
        is_looked_at=is_looked_at,
        serves=placement.status in SERVES and not missing and bool(may_volunteer(person)),
        next=_say_next(placement, is_looked_at, missing),
    )


def describe_for_office(placement: Placement, reader: User) -> DeskPlace:
    place = describe_place(placement, reader)
    shifts = Shift.objects.ahead().filter(signups__placement=placement, signups__status="signed_up")
    return DeskPlace(
        place=place,
        verbs=list_office_verbs(placement, reader),
        shifts=list(shifts.order_by("starts_at")[:COMING_SHIFTS]),
        missing="" if place.agreement.is_confirmed else say_missing(placement),
    )


def describe_list(placements: Sequence[Placement], reader: User, inductions: Mapping[int, Induction]) -> list[Row]:
    """No query of its own: the figures come with the rows."""
    return [
        Row(
            placement=placement,
            request=placement.application.request,
            name=name_for(placement.application, reader),
            induction=inductions[placement.pk],
            next_shift_at=getattr(placement, "next_shift_at", None),
            minutes=getattr(placement, "settled_minutes", 0) or 0,
        )
        for placement in placements
    ]


def _say_next(placement: Placement, is_looked_at: bool, missing: str) -> str:
    if is_looked_at:
        return _("Paused while the programme looks at it. Please do not go there until the programme tells you.")
    if placement.status == P.PAUSED:
        return _("Your place is paused. You take no shifts until it goes on.")
    if placement.status == P.AGREED:
        return missing or _("Everything is agreed. The office begins your service on the first day.")
    return {
        P.ACTIVE: _("You serve now. Choose shifts below, and leave a shift early when you cannot come."),
        P.COMPLETED: _("You completed this service. Thank you."),
        P.ENDED_EARLY: _("This place ended early."),
    }[P(placement.status)]
