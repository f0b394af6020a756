"""What is nearest when nothing meets all the filters: the one that costs most is loosened, and it is said which."""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from places.services import find_place
from ui.words import to_digits
from volunteers.models import RequestListing
from volunteers.services.finding.filters import Band, Filters, list_conditions
from volunteers.services.finding.search import find_best
from volunteers.services.finding.seeker import Seeker

MOST = 5
WIDER = {Band.COMMUNE: Band.DISTRICT.value, Band.DISTRICT: Band.PROVINCE.value, Band.PROVINCE: ""}


@dataclass(frozen=True)
class Alternatives:
    """`loosened` names each filter that was let go or widened, in sentences; `filters` are those that remain."""

    listings: list[RequestListing]
    loosened: list[str]
    filters: Filters


def find_alternatives(filters: Filters, seeker: Seeker) -> Alternatives:
    """Up to five open requests that meet as many of the filters as can be; none where nothing at all is open.

    Each round counts, in one query, what every single step would give, and takes the step that gives most; where no
    single step gives anything it takes the first one and looks again.
    """
    loosened: list[str] = []
    while steps := list_steps(filters):
        counts = count_each([step for _name, step in steps], seeker)
        most = max(counts)
        name, wider = steps[counts.index(most)]
        loosened.append(say(name, filters, wider))
        filters = wider
        if most:
            return Alternatives(find_best(filters, seeker, MOST), loosened, filters)
    return Alternatives([], loosened, filters)


def list_steps(filters: Filters) -> list[tuple[str, Filters]]:
    """One step for each filter that is set: the place a level wider, the band a level wider, any other let go."""
    steps = []
    empty = Filters()
    for name in NAMES:
        if getattr(filters, name) == getattr(empty, name):
            continue
        change: dict[str, Any] = {name: getattr(empty, name)}
        if name == "place":
            change = {name: filters.place[:-2]}
        elif name == "near":
            change = {name: WIDER[Band(filters.near)]}
        steps.append((name, replace(filters, **change)))
    return steps


def count_each(choices: list[Filters], seeker: Seeker) -> list[int]:
    """How many open requests each of these filters would find. One query."""
    counts = {
        f"n{index}": Count("pk", filter=Q(*list_conditions(filters, seeker).values()) & ~Q(pk=None))
        for index, filters in enumerate(choices)
    }
    found = RequestListing.objects.open().aggregate(**counts)
    return [found[f"n{index}"] for index in range(len(choices))]


def say(name: str, before: Filters, after: Filters) -> str:
    """What was loosened, as a sentence."""
    if name == "place":
        place = find_place(after.place) if after.place else None
        if place is None:
            return _("Looked in the whole country.")
        return to_digits(_("Looked in all of %(place)s.") % {"place": place.title})
    if name == "near" and after.near:
        return {Band.DISTRICT: _("Looked in your whole district."), Band.PROVINCE: _("Looked in your whole province.")}[
            Band(after.near)
        ]
    return str(SENTENCES[name]())


SENTENCES = {
    "text": lambda: _("Without the words you typed."),
    "near": lambda: _("Looked in the whole country."),
    "skills": lambda: _("Without the skills you chose."),
    "times": lambda: _("At other times of day too."),
    "days": lambda: _("On other days of the week too."),
    "starts_from": lambda: _("Beginning earlier too."),
    "starts_until": lambda: _("Beginning later too."),
    "fits_weeks": lambda: _("Outside your free weeks too."),
    "is_remote": lambda: _("At the office too, not only from home."),
    "pays_costs": lambda: _("Also where no costs are paid."),
    "pays_stipend": lambda: _("Also without a stipend."),
    "for_minors": lambda: _("Also for people of 18 and over."),
    "fits_skills": lambda: _("Also with skills you can still learn."),
}
NAMES = (*SENTENCES, "place")
