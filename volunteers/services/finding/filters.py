"""What a person asks of the list. Each filter is one condition over `RequestListing`, said once.

The database applies it to the list; `make_test` reads the same condition in Python, so that a thousand saved searches
look at today's new requests without a thousand queries.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from places.khmer import normalise
from volunteers.enums import TimeOfDay
from volunteers.models import RequestListing
from volunteers.models.terms import ADULT
from volunteers.services.finding.points import EVERY_TIMES, this_district, this_province, to_bits
from volunteers.services.finding.seeker import Seeker

MOST_WORDS = 8
LONGEST_TEXT = 80


class Band(models.TextChoices):
    """How near to where the person lives."""

    COMMUNE = "commune", _("In my commune")
    DISTRICT = "district", _("In my district")
    PROVINCE = "province", _("In my province")


class Days(models.TextChoices):
    WEEKDAYS = "weekdays", _("Monday to Friday")
    WEEKEND = "weekend", _("Saturday and Sunday")


class Order(models.TextChoices):
    """The orders of the list."""

    BEST = "", _("Best for you")
    NEWEST = "new", _("Newest")
    CLOSING = "closing", _("Closing soon")


KEYS = {
    Order.BEST: ["-score", "-opened_at"],
    Order.NEWEST: ["-opened_at"],
    Order.CLOSING: ["expires_at"],
}


@dataclass(frozen=True)
class Filters:
    """`place` is a code of any level, "" for everywhere; `skills` are ids, one of which the work asks for."""

    text: str = ""
    place: str = ""
    near: str = ""
    times: tuple[TimeOfDay, ...] = ()
    days: str = ""
    skills: tuple[int, ...] = ()
    starts_from: date | None = None
    starts_until: date | None = None
    fits_weeks: bool = False
    is_remote: bool = False
    pays_costs: bool = False
    pays_stipend: bool = False
    for_minors: bool = False
    fits_skills: bool = False
    order: Order = Order.BEST

    @property
    def keys(self) -> list[str]:
        """The keys that pages go by."""
        return KEYS[self.order]


def list_conditions(filters: Filters, seeker: Seeker) -> dict[str, Q]:
    """The condition of each filter that is set, by its name, in the order of the form."""
    return {
        name: condition
        for name, make in CONDITIONS.items()
        if getattr(filters, name) and (condition := make(filters, seeker))
    }


def _in_text(filters: Filters, seeker: Seeker) -> Q:
    """Every word, anywhere in title, summary, tasks and the names of the place."""
    condition = Q()
    for word in normalise(filters.text.replace("\x00", " ")[:LONGEST_TEXT]).split()[:MOST_WORDS]:
        condition &= Q(request__search__text__contains=word)
    return condition


def _in_place(filters: Filters, seeker: Seeker) -> Q:
    if not (filters.place.isascii() and filters.place.isdecimal() and len(filters.place) <= 6):
        return Q(pk__in=())
    scale = 10 ** (6 - len(filters.place))
    first = int(filters.place) * scale
    return Q(place__range=(first, first + scale - 1))


def _near(filters: Filters, seeker: Seeker) -> Q:
    """In a band around the home; what the person can reach counts as the nearest. Nothing where no home is known."""
    if not seeker.place:
        return Q()
    bands: dict[str, tuple[int, int]] = {
        Band.COMMUNE: (seeker.place, seeker.place),
        Band.DISTRICT: this_district(seeker.place),
        Band.PROVINCE: this_province(seeker.place),
    }
    return Q(place__range=bands[filters.near]) | Q(place__in=sorted(seeker.reach))


def _at_times(filters: Filters, seeker: Seeker) -> Q:
    """At one of these times at least, or at any time of the volunteer's choice."""
    return _with_times(to_bits(filters.times))


def _on_days(filters: Filters, seeker: Seeker) -> Q:
    weekend = to_bits([TimeOfDay.WEEKEND])
    return _with_times(weekend if filters.days == Days.WEEKEND else to_bits(TimeOfDay) - weekend)


def _with_times(bits: int) -> Q:
    return Q(times__in=[times for times in EVERY_TIMES if not times or times & bits])


def _asks_for(filters: Filters, seeker: Seeker) -> Q:
    wanted = frozenset(filters.skills)
    return Q(skill_set__in=[pk for pk, needed in seeker.skill_sets.items() if needed & wanted])


def _fits_skills(filters: Filters, seeker: Seeker) -> Q:
    fitting = [pk for pk, needed in seeker.skill_sets.items() if needed <= seeker.granted]
    return Q(skill_set=None) | Q(skill_set__in=fitting)


def _fits_weeks(filters: Filters, seeker: Seeker) -> Q:
    """Inside the free weeks of the profile; days that nobody told are no obstacle."""
    condition = Q()
    if seeker.free_from:
        condition &= Q(start_date=None) | Q(start_date__gte=seeker.free_from)
    if seeker.free_until:
        condition &= Q(end_date=None) | Q(end_date__lte=seeker.free_until)
    return condition


def _starts_from(filters: Filters, seeker: Seeker) -> Q:
    return Q(start_date__gte=filters.starts_from)


def _starts_until(filters: Filters, seeker: Seeker) -> Q:
    return Q(start_date__lte=filters.starts_until)


def _always(condition: Q) -> Callable[[Filters, Seeker], Q]:
    """The same whoever asks."""
    return lambda *_: condition


CONDITIONS: dict[str, Callable[[Filters, Seeker], Q]] = {
    "text": _in_text,
    "place": _in_place,
    "near": _near,
    "skills": _asks_for,
    "times": _at_times,
    "days": _on_days,
    "starts_from": _starts_from,
    "starts_until": _starts_until,
    "fits_weeks": _fits_weeks,
    "is_remote": _always(Q(is_remote=True)),
    "pays_costs": _always(Q(pays_costs=True)),
    "pays_stipend": _always(Q(pays_stipend=True)),
    "for_minors": _always(Q(minimum_age__lt=ADULT)),
    "fits_skills": _fits_skills,
}

Test = Callable[[RequestListing], bool]
# The lookups that the conditions above use. A missing value meets only the lookup for it, as in SQL.
LOOKUPS: dict[str, Callable[[Any, Any], bool]] = {
    "exact": lambda value, wanted: bool(value == wanted),
    "in": lambda value, wanted: value in wanted,
    "lt": lambda value, wanted: bool(value < wanted),
    "lte": lambda value, wanted: bool(value <= wanted),
    "gte": lambda value, wanted: bool(value >= wanted),
    "range": lambda value, wanted: bool(wanted[0] <= value <= wanted[1]),
    "contains": lambda value, wanted: wanted in value,
}


def make_test(conditions: Collection[Q]) -> Test:
    """Whether a row meets them all, as the database would say; made once, asked of many rows."""
    tests = [_make(condition) for condition in conditions]
    return lambda listing: all(test(listing) for test in tests)


def _make(condition: Any) -> Test:
    if isinstance(condition, Q):
        tests = [_make(child) for child in condition.children]
        if condition.connector == Q.OR and tests:
            return lambda listing: any(test(listing) for test in tests)
        return lambda listing: all(test(listing) for test in tests)
    path, wanted = condition
    names = path.split("__")
    lookup = names.pop() if names[-1] in LOOKUPS else "exact"
    read, holds = _make_reader(names), LOOKUPS[lookup]
    if wanted is None:
        return lambda listing: read(listing) is None
    if lookup == "in":
        wanted = frozenset(wanted)

    def test(listing: RequestListing) -> bool:
        value = read(listing)
        return value is not None and holds(value, wanted)

    return test


def _make_reader(names: list[str]) -> Callable[[Any], Any]:
    """Reads what a path of names leads to; None where a step is missing."""
    columns = [f"{name}_id" if name == "skill_set" else name for name in names]

    def read(row: Any) -> Any:
        for column in columns:
            try:
                row = getattr(row, column)
            except ObjectDoesNotExist:
                return None
        return row

    return read
