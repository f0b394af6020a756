"""Figures are told anew after each night and stand still in between, so that no two days differ by a few people."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from participation.models import StandingIndicators
from participation.services.indicators.counting import ALL, PEOPLE, STEPS, Place, count_answers, list_years, walk
from participation.services.indicators.hiding import choose_shown
from participation.services.indicators.meetings import (
    HELD,
    choose_met,
    count_meetings,
    describe_meetings,
    list_met_years,
)
from participation.services.surveys.sifting import sift_answers
from participation.services.usual import plan_year_on
from ui.small_groups import PUBLIC_LEAST

LEAST_SPLIT = 30  # people behind a figure that is parted by answers
OF = "of"  # everybody at the moment a group was counted
MET = "met"  # what was counted at meetings
SPLITS = ("invited_by", "why_not")
Told = dict[str, Any]


def keep_indicators() -> int:
    """For the clocks: once a day. Answers how many places have new figures."""
    today = timezone.localdate()
    last = StandingIndicators.objects.filter(scope="", year=plan_year_on(today)).first()
    if last is not None and timezone.localdate(last.counted_at) == today:
        return 0
    return renew_indicators(today)


def renew_indicators(today: date) -> int:
    """Sift the answers, then count each plan that has some. The country's row of the present plan says when.

    What is counted is read first and written at once at the end, so that nobody waits for the night's work.
    """
    sift_answers()
    current = plan_year_on(today)
    return sum(_renew_year(year) for year in sorted({*list_years(), *list_met_years(), current}))


def _renew_year(year: int) -> int:
    country = count_answers(year)
    shown = choose_shown(country)
    answered = {scope: describe(place, shown.get(scope, set())) for scope, place in walk(country)}
    return _write(year, answered, describe_meetings(count_meetings(year)))


@transaction.atomic
def _write(year: int, answered: Mapping[str, Told], met: Mapping[str, Told]) -> int:
    """Put the new figures beside those of yesterday; answers how many places have other ones."""
    known = {row.scope: row for row in StandingIndicators.objects.select_for_update().filter(year=year)}
    new: list[StandingIndicators] = []
    changed: list[StandingIndicators] = []
    now, count = timezone.now(), 0
    for scope in {**answered, **met}:
        row = known.pop(scope, None) or StandingIndicators(scope=scope, year=year)
        told = choose_told(row.told, answered.get(scope, {}))
        if scope in met and met[scope][HELD]:
            told = told | {MET: choose_met(row.told.get(MET, {}), met[scope])}
        if told == row.told and scope:
            continue
        count += told != row.told
        row.told, row.counted_at = told, now
        (changed if row.pk else new).append(row)
    StandingIndicators.objects.bulk_create(new, batch_size=500)
    StandingIndicators.objects.bulk_update(changed, ["told", "counted_at"], batch_size=500)
    StandingIndicators.objects.filter(pk__in=[row.pk for row in known.values()]).delete()
    return count


def describe(place: Place, shown: set[str]) -> Told:
    """What may be told of a place; {} for nothing."""
    if ALL not in shown:
        return {}
    everybody = place.counts[ALL][PEOPLE]
    told: Told = {"all": _read(place, ALL), "groups": {}}
    for group in sorted(shown - {ALL}):
        told["groups"][group] = _read(place, group) | {OF: everybody}
    for name in SPLITS:
        split = getattr(place, name)
        if split.total() >= LEAST_SPLIT:
            told[name] = dict(split)
    return told


def _read(place: Place, group: str) -> dict[str, int]:
    return {str(name): place.counts[group][name] for name in (PEOPLE, *STEPS)}


def choose_told(old: Told, new: Told) -> Told:
    """The new figures; those of a group stay as they were while the step would tell on a few of it or of the others."""
    if "all" not in old or not new:
        return new
    before = old["groups"]
    groups = {group: _choose_group(before.get(group), figures) for group, figures in new["groups"].items()}
    return new | {"groups": groups}


def _choose_group(old: Mapping[str, int] | None, new: dict[str, int]) -> Mapping[str, int]:
    if old is None:
        return new
    members = abs(new[PEOPLE] - old[PEOPLE])
    others = abs((new[OF] - new[PEOPLE]) - (old[OF] - old[PEOPLE]))
    return old if tells_of_step(members, others) else new


def tells_of_step(members: int, others: int) -> bool:
    """Whether the step from the last figures is a few people on either side; none at all tells nothing."""
    return any(0 < count < PUBLIC_LEAST for count in (members, others))
