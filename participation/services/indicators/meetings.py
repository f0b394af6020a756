"""What was counted at meetings, beside what people answered to surveys: two sources that are never mixed.

A meeting enters once its feedback is in. Sums count places taken: who comes to two meetings is counted twice.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from participation.enums import MeetingStatus
from participation.models import Meeting
from participation.querysets import MeetingQuerySet
from participation.services.attendance.phones import find_telling
from participation.services.facts import EVERYBODY, GROUPS, MeetingFacts, read_facts
from participation.services.indicators.counting import ALL, PEOPLE, Place, walk
from participation.services.indicators.hiding import choose_shown
from participation.services.usual import plan_year_on
from ui.small_groups import PUBLIC_LEAST, find_hidden

FEEDBACK_IN = timedelta(days=8)  # it is asked for after two hours and after seven days
HELD = "meetings"
COUNTED = ("heard", "invited", "untold", "coming", "joined", "gave_input", "asked")
SATISFIED = "satisfied"
Met = dict[str, Any]


def held_meetings() -> MeetingQuerySet:
    """Those that count."""
    return Meeting.objects.filter(status=MeetingStatus.ANNOUNCED, ends_at__lt=timezone.now() - FEEDBACK_IN)


def list_met_years() -> set[int]:
    """Plans that meetings were held for. One query."""
    return {plan_year_on(month) for month in held_meetings().dates("starts_at", "month")}


def count_meetings(year: int) -> Place:
    """The country with its provinces, their communes, and their meetings; a few queries a meeting."""
    country = Place()
    first, after = (
        timezone.make_aware(datetime.combine(date(each, 2, 1), datetime.min.time())) for each in (year - 1, year)
    )
    rows = held_meetings().filter(starts_at__gte=first, starts_at__lt=after).select_related("commune", "minutes")
    for meeting in rows.order_by("pk").iterator():
        _add(country, meeting)
    return country


def _add(country: Place, meeting: Meeting) -> None:
    facts, minutes = read_facts(meeting), getattr(meeting, "minutes", None)
    counted, written = facts.joined[EVERYBODY], (minutes.came_count or 0) if minutes and minutes.published_at else 0
    facts.joined[EVERYBODY] = max(counted, written)  # a phone or two at the door are not the whole of the minutes
    everybody = Counter({name: getattr(facts, name)[EVERYBODY] for name in (*COUNTED, SATISFIED)}) + Counter({HELD: 1})
    groups = find_groups(meeting, facts) if counted >= written else {}
    code = meeting.commune.code
    place = country
    for scope in ("", code[:2], code, f"m:{meeting.public_id}"):
        place = place.find_part(scope) if scope else place
        place.counts[ALL].update(everybody)
        if counted >= written:  # of everybody else nobody knows the groups
            place.counts[ALL][PEOPLE] += counted
        for name, count in groups.items():
            place.counts[name][PEOPLE] += count


def find_groups(meeting: Meeting, facts: MeetingFacts) -> dict[str, int]:
    """Groups of those who were counted, without what would tell the office of who checked in. One query."""
    telling = find_telling(meeting.head_counts.all())
    hidden = {name for name, wanted in GROUPS.items() if telling.names.intersection(map(str, wanted.values()))}
    return {name: count for name, count in facts.joined.items() if name != EVERYBODY and name not in hidden}


def describe_meetings(country: Place) -> dict[str, Met]:
    """By place, what may be told: each number from ten on, groups of those who came as in a survey."""
    shown_groups, shown_steps = choose_shown(country), _choose_steps(country)
    told: dict[str, Met] = {}
    for scope, place in walk(country):
        everybody = place.counts[ALL]
        steps = {name: everybody[name] for name in COUNTED if name in shown_steps.get(scope, set())}
        if "asked" in steps:
            steps[SATISFIED] = everybody[SATISFIED]
        groups = shown_groups.get(scope, set()) - {ALL} if "joined" in steps else set()
        told[scope] = {
            HELD: everybody[HELD],
            "steps": steps,
            "groups": {name: {PEOPLE: place.counts[name][PEOPLE], "of": everybody[PEOPLE]} for name in sorted(groups)},
        }
    return told


def _choose_steps(country: Place) -> dict[str, set[str]]:
    """By place, the numbers that may be told: neither small themselves, nor telling a small one of a neighbour."""
    shown = {"": {name for name in COUNTED if country.counts[ALL][name] >= PUBLIC_LEAST}}
    for scope, place in walk(country):
        sizes = {code: part.counts[ALL] for code, part in place.parts.items()}
        shown |= {code: set() for code in sizes}
        for name in shown[scope]:
            found = {code: counts[name] for code, counts in sizes.items()}
            hidden = find_hidden(found, least=PUBLIC_LEAST)
            for code, count in found.items():
                if count and code not in hidden:
                    shown[code].add(name)
    return shown


def choose_met(old: Mapping[str, Any], new: Met) -> Met:
    """What is told from now on: a number stays as it was while the step to the new one is a few people."""
    if not old:
        return new
    steps = {name: _choose(old["steps"].get(name), count) for name, count in new["steps"].items()}
    steps |= _choose_answers(old["steps"], new["steps"])
    groups = {name: _choose_group(old["groups"].get(name), each) for name, each in new["groups"].items()}
    return new | {"steps": steps, "groups": groups}


def _choose(old: int | None, new: int) -> int:
    return new if old is None or not 0 < abs(new - old) < PUBLIC_LEAST else old


def _choose_answers(old: Mapping[str, int], new: Mapping[str, int]) -> dict[str, int]:
    """Who was asked and who of them is satisfied, both of one night: else the share would be of two."""
    pairs = [{name: each[name] for name in ("asked", SATISFIED) if name in each} for each in (old, new)]
    before, after = pairs
    if len(before) < 2 or len(after) < 2:
        return after
    content = after[SATISFIED] - before[SATISFIED]
    others = after["asked"] - before["asked"] - content
    return before if any(0 < abs(step) < PUBLIC_LEAST for step in (content, others, content + others)) else after


def _choose_group(old: Mapping[str, int] | None, new: dict[str, int]) -> Mapping[str, int]:
    if old is None:
        return new
    members = abs(new[PEOPLE] - old[PEOPLE])
    others = abs(new["of"] - new[PEOPLE] - old["of"] + old[PEOPLE])
    return old if any(0 < count < PUBLIC_LEAST for count in (members, others)) else new
