"""The proof counts what is wrong, knows nothing of the rule, and lets no wrong outcome through."""

import ast
import random
from pathlib import Path

import numpy as np
import pytest

from tests.volunteers.matching.judges import find_blocking, list_assignments, make_rows, order_by_lottery
from volunteers.matching import proof as proof_module
from volunteers.matching import runs
from volunteers.matching.acceptance import Option, Outcome
from volunteers.matching.instance import Instance, Ints, Person, Request
from volunteers.matching.proof import Proof, prove
from volunteers.matching.runs import UnprovedError, run


def to_column(instance: Instance, placed: dict[str, str | None]) -> Ints:
    return np.array([-1 if (at := placed[name]) is None else instance.requests.index(at) for name in instance.people])


def test_it_imports_only_the_columns_of_the_inputs() -> None:
    tree = ast.parse(Path(proof_module.__file__).read_text())
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    names = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert {name for name in modules if name and name.startswith("volunteers")} == {"volunteers.matching.instance"}
    assert names == {"numpy"}


def test_it_counts_the_same_blocking_pairs_as_the_plain_judge_in_every_assignment() -> None:
    wrong = right = 0
    for seed in range(25):
        people, offers = make_rows(random.Random(seed), people=4, requests=3, choices=3, seats=2, full=seed % 2 == 0)
        instance = Instance.build(people, offers)
        order = order_by_lottery(str(seed), people)
        for placed in list_assignments(people, offers):
            proof = prove(instance, seed=str(seed), placed=to_column(instance, placed))
            blocking = find_blocking(people, offers, placed, order)
            assert proof.blocking_pairs == len(blocking)
            assert proof.holds == (not blocking)
            assert (proof.over_capacity, proof.misplaced) == (0, 0)
            wrong, right = wrong + bool(blocking), right + (not blocking)
    assert wrong > 500
    assert right >= 25


ROUND = Instance.build(
    [
        Person("a", (("r", 1), ("s", 1))),
        Person("b", (("r", 2), ("s", 1)), frozenset("f")),
        Person("c", (("r", 3), ("s", 2)), frozenset("f")),
        Person("d", (("s", 0),)),
    ],
    [Request("r", 2, (("f", 1),)), Request("s", 1)],
)


@pytest.mark.parametrize(
    ("placed", "expected"),
    [
        ("rrs-", Proof(0, 0, 0, 0, 0)),
        ("rsr-", Proof(1, 0, 0, 0, 0)),  # b holds the flag too, and ranks before c
        ("r-r-", Proof(2, 1, 0, 0, 0)),
        ("srr-", Proof(1, 0, 0, 0, 0)),
        ("r---", Proof(4, 2, 0, 0, 1)),
        ("rrr-", Proof(0, 0, 1, 0, 0)),
        ("rrss", Proof(0, 0, 1, 1, 0)),
        ("rr-s", Proof(0, 0, 0, 1, 0)),
    ],
)
def test_a_planted_wrong_outcome_is_caught(placed: str, expected: Proof) -> None:
    column = np.array([{"r": 0, "s": 1, "-": -1}[at] for at in placed])
    assert prove(ROUND, seed="s", placed=column) == expected
    assert expected.holds == (placed == "rrs-")


def test_a_kept_seat_withheld_is_counted() -> None:
    people = [Person("a", (("r", 1),)), Person("b", (("r", 2),)), Person("c", (("r", 3),), frozenset("f"))]
    instance = Instance.build(people, [Request("r", 2, (("f", 1),))])
    assert run(instance, seed="s").read_placements() == {"a": "r", "b": None, "c": "r"}
    assert prove(instance, seed="s", placed=np.array([0, 0, -1])) == Proof(1, 0, 0, 0, 1)


def test_somebody_promoted_for_nothing_is_counted() -> None:
    people = [Person("a", (("r", 1),)), Person("b", (("r", 1),))]
    instance = Instance.build(people, [Request("r", 1)])
    done = run(instance, seed="s", option=Option.LARGER)
    winner = int(np.flatnonzero(done.placed == 0)[0])
    assert prove(instance, seed="s", placed=done.placed, promoted=[0, 1]).holds
    assert prove(instance, seed="s", placed=done.placed, promoted=[winner]).misplaced == 1
    assert prove(instance, seed="s", placed=done.placed, promoted=[1 - winner]).blocking_pairs == 1


def test_a_run_with_a_broken_rule_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    right = runs.accept

    def accept(*given: object) -> Outcome:
        outcome = right(*given)  # type: ignore[arg-type]
        seated = np.flatnonzero(outcome.section >= 0)
        outcome.section[seated[:2]] = outcome.section[seated[:2]][::-1]
        return outcome

    monkeypatch.setattr(runs, "accept", accept)
    people = [Person("a", (("r", 1), ("s", 2))), Person("b", (("s", 1), ("r", 2)))]
    with pytest.raises(UnprovedError, match="blocking_pairs=2"):
        run(Instance.build(people, [Request("r", 1), Request("s", 1)]), seed="s")
