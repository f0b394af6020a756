"""Every reason is true by the words of the rule: held against the plain judge, who knows no cutoffs and no sections."""

import random

import pytest

from tests.volunteers.matching.judges import Priority, choose, make_rows, order_by_lottery
from volunteers.matching.acceptance import Option
from volunteers.matching.explanations import Answer, ChoiceReason, Went, explain_person, explain_request, hide_flags
from volunteers.matching.instance import Instance, Person, Request
from volunteers.matching.runs import Run, run

UNABLE = {0: Answer.NOT_SCORED, -1: Answer.INELIGIBLE}


class Judge:
    """Who sits where, and what would happen if one person came to a request with another band or turn."""

    def __init__(self, people: list[Person], offers: list[Request], done: Run) -> None:
        self.people = {person.id: person for person in people}
        self.offers = {offer.id: offer for offer in offers}
        self.placed = done.read_placements()
        lifted = zip(done.instance.people, done.outcome.promoted.tolist(), strict=True)
        promoted = frozenset(name for name, was in lifted if was)
        self.order: Priority = order_by_lottery(done.seed, people, promoted)
        self.promoted = promoted

    def roster(self, request: str) -> list[Person]:
        return [self.people[name] for name, at in self.placed.items() if at == request]

    def would_take(self, request: str, person: Person) -> bool:
        """Choosing again from the people it has and this one."""
        others = [other for other in self.roster(request) if other.id != person.id]
        return person.id in choose(self.offers[request], [*others, person], self.order)

    def find_last(self, request: str, person: Person) -> Person | None:
        """Of those seated the last in band and turn whom this person would put out by standing just before them."""
        seated = sorted(self.roster(request), key=lambda one: self.rank(one, request), reverse=True)
        for other in seated:
            stand_in = Person("stand-in", ((request, dict(other.choices)[request]),), person.flags)
            order = {**self.order, stand_in.id: _just_before(self.order[other.id])}
            if stand_in.id in choose(self.offers[request], [*seated, stand_in], order):
                return other
        return None

    def rank(self, person: Person, request: str) -> tuple[int, object]:
        return dict(person.choices)[request], self.order[person.id]


def _just_before(turn: object) -> tuple[bool, str]:
    assert isinstance(turn, tuple)
    late, number = turn
    return late, number[:-1] + chr(ord(number[-1]) - 1)


def judge_person(judge: Judge, person: Person, reasons: list[ChoiceReason], turns: dict[int, str]) -> None:
    placed, is_higher = judge.placed[person.id], False
    for (request, band), reason in zip(person.choices, reasons, strict=True):
        assert reason.request == request
        if band in UNABLE:
            assert (reason.answer, reason.band) == (UNABLE[band], None)
            continue
        takes, last = judge.would_take(request, person), judge.find_last(request, person)
        assert reason.band == band
        if request == placed:
            assert reason.answer is Answer.PLACED
            is_higher = True
        elif takes:
            assert (reason.answer, is_higher) == (Answer.HIGHER, True)
        else:
            judge_refusal(judge, person, reason, last, turns)
        if last is not None and not reason.line.everyone:
            assert (reason.line.band, turns[reason.line.turn]) == (dict(last.choices)[request], last.id)


def judge_refusal(
    judge: Judge, person: Person, reason: ChoiceReason, last: Person | None, turns: dict[int, str]
) -> None:
    """The sentence names the last place that this person could have got, and why it was not theirs."""
    if reason.answer is Answer.NO_SEAT:
        assert last is None
        return
    assert last is not None
    last_band = dict(last.choices)[reason.request]
    if reason.answer is Answer.BAND:
        assert last_band < dict(person.choices)[reason.request]
        return
    assert last_band == reason.band
    if reason.answer is Answer.PROMOTED:
        assert last.id in judge.promoted
        assert person.id not in judge.promoted
    else:
        assert reason.answer is Answer.LOTTERY
        assert (last.id in judge.promoted) == (person.id in judge.promoted)
        assert str(judge.order[last.id]) < str(judge.order[person.id])


def judge_office(judge: Judge, done: Run, offer: Request) -> None:
    found = explain_request(done, offer.id)
    assert {seat.person for seat in found.seats} - {None} == {person.id for person in judge.roster(offer.id)}
    longed = [
        dict(person.choices)[offer.id]
        for person in judge.people.values()
        if dict(person.choices).get(offer.id, 0) > 0
        and judge.placed[person.id] not in [name for name, _ in person.choices[: _place_of(person, offer.id) + 1]]
    ]
    assert (found.turned_away, set(found.turned_bands)) == (len(longed), set(longed))
    for seat in hide_flags(found):
        if seat.person is None:
            assert (seat.went, longed) == (Went.EMPTY, [])
        else:
            assert (seat.went is Went.BAND) == (seat.band not in longed)
            assert seat.went is not Went.LOTTERY or not offer.reserves or not any(kept for _, kept in offer.reserves)


def _place_of(person: Person, request: str) -> int:
    return [name for name, _ in person.choices].index(request)


@pytest.mark.parametrize("option", Option)
def test_what_is_said_is_what_a_plain_judge_finds(option: Option) -> None:
    seen = set()
    for seed in range(40):
        people, offers = make_rows(random.Random(1000 + seed), people=16, requests=5, choices=5, seats=4)
        done = run(Instance.build(people, offers), seed=str(seed), option=option)
        judge = Judge(people, offers, done)
        turns = dict(zip(done.places.tolist(), done.instance.people, strict=True))
        for person in people:
            reasons = explain_person(done, person.id)
            judge_person(judge, person, reasons, turns)
            seen |= {reason.answer for reason in reasons}
        for offer in offers:
            judge_office(judge, done, offer)
    assert seen == set(Answer) - ({Answer.PROMOTED} if option is Option.STANDARD else set())
