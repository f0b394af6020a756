"""The `matching` package, which knows nothing of us, judges our outcomes.

It has neither bands nor reserves: bands and lottery become strict lists, and where seats are kept each section becomes
a hospital of its own, listed one after the other.
"""

import random
import warnings

import pytest

from tests.volunteers.matching.judges import make_rows, solve_deeply
from volunteers.matching.instance import Instance, Person, Request
from volunteers.matching.lottery import draw_number
from volunteers.matching.runs import run

Sections = dict[str, list[tuple[str, str, int]]]


def judge(people: list[Person], sections: Sections, seed: str, side: str) -> dict[str, str]:
    """Who sits in which section, as `matching` solves it for one side."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from matching.games import HospitalResident
    listed = {
        person.id: [name for r, band in person.choices if band > 0 for name, _, count in sections[r] if count]
        for person in people
    }
    listed = {person: names for person, names in listed.items() if names}
    ranked: dict[str, list[str]] = {}
    for request, parts in sections.items():
        for name, flag, _ in parts:
            able = [person for person in people if name in listed.get(person.id, ())]
            keys = {
                p.id: (bool(flag) and flag not in p.flags, dict(p.choices)[request], draw_number(seed, p.id))
                for p in able
            }
            if keys:
                ranked[name] = sorted(keys, key=keys.__getitem__)
    if not listed:
        return {}
    seats = {name: count for parts in sections.values() for name, _, count in parts if name in ranked}

    def solve() -> dict[str, str]:
        solved = HospitalResident.create_from_dictionaries(listed, ranked, seats).solve(optimal=side)
        return {resident.name: hospital.name for hospital, residents in solved.items() for resident in residents}

    return solve_deeply(solve)


def compare(people: list[Person], offers: list[Request], seed: str) -> None:
    sections: Sections = {}
    for offer in offers:
        open_seats = offer.seats - sum(count for _, count in offer.reserves)
        sections[offer.id] = [(f"{offer.id}/", "", open_seats), *((f"{offer.id}/{f}", f, c) for f, c in offer.reserves)]
    done = run(Instance.build(people, offers), seed=seed).read_placements()
    ours = {person: at for person, at in done.items() if at}
    assert {person: at.split("/")[0] for person, at in judge(people, sections, seed, "resident").items()} == ours
    assert len(judge(people, sections, seed, "hospital")) == len(ours)


@pytest.mark.parametrize("flags", ["", "fm"], ids=["no reserves", "reserves"])
def test_matching_says_the_same_and_places_as_many_from_the_other_side(flags: str) -> None:
    for seed in range(40):
        chance = random.Random(seed)
        compare(
            *make_rows(chance, people=chance.randint(1, 40), requests=8, choices=6, seats=5, flags=flags), str(seed)
        )


def test_matching_says_the_same_of_a_large_round() -> None:
    compare(*make_rows(random.Random(7), people=700, requests=60, choices=10, seats=20), "large")
