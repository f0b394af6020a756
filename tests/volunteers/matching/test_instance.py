"""Rows become columns: sorted, checked, and changed for a dry run."""

import pytest

from volunteers.matching.instance import INELIGIBLE, NOT_SCORED, Instance, InstanceError, Person, Request

OFFERS = [Request("b", 2, (("f", 1),)), Request("a", 1)]


def test_rows_are_sorted_and_read_into_columns() -> None:
    people = [Person("q", (("b", 2), ("a", NOT_SCORED)), frozenset({"m", "f"})), Person("p", (("a", INELIGIBLE),))]
    instance = Instance.build(people, OFFERS)
    assert (instance.people, instance.requests, instance.flags) == (("p", "q"), ("a", "b"), ("f", "m"))
    assert instance.choices.tolist() == [[0, -1], [1, 0]]
    assert instance.bands.tolist() == [[-1, 0], [2, 0]]
    assert [instance.name_flags(held) for held in instance.holds.tolist()] == [frozenset(), frozenset({"f", "m"})]
    assert instance.list_requests() == [Request("a", 1, ()), Request("b", 2, (("f", 1),))]


def test_an_empty_round_is_a_round() -> None:
    instance = Instance.build([], [])
    assert (instance.people, instance.requests, instance.choices.shape) == ((), (), (0, 1))


def test_a_dry_run_changes_seats_and_reserves_only() -> None:
    instance = Instance.build([Person("p", (("a", 1),), frozenset({"f"}))], OFFERS)
    changed = instance.with_requests([Request("a", 3, (("f", 2),)), Request("b", 0)])
    assert changed.list_requests() == [Request("a", 3, (("f", 2),)), Request("b", 0)]
    assert changed.choices is instance.choices
    for wrong in ([Request("a", 1)], [Request("a", 1), Request("b", 1, (("new", 1),))]):
        with pytest.raises(InstanceError):
            instance.with_requests(wrong)


@pytest.mark.parametrize(
    ("people", "offers", "words"),
    [
        ([Person("p", ()), Person("p", ())], [], "person 'p' stands twice"),
        ([], [Request("a", 1), Request("a", 2)], "request 'a' stands twice"),
        ([Person("", ())], [], "an id is one line"),
        ([Person("p\nq", ())], [], "an id is one line"),
        ([Person("p", (("x", 1),))], OFFERS, "'p' chose a request that is not there"),
        ([Person("p", (("a", 1), ("a", 1)))], OFFERS, "'p' chose a request twice"),
        ([Person("p", tuple((f"r{n}", 1) for n in range(11)))], [], "'p' has 11 choices; at most 10"),
        ([Person("p", (("a", 100),))], OFFERS, "a band is a number from 1 to 99"),
        ([Person("p", (("a", -2),))], OFFERS, "a band is a number from 1 to 99"),
        ([], [Request("a", -1)], "fewer seats than none"),
        ([], [Request("a", 2, (("f", -1),))], "fewer seats than none"),
        ([], [Request("a", 2, (("f", 2), ("m", 1)))], "keeps more seats than it has"),
        ([], [Request("a", 9, tuple((f"f{n}", 1) for n in range(7)))], "has 7 reserves; at most 6"),
        ([], [Request("a", 2, (("f", 1), ("f", 1)))], "names a flag twice"),
        ([Person("p", (), frozenset(f"f{n}" for n in range(63)))], [], "63 flags; at most 62"),
    ],
)
def test_what_contradicts_itself_is_refused(people: list[Person], offers: list[Request], words: str) -> None:
    with pytest.raises(InstanceError, match=words):
        Instance.build(people, offers)
