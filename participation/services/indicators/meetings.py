"""What was counted at meetings, beside what people answered to surveys: two sources that are never mixed.

A meeting enters once its feedback is in. Sums count places taken: who comes to two meetings is counted twice.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from django.utils import timezone

from participation.enums import MeetingStatus
from participation.models import Meeting
from participation.querysets import MeetingQuerySet
from participation.services.attendance.phones import find_telling
from participation.services.facts import AT_ONCE, EVERYBODY, MeetingFacts, read_many_facts
from participation.services.groups import GROUPS
from participation.services.indicators.counting import ALL, PEOPLE, Place, walk
from participation.services.indicators.hiding import choose_shown
from participation.services.usual import plan_year_on
from ui.small_groups import PUBLIC_LEAST, find_hidden

FEEDBACK_IN = timedelta(days=8)  # it is asked for after two hours and after seven days
HELD = "meetings"
COUNTED = ("heard", "invited", "untold", "coming", "joined", "gave_input", "asked")
SATISFIED, INVITED, ASKED = "satisfied", "invited", "asked"
BY_GROUP = (INVITED, "gave_input", ASKED)  # steps beside coming whose groups are known
STEPS = "by_step"
Met = dict[str, Any]
Tree = tuple[str, str]  # a step, and the group where each group is known of other people


def held_meetings() -> MeetingQuerySet:
    """Those that count."""
    return Meeting.objects.filter(status=MeetingStatus.ANNOUNCED, ends_at__lt=timezone.now() - FEEDBACK_IN)


def list_met_years() -> set[int]:
    """Plans that meetings were held for. One query."""
    return {plan_year_on(month) for month in held_meetings().dates("starts_at", "month")}


@dataclass
class Counted:
    """Numbers of everybody with the groups of those who came; and groups at other steps, each tree by itself: of how
    many people a group is known differs from step to step.
    """

    country: Place = field(default_factory=Place)
    trees: dict[Tree, Place] = field(default_factory=lambda: defaultdict(Place))


def count_meetings(year: int) -> Counted:
    """The country with its provinces, their communes, and their meetings; some queries for `AT_ONCE` meetings."""
    counted = Counted()
    first, after = (
        timezone.make_aware(datetime.combine(date(each, 2, 1), datetime.min.time())) for each in (year - 1, year)
    )
    rows = held_meetings().filter(starts_at__gte=first, starts_at__lt=after).select_related("commune", "minutes")
    for meetings in batched(rows.order_by("pk").iterator(AT_ONCE), AT_ONCE):
        found = read_many_facts(meetings)
        for meeting in meetings:
            _add(counted, meeting, found[meeting.pk])
    return counted


def batched(rows: Iterable[Meeting], size: int) -> Iterator[list[Meeting]]:
    each = iter(rows)
    while some := list(islice(each, size)):
        yield some


def _add(counted: Counted, meeting: Meeting, facts: MeetingFacts) -> None:
    minutes = getattr(meeting, "minutes", None)
    came, written = facts.joined[EVERYBODY], (minutes.came_count or 0) if minutes and minutes.published_at else 0
    facts.joined[EVERYBODY] = max(came, written)  # a phone or two at the door are not the whole of the minutes
    everybody = Counter({name: getattr(facts, name)[EVERYBODY] for name in (*COUNTED, SATISFIED)}) + Counter({HELD: 1})
    groups = find_groups(meeting, facts) if came >= written else {}
    for place in _path(counted.country, meeting):
        place.counts[ALL].update(everybody)
        if came >= written:  # of everybody else nobody knows the groups
            place.counts[ALL][PEOPLE] += came
        for name, count in groups.items():
            place.counts[name][PEOPLE] += count
    _add_steps(counted.trees, meeting, facts)


def _path(country: Place, meeting: Meeting) -> Iterator[Place]:
    """From the country down to the meeting."""
    code, place = meeting.commune.code, country
    yield place
    for scope in (code[:2], code, f"m:{meeting.public_id}"):
        place = place.find_part(scope)
        yield place


def _add_steps(trees: dict[Tree, Place], meeting: Meeting, facts: MeetingFacts) -> None:
    """Groups of whoever was invited, sent a word, and said what they thought."""
    for step in BY_GROUP:
        counts = getattr(facts, step)
        for tree, groups in _split(step, facts.known.get(step, {})).items():
            for place in _path(trees[tree], meeting):
                place.counts[ALL][PEOPLE] += facts.known[step][groups[0]]
                for group in groups:
                    place.counts[group][PEOPLE] += counts[group]
                    if step == ASKED:
                        place.counts[group][SATISFIED] += facts.satisfied[group]


def _split(step: str, known: Mapping[str, int]) -> dict[Tree, list[str]]:
    """Women and youth are known of different people in the list of invitations, all groups of the same elsewhere."""
    if step == INVITED:
        return {(step, group): [group] for group in known}
    return {(step, ""): list(known)} if known else {}


def find_groups(meeting: Meeting, facts: MeetingFacts) -> dict[str, int]:
    """Groups of those who were counted, without what would tell the office of who checked in."""
    telling = find_telling(facts.rows, meeting.door_means)
    hidden = {name for name, wanted in GROUPS.items() if telling.names.intersection(map(str, wanted.values()))}
    return {name: count for name, count in facts.joined.items() if name != EVERYBODY and name not in hidden}


def describe_meetings(counted: Counted) -> dict[str, Met]:
    """By place, what may be told: each number from ten on, groups as in a survey."""
    country = counted.country
    shown_groups, shown_steps = choose_shown(country), _choose_steps(country)
    told: dict[str, Met] = {}
    for scope, place in walk(country):
        everybody = place.counts[ALL]
        steps = {name: everybody[name] for name in COUNTED if name in shown_steps.get(scope, set())}
        if ASKED in steps:
            steps[SATISFIED] = everybody[SATISFIED]
        groups = shown_groups.get(scope, set()) - {ALL} if "joined" in steps else set()
        told[scope] = {HELD: everybody[HELD], "steps": steps, "groups": _read_groups(place, groups), STEPS: {}}
    for (step, _group), tree in counted.trees.items():
        shown = choose_shown(tree)
        for scope, place in walk(tree):
            if step in told[scope]["steps"]:
                told[scope][STEPS].setdefault(step, {}).update(_read_groups(place, shown.get(scope, set()) - {ALL}))
    return told


def _read_groups(place: Place, groups: Collection[str]) -> dict[str, dict[str, int]]:
    """Members, of how many people, and how many of the members are content."""
    everybody, found = place.counts[ALL][PEOPLE], {}
    for name in sorted(groups):
        counts = place.counts[name]
        found[name] = {PEOPLE: counts[PEOPLE], "of": everybody}
        if SATISFIED in counts:
            found[name][SATISFIED] = counts[SATISFIED]
    return found


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
    before = old.get(STEPS, {})
    by_step = {
        step: {name: _choose_group(before.get(step, {}).get(name), each) for name, each in found.items()}
        for step, found in new.get(STEPS, {}).items()
    }
    return new | {"steps": steps, "groups": groups, STEPS: by_step}


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
    content = abs(new.get(SATISFIED, 0) - old.get(SATISFIED, 0))
    discontent = abs(new[PEOPLE] - new.get(SATISFIED, 0) - old[PEOPLE] + old.get(SATISFIED, 0))
    steps = (members, others, content, discontent) if SATISFIED in new else (members, others)
    return old if any(0 < count < PUBLIC_LEAST for count in steps) else new
