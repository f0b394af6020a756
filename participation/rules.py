"""Who may do what in the planning year."""

import rules

from accounts.rules import is_programme_staff, speaks_for
from forums.querysets import Reader
from places.models import Commune, District


def can_set_dates(user: Reader, place: Commune | District | None) -> bool:
    """The dates of a commune: its verified office; of a commune, a district or the country: the programme's staff."""
    if is_programme_staff(user):
        return True
    return isinstance(place, Commune) and bool(speaks_for(user, place))


rules.add_perm("participation.set_dates", rules.predicate(can_set_dates))
