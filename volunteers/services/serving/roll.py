"""The roll of one shift as the office reads it."""

from collections.abc import Mapping
from dataclasses import dataclass

from accounts.models import User
from volunteers.enums import SignupStatus
from volunteers.models import Shift, ShiftSignup
from volunteers.services.serving.attendance import ON_THE_ROLL
from volunteers.services.serving.desk import name_of


@dataclass(frozen=True)
class RollRow:
    """`was` is the state that the form carries, `mark` what is chosen in it, `refusal` why the last choice failed."""

    signup: ShiftSignup
    name: str
    refusal: str

    @property
    def was(self) -> str:
        return str(self.signup.status)

    @property
    def mark(self) -> str:
        """Nothing is chosen for who is only expected."""
        open_states = (SignupStatus.SIGNED_UP, SignupStatus.CALLED, SignupStatus.NOT_TRACKED)
        return "" if self.signup.status in open_states else self.was


def list_rows(shift: Shift, refused: Mapping[int, str], *, by: User) -> list[RollRow]:
    """By name, without the reader's own: nobody marks themselves. One query."""
    signups = shift.signups.filter(status__in=ON_THE_ROLL).exclude(person=by)
    signups = signups.select_related("placement__application__applicant")
    rows = [RollRow(row, name_of(row.placement.application), refused.get(row.pk, "")) for row in signups]
    return sorted(rows, key=lambda row: (row.name, row.signup.pk))
