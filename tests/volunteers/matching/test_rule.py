"""The standard rule against brute force, and the promises that follow from it."""

import random
from collections.abc import Callable
from itertools import permutations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from tests.volunteers.matching.judges import list_stable, make_rows, order_by_lottery, position
from volunteers.matching import acceptance
from volunteers.matching.acceptance import Option, accept
from volunteers.matching.instance import Instance, Ints, Person, Request
from volunteers.matching.runs import run
from volunteers.matching.sections import Sections

Rows = tuple[list[Person], list[Request]]


@some.composite
def rounds(draw: Callable[..., object], people: int = 12) -> Rows:
    """Rows whose chance Hypothesis holds, so that it can shrink the sizes."""
    chance = random.Random(draw(some.integers(0, 10**6)))
    sizes = {"people": people, "requests": 5, "choices": 5, "seats": 4}
    return make_rows(chance, **{name: draw(some.integers(1, most)) for name, most in sizes.items()})  # type: ignore[arg-type]


def place(people: list[Person], offers: list[Request], turns: dict[str, int]) -> dict[str, str | None]:
    """Who is placed where when the lottery is given."""
    instance = Instance.build(people, offers)
    places = np.argsort(np.argsort([turns[name] for name in instance.people]))
    sections = Sections.of(instance)
    at = accept(instance, sections, places).section.tolist()
    return {
        name: None if s < 0 else instance.requests[sections.request[s]]
        for name, s in zip(instance.people, at, strict=True)
    }


def test_the_outcome_is_stable_and_best_for_everybody_among_all_stable_ones() -> None:
    several = 0
    for seed in range(120):
        chance = random.Random(seed)
        size = chance.randint(2, 6)
        people, offers = make_rows(
            chance, people=size, requests=3, choices=3, seats=chance.randint(1, 3), bands=9, full=seed % 2 == 0
        )
        done = run(Instance.build(people, offers), seed=str(seed)).read_placements()
        stable = list_stable(people, offers, order_by_lottery(str(seed), people))
        assert done in stable
        several += len(stable) > 1
        for other in stable:
            for person in people:
                assert position(person, done[person.id]) <= position(person, other[person.id])
            assert {one for one, at in done.items() if at} == {one for one, at in other.items() if at}
    assert several >= 3  # some rounds have several stable outcomes, so that best means something


def test_open_seats_go_first_and_then_reserves_in_their_order() -> None:
    flags = {"best": "f", "second": "fm", "third": "m", "fourth": "", "fifth": "f"}
    people = [Person(one, (("r", band),), frozenset(held)) for band, (one, held) in enumerate(flags.items(), 1)]

    def placed(seats: int, *reserves: tuple[str, int]) -> list[str]:
        done = run(Instance.build(people, [Request("r", seats, reserves)]), seed="s").read_placements()
        return [one for one in flags if done[one]]

    assert placed(2) == ["best", "second"]
    assert placed(2, ("f", 1)) == ["best", "second"]
    assert placed(2, ("m", 1), ("f", 1)) == ["best", "second"]
    assert placed(2, ("f", 1), ("m", 1)) == ["best", "second"]
    assert placed(3, ("f", 1), ("m", 1)) == ["best", "second", "third"]
    assert placed(3, ("f", 2)) == ["best", "second", "fifth"]
    assert placed(3, ("m", 3)) == ["best", "second", "third"]  # best takes the seat that nobody claims
    assert placed(1, ("m", 1)) == ["second"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rounds(), some.integers(0, 99))
def test_names_do_not_matter(rows: Rows, seed: int) -> None:
    people, offers = rows
    chance = random.Random(seed)
    turns = {person.id: turn for turn, person in enumerate(chance.sample(people, len(people)))}
    new_people = {one.id: f"x{n}" for n, one in enumerate(chance.sample(people, len(people)))}
    new_offers = {one.id: f"y{n}" for n, one in enumerate(chance.sample(offers, len(offers)))}
    renamed = place(
        [
            Person(new_people[one.id], tuple((new_offers[r], band) for r, band in one.choices), one.flags)
            for one in people
        ],
        [Request(new_offers[one.id], one.seats, one.reserves) for one in offers],
        {new_people[one]: turn for one, turn in turns.items()},
    )
    done = place(people, offers, turns)
    assert renamed == {new_people[one]: at and new_offers[at] for one, at in done.items()}


@settings(max_examples=40, deadline=None)
@given(rounds(), some.integers(0, 99), some.booleans())
def test_one_seat_more_hurts_nobody(rows: Rows, seed: int, reserved: bool) -> None:
    people, offers = rows
    chance = random.Random(seed)
    grown = list(offers)
    number = chance.randrange(len(offers))
    offer = offers[number]
    reserves = list(offer.reserves)
    if reserved and reserves:
        turn = chance.randrange(len(reserves))
        reserves[turn] = (reserves[turn][0], reserves[turn][1] + 1)
    grown[number] = Request(offer.id, offer.seats + 1, tuple(reserves))
    before = run(Instance.build(people, offers), seed=str(seed)).read_placements()
    after = run(Instance.build(people, grown), seed=str(seed)).read_placements()
    assert all(position(one, after[one.id]) <= position(one, before[one.id]) for one in people)


@settings(max_examples=40, deadline=None)
@given(rounds(), some.integers(0, 99))
def test_one_person_less_hurts_nobody_else(rows: Rows, seed: int) -> None:
    people, offers = rows
    gone = random.Random(seed).choice(people)
    rest = [one for one in people if one is not gone]
    before = run(Instance.build(people, offers), seed=str(seed)).read_placements()
    after = run(Instance.build(rest, offers), seed=str(seed)).read_placements()
    assert all(position(one, after[one.id]) <= position(one, before[one.id]) for one in rest)


def test_nobody_gains_by_another_list() -> None:
    tried = 0
    for seed in range(10):
        people, offers = make_rows(random.Random(seed), people=8, requests=4, choices=4, seats=2, full=True)
        honest = run(Instance.build(people, offers), seed=str(seed)).read_placements()
        liar = people[0]
        others = [
            Person(liar.id, tuple(chosen), liar.flags)
            for length in range(1, 5)
            for chosen in permutations(liar.choices, length)
        ]
        for other in others:
            gained = run(Instance.build([other, *people[1:]], offers), seed=str(seed)).read_placements()
            assert position(liar, gained[liar.id]) >= position(liar, honest[liar.id])
        tried += position(liar, honest[liar.id]) > 0
    assert tried > 2  # some would have had a reason to try


@pytest.mark.parametrize("option", Option)
def test_many_at_once_and_one_by_one_are_the_same(option: Option, monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in range(30):
        rows = make_rows(random.Random(seed), people=60, requests=12, choices=8, seats=6)
        instance = Instance.build(*rows)
        seen: list[tuple[Ints, ...]] = []
        for few in (0, 5, 10**9):
            monkeypatch.setattr(acceptance, "FEW", few)
            outcome = run(instance, seed=str(seed), option=option).outcome
            seen.append((outcome.section, outcome.promoted, outcome.bound))
        for other in seen[1:]:
            assert all(np.array_equal(one, two) for one, two in zip(seen[0], other, strict=True))


def test_an_empty_round_and_people_without_choices_come_out() -> None:
    assert run(Instance.build([], []), seed="s").read_placements() == {}
    assert run(Instance.build([], [Request("r", 2, (("f", 1),))]), seed="s").read_placements() == {}
    lonely = run(Instance.build([Person("p", ())], [Request("r", 2)]), seed="s", option=Option.LARGER)
    assert lonely.read_placements() == {"p": None}
