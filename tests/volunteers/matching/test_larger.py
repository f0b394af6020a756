"""The larger rule: who got nothing asks once more, and what that promises."""

import random
from itertools import permutations

import numpy as np

from tests.volunteers.matching.judges import (
    find_blocking,
    find_blocking_by_band,
    list_assignments,
    make_rows,
    order_by_lottery,
)
from volunteers.matching.acceptance import Option, accept
from volunteers.matching.instance import Instance, Person, Request
from volunteers.matching.lottery import draw_number
from volunteers.matching.runs import run
from volunteers.matching.sections import Sections


def test_who_got_nothing_goes_before_an_equal_with_another_choice() -> None:
    people = [Person("a", (("r", 1),)), Person("b", (("r", 1), ("s", 1)))]
    instance = Instance.build(people, [Request("r", 1), Request("s", 1)])
    seed = next(s for s in map(str, range(99)) if draw_number(s, "b") < draw_number(s, "a"))
    assert run(instance, seed=seed).read_placements() == {"a": None, "b": "r"}
    larger = run(instance, seed=seed, option=Option.LARGER)
    assert larger.read_placements() == {"a": "r", "b": "s"}
    assert larger.outcome.promoted.tolist() == [True, False]


def test_a_better_band_is_never_passed_over() -> None:
    people = [Person("a", (("r", 2),)), Person("b", (("r", 1), ("s", 1)))]
    instance = Instance.build(people, [Request("r", 1), Request("s", 1)])
    assert run(instance, seed="s", option=Option.LARGER).read_placements() == {"a": None, "b": "r"}


def test_it_is_stable_for_its_own_order_and_never_smaller() -> None:
    grew = 0
    for seed in map(str, range(150)):
        people, offers = make_rows(random.Random(seed), people=9, requests=4, choices=3, seats=3)
        instance = Instance.build(people, offers)
        plain, larger = run(instance, seed=seed), run(instance, seed=seed, option=Option.LARGER)
        promoted = frozenset(name for name, was in zip(instance.people, larger.outcome.promoted, strict=True) if was)
        order = order_by_lottery(seed, people, promoted)
        assert find_blocking(people, offers, larger.read_placements(), order) == []
        assert (larger.placed >= 0).sum() >= (plain.placed >= 0).sum()
        grew += int((larger.placed >= 0).sum() > (plain.placed >= 0).sum())
    assert grew > 0


def test_without_reserves_it_reaches_two_thirds_of_the_largest_fair_outcome() -> None:
    for seed in map(str, range(40)):
        people, offers = make_rows(random.Random(seed), people=5, requests=3, choices=3, seats=2, flags="", bands=2)
        done = run(Instance.build(people, offers), seed=seed, option=Option.LARGER).read_placements()
        assert find_blocking_by_band(people, offers, done) == []
        largest = max(
            sum(at is not None for at in placed.values())
            for placed in list_assignments(people, offers)
            if not find_blocking_by_band(people, offers, placed)
        )
        assert 3 * sum(at is not None for at in done.values()) >= 2 * largest


def test_with_reserves_it_reaches_two_thirds_of_what_the_luckiest_lottery_would() -> None:
    for seed in map(str, range(12)):
        people, offers = make_rows(random.Random(seed), people=5, requests=3, choices=3, seats=2, bands=2)
        instance = Instance.build(people, offers)
        sections = Sections.of(instance)
        luckiest = max(
            int((accept(instance, sections, np.array(turns)).section >= 0).sum()) for turns in permutations(range(5))
        )
        done = run(instance, seed=seed, option=Option.LARGER)
        assert 3 * (done.placed >= 0).sum() >= 2 * luckiest
