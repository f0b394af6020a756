"""A run in numbers for the programme: no names, small groups hidden, fill by commune."""

from collections import defaultdict
from dataclasses import replace
from typing import Any

import numpy as np

from accounts.models import User
from accounts.services.inclusion import FLAGS, list_groups
from places.models import Commune
from volunteers.enums import ReserveFlag
from volunteers.matching.figures import Figures, GroupFigures, measure
from volunteers.matching.instance import Instance
from volunteers.matching.runs import Run
from volunteers.models import Round, RoundEntry, RoundRequest
from volunteers.services.rounds.building import people_of

SMALLEST = 5  # in reports for staff
Groups = dict[str, frozenset[str]]


def count_run(row: Round, done: Run, *, by: User) -> dict[str, Any]:
    """Figures as data for a page and for the row of the run."""
    return write_figures(count_with(done, find_groups(row, by=by)), find_communes(row))


def find_groups(row: Round, *, by: User) -> Groups:
    """All groups of everybody by public id, for counting alone; leaves a line in the log of counts."""
    held = list_groups(people_of(row), by=by, reason=f"round {row.public_id}: figures by group")
    names = RoundEntry.objects.filter(round=row, person__in=held).values_list("public_id", "person")
    return {str(public): held[person] for public, person in names}


def count_with(done: Run, groups: Groups) -> Figures:
    """Measured by every group, also those that no seat is kept for."""
    holds = [
        sum(1 << bit for bit, flag in enumerate(FLAGS) if flag in groups.get(person, ()))
        for person in done.instance.people
    ]
    seen: Instance = replace(done.instance, flags=FLAGS, holds=np.array(holds, dtype=np.int64))
    return measure(replace(done, instance=seen), smallest=SMALLEST)


def find_communes(row: Round) -> dict[str, dict[str, str]]:
    """The commune of each request by the request's public id: code, and name with its district. One query."""
    places = RoundRequest.objects.filter(round=row).with_place()
    return {str(place.request.public_id): _name_commune(place.request.office.commune) for place in places}


def _name_commune(commune: Commune | None) -> dict[str, str]:
    """Names repeat from district to district, so the district stands beside each."""
    if commune is None:
        return {"code": "", "km": "", "en": ""}
    district = commune.district
    return {
        "code": commune.code,
        "km": f"{commune.name_km} ({district.name_km})",
        "en": f"{commune.name_en} ({district.name_en})",
    }


def write_figures(figures: Figures, communes: dict[str, dict[str, str]]) -> dict[str, Any]:
    """As JSON: shares in tenths of a per cent, so that no page rounds otherwise than the next."""
    fill: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for each in figures.fill:
        name = communes.get(each.request, {"code": "", "km": "", "en": ""})
        counted = fill[name["code"], name["km"], name["en"]]
        for index, value in enumerate((each.seats, each.taken, each.first_choices)):
            counted[index] += value
    return {
        "people": figures.people,
        "placed": figures.placed,
        "seats": figures.seats,
        "placed_share": _promille(figures.placed_share),
        "first_share": _promille(figures.first_share),
        "filled_share": _promille(figures.filled_share),
        "by_choice": list(figures.by_choice),
        "promoted": figures.promoted,
        "groups": [_write_group(group) for group in figures.groups],
        "communes": [
            {"code": code, "name": {"km": km, "en": en}, "seats": seats, "taken": taken, "first": first}
            for (code, km, en), (seats, taken, first) in sorted(fill.items())
        ],
    }


def _write_group(group: GroupFigures) -> dict[str, Any]:
    return {
        "flag": group.flag,
        "hidden": group.hidden,
        "placed_share": _promille(group.placed_share),
        "first_share": _promille(group.first_share),
        "rest_share": _promille(group.rest_share),
        "ratio": _promille(group.ratio),
        "alarming": group.alarming,
    }


def name_group(flag: str) -> str:
    return str(ReserveFlag(flag).label)


def _promille(share: float | None) -> int | None:
    return None if share is None else round(1000 * share)
