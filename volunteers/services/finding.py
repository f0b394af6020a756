"""The list of open requests: what a person asked for, and what is nearest when there is none."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from volunteers.enums import TimeOfDay
from volunteers.models import VolunteerRequest
from volunteers.querysets import RequestQuerySet

ALTERNATIVES = 3


@dataclass(frozen=True)
class Filters:
    """`place` is a code of any level, "" for everywhere."""

    place: str = ""
    times: tuple[TimeOfDay, ...] = ()
    is_remote: bool = False
    fits_skills: bool = False
    by_closing: bool = False

    @property
    def order(self) -> list[str]:
        """The keys that pages go by."""
        return ["expires_at"] if self.by_closing else ["-fit", "-opened_at"]


def search_requests(filters: Filters, user: User | AnonymousUser) -> RequestQuerySet:
    """Open requests that meet every filter, with their fit to this person."""
    rows = VolunteerRequest.objects.open().in_place(filters.place).at_times(filters.times).with_fit(user)
    if filters.is_remote:
        rows = rows.remote()
    if filters.fits_skills:
        rows = rows.fitting_skills()
    return rows.with_place().with_skills()


def find_alternatives(filters: Filters, user: User | AnonymousUser) -> list[VolunteerRequest]:
    """The nearest open requests when nothing meets the filters: the next wider place first, then anywhere."""
    for length in (4, 2, 0):
        if length < len(filters.place) or length == 0:
            rows = search_requests(Filters(place=filters.place[:length]), user).best_first()
            if found := list(rows[:ALTERNATIVES]):
                return found
    return []
