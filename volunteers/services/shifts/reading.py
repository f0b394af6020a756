"""The shifts of a request as one volunteer sees them, and as the office does."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import User
from accounts.rules import may_volunteer
from ui.words import to_digits
from volunteers.enums import SignupStatus
from volunteers.models import Application, Placement, Shift, ShiftSignup
from volunteers.rules import may_read_name
from volunteers.services.agreements import say_missing
from volunteers.services.shift_conditions import SERVES
from volunteers.services.states import SIGNUP

HOLDS = (SignupStatus.SIGNED_UP, SignupStatus.CALLED)


@dataclass(frozen=True)
class ShiftRow:
    """A shift with what the reader is in it and may do: verbs of the machine, in its order."""

    shift: Shift
    signup: ShiftSignup | None
    verbs: list[str]

    @property
    def label(self) -> str:
        """ "" where the reader has no part in it."""
        is_part = self.signup is not None and self.signup.status != SignupStatus.CANCELLED
        return str(SignupStatus(self.signup.status).label) if is_part and self.signup else ""

    @property
    def is_coming(self) -> bool:
        return self.signup is not None and self.signup.status == SignupStatus.SIGNED_UP

    @property
    def is_called(self) -> bool:
        return self.signup is not None and self.signup.status == SignupStatus.CALLED


@dataclass(frozen=True)
class Comer:
    """One line of a shift's roll."""

    name: str
    status: str
    label: str
    placement_id: str


def describe_shifts(shifts: Sequence[Shift], person: User, *, serves: bool) -> list[ShiftRow]:
    """One query for all. `serves`: the person's place takes shifts now."""
    rows = ShiftSignup.objects.of(person).filter(shift__in=[shift.pk for shift in shifts])
    mine = {signup.shift_id: signup for signup in rows}
    return [ShiftRow(shift, mine.get(shift.pk), _list_verbs(shift, mine.get(shift.pk), serves)) for shift in shifts]


def describe_own_shifts(shifts: Sequence[Shift], person: User) -> list[ShiftRow]:
    """Shifts of any of the person's requests, in their order; three queries for all."""
    rows = Placement.objects.of(person).filter(application__request__in={shift.request_id for shift in shifts})
    serving = {
        place.application.request_id for place in rows.for_change() if place.status in SERVES and not say_missing(place)
    }
    if not may_volunteer(person):
        serving = set()
    found = {
        row.shift.pk: row
        for serves in (True, False)
        for row in describe_shifts(
            [shift for shift in shifts if (shift.request_id in serving) is serves], person, serves=serves
        )
    }
    return [found[shift.pk] for shift in shifts]


def list_roll(shift: Shift, *, by: User) -> list[Comer]:
    """Who comes, is called or waits; by name only while the office may read names."""
    rows = shift.signups.exclude(status=SignupStatus.CANCELLED).select_related(
        "placement__application__request__office", "placement__application__applicant"
    )
    order = [status.value for status in (SignupStatus.SIGNED_UP, SignupStatus.CALLED, SignupStatus.WAITING)]
    ordered = sorted(rows, key=lambda row: (order.index(row.status) if row.status in order else -1, row.pk))
    return [
        Comer(
            name_for(row.placement.application, by),
            row.status,
            str(SignupStatus(row.status).label),
            str(row.placement.public_id),
        )
        for row in ordered
    ]


def name_for(application: Application, reader: User) -> str:
    """The name, while the office may read it; else the code name."""
    if may_read_name(reader, application):
        return application.applicant.get_full_name()
    return to_digits(application.code_name)


def _list_verbs(shift: Shift, signup: ShiftSignup | None, serves: bool) -> list[str]:
    """Without a query: what is offered. The service asks the machine again."""
    if not shift.is_ahead or not serves:
        return []
    status = signup.status if signup else SignupStatus.CANCELLED
    offered = ["sign_up"] if shift.seats_left else ["join_waiting"]
    offered += ["confirm", "pass_on", "leave", "stop_waiting"]
    return [verb for verb in offered if status in SIGNUP.changes[verb].sources]
