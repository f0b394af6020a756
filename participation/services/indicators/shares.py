"""Counts as shares that people read: exact from a hundred people on, in fives below, so that one person is not seen."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ui.words import to_digits

EXACT_FROM = 100
FIVE = 5


@dataclass(frozen=True)
class Share:
    """`percent` as told. `is_exact` is False for a share in fives, which is never under 5 nor above 95."""

    percent: int
    is_exact: bool

    @classmethod
    def of(cls, count: int, people: int) -> "Share | None":
        if people <= 0:
            return None
        if people >= EXACT_FROM:
            return cls(round(count * 100 / people), is_exact=True)
        fives = round(count * 100 / people / FIVE) * FIVE
        return cls(min(max(fives, FIVE), 100 - FIVE), is_exact=False)

    @property
    def sign(self) -> str:
        """For a chart."""
        if self.is_exact:
            return f"{to_digits(self.percent)}%"
        if self.percent == FIVE:
            return f"≤{to_digits(FIVE)}%"
        return f"≥{to_digits(self.percent)}%" if self.percent == 100 - FIVE else f"~{to_digits(self.percent)}%"

    @property
    def words(self) -> str:
        """How exact it is, for a table."""
        if self.is_exact:
            return f"{to_digits(self.percent)}%"
        known = {FIVE: _("%(n)s%% or less"), 100 - FIVE: _("%(n)s%% or more")}
        return known.get(self.percent, _("about %(n)s%%")) % {"n": to_digits(self.percent)}


def tell_people(count: int) -> str:
    """How many members of a group answered: in whole fives."""
    return to_digits(_("at least %(n)s") % {"n": count - count % FIVE})
