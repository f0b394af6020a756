"""Each choice and each seat has a reason, and the reasons agree with the outcome."""

import random

import pytest

from tests.volunteers.matching.judges import make_rows
from volunteers.matching.acceptance import Option
from volunteers.matching.cutoffs import EVERYONE, NOBODY, Line
from volunteers.matching.explanations import Answer, Seat, Went, explain_person, explain_request, hide_flags
from volunteers.matching.instance import INELIGIBLE, NOT_SCORED, Instance, Person, Request
from volunteers.matching.lottery import draw_number
from volunteers.matching.runs import Run, run

FIRST, SECOND = sorted(("anna", "bora"), key=lambda name: draw_number("seed", name))
FLAG = frozenset({"id-poor"})


@pytest.fixture
def done() -> Run:
    people = [
        Person(FIRST, (("office", 2), ("school", 1))),
        Person(SECOND, (("office", 2), ("school", 1), ("market", 1))),
        Person("chan", (("office", 1), ("school", 1))),
        Person("dara", (("office", 3), ("school", NOT_SCORED), ("closed", 1)), FLAG),
        Person("eang", (("office", 3), ("kept", 1), ("school", INELIGIBLE))),
        Person("fong", (("kept", 3),), FLAG),
        Person("gich", (("kept", 4),), FLAG),
    ]
    offers = [
        Request("office", 3, (("id-poor", 1),)),
        Request("school", 2, (("id-poor", 1),)),
        Request("market", 1),
        Request("closed", 0),
        Request("kept", 1, (("id-poor", 1),)),
    ]
    return run(Instance.build(people, offers), seed="seed")


def answers(done: Run, person: str) -> list[tuple[str, Answer, bool]]:
    return [(reason.request, reason.answer, reason.above) for reason in explain_person(done, person)]


def test_a_person_reads_what_became_of_each_choice(done: Run) -> None:
    assert answers(done, "chan") == [("office", Answer.PLACED, True), ("school", Answer.HIGHER, True)]
    assert answers(done, FIRST) == [("office", Answer.PLACED, True), ("school", Answer.HIGHER, True)]
    assert answers(done, SECOND) == [
        ("office", Answer.LOTTERY, False),
        ("school", Answer.PLACED, True),
        ("market", Answer.HIGHER, True),
    ]
    assert answers(done, "dara") == [
        ("office", Answer.PLACED, True),
        ("school", Answer.NOT_SCORED, False),
        ("closed", Answer.NO_SEAT, False),
    ]
    assert answers(done, "eang") == [
        ("office", Answer.BAND, False),
        ("kept", Answer.NO_SEAT, False),
        ("school", Answer.INELIGIBLE, False),
    ]
    assert answers(done, "gich") == [("kept", Answer.BAND, False)]
    with pytest.raises(KeyError):
        explain_person(done, "nobody")


def test_a_reason_carries_both_sides_of_the_comparison(done: Run) -> None:
    lost, won = explain_person(done, SECOND)[0], explain_person(done, FIRST)[0]
    assert (lost.number, lost.band) == (1, 2)
    assert lost.line == Line(2, True, won.turn)
    assert lost.turn > won.turn
    kept = explain_person(done, "dara")[0]
    assert (kept.flag, kept.line.band, kept.band) == ("id-poor", 3, 3)
    assert explain_person(done, "dara")[1].band is None
    assert explain_person(done, SECOND)[1].line == EVERYONE


def test_an_office_reads_how_each_seat_went(done: Run) -> None:
    office = explain_request(done, "office")
    assert (office.chosen_by, office.scored, office.turned_away) == (5, 5, 2)
    assert office.seats == (
        Seat(1, Went.BAND, "chan", 1),
        Seat(2, Went.LOTTERY, FIRST, 2),
        Seat(3, Went.BAND, "dara", 3, "id-poor"),
    )
    assert explain_request(done, "school").seats == (
        Seat(1, Went.BAND, SECOND, 1),
        Seat(2, Went.EMPTY, None, None, "id-poor"),
    )
    assert explain_request(done, "closed").seats == ()
    with pytest.raises(KeyError):
        explain_request(done, "zoo")


def test_a_kept_seat_that_nobody_claims_says_so() -> None:
    people = [Person("a", (("r", 2),)), Person("b", (("r", 1),)), Person("c", (), FLAG)]
    done = run(Instance.build(people, [Request("r", 2, (("id-poor", 1),))]), seed="s")
    assert explain_request(done, "r").seats == (
        Seat(1, Went.BAND, "b", 1),
        Seat(2, Went.UNCLAIMED, "a", 2, "id-poor"),
    )
    assert explain_person(done, "a")[0].flag == ""


def test_what_goes_to_an_office_says_nothing_of_flags(done: Run) -> None:
    assert hide_flags(explain_request(done, "office")) == (
        Seat(1, Went.BAND, "chan", 1),
        Seat(2, Went.SHARED, FIRST, 2),
        Seat(3, Went.SHARED, "dara", 3),
    )
    assert hide_flags(explain_request(done, "school"))[1] == Seat(2, Went.EMPTY, None, None)


def test_under_the_larger_rule_a_lost_tie_names_the_promotion() -> None:
    seed = next(s for s in map(str, range(99)) if draw_number(s, "b") < draw_number(s, "a"))
    people = [Person("a", (("r", 1),)), Person("b", (("r", 1), ("s", 1)))]
    done = run(Instance.build(people, [Request("r", 1), Request("s", 1)]), seed=seed, option=Option.LARGER)
    assert answers(done, "b") == [("r", Answer.PROMOTED, False), ("s", Answer.PLACED, True)]


def test_lines_are_published_for_each_set_of_flags(done: Run) -> None:
    kept = done.instance.requests.index("kept")
    turn = int(done.places[done.instance.people.index("fong")])
    assert done.cutoffs.list_lines(kept) == [(frozenset(), NOBODY), (FLAG, Line(3, True, turn))]


@pytest.mark.parametrize("option", Option)
def test_the_outcome_can_be_read_from_the_lines_alone(option: Option) -> None:
    seen = set()
    for seed in range(60):
        rows = make_rows(random.Random(seed), people=14, requests=5, choices=5, seats=4)
        done = run(Instance.build(*rows), seed=str(seed), option=option)
        placements = done.read_placements()
        for person in done.instance.people:
            reasons = explain_person(done, person)
            assert next((one.request for one in reasons if one.above), None) == placements[person]
            assert [one.answer is Answer.PLACED for one in reasons].count(True) == (placements[person] is not None)
            assert all(one.above == (one.answer in {Answer.PLACED, Answer.HIGHER}) for one in reasons)
            seen |= {one.answer for one in reasons}
        for request in done.instance.requests:
            seats = explain_request(done, request).seats
            assert {s.person for s in seats} - {None} == {one for one, at in placements.items() if at == request}
            full = all(seat.person for seat in seats)
            assert full or explain_request(done, request).turned_away == 0
    assert seen == set(Answer) - ({Answer.PROMOTED} if option is Option.STANDARD else set())
