"""The record: the same bytes for the same inputs, seed and code, and a difference is named."""

import json
import os
import random
import subprocess
import sys
from hashlib import sha256

import pytest

from tests.servers import ROOT
from tests.volunteers.matching.judges import make_rows
from volunteers.matching.acceptance import Option
from volunteers.matching.instance import Instance, Person, Request
from volunteers.matching.record import (
    RecordError,
    read_code_version,
    verify_record,
    write_inputs,
    write_outcome,
    write_record,
)
from volunteers.matching.runs import run

PEOPLE = [Person("វិ-2", (("b", 1), ("a", 0)), frozenset({"m", "f"})), Person("p-1", (("b", 2),)), Person("p-0", ())]
OFFERS = [Request("b", 2, (("f", 1),)), Request("a", 1)]


def test_inputs_and_outcome_are_written_in_one_way() -> None:
    done = run(Instance.build(PEOPLE, OFFERS), seed="s")
    assert write_inputs(done.instance).decode() == (
        '{"format":1,"people":[["p-0",[],[]],["p-1",[],[["b",2]]],["វិ-2",["f","m"],[["b",1],["a",0]]]],'
        '"requests":[["a",1,[]],["b",2,[["f",1]]]]}'
    )
    turn = int(done.places[1])
    assert json.loads(write_outcome(done)) == {
        "format": 1,
        "lines": [
            ["a", [[[], 128, 1, 0]]],
            ["b", [[[], 2, 1, turn], [["f"], 128, 1, 0]]],
        ],
        "placements": [["p-0", None, None], ["p-1", "b", 1], ["វិ-2", "b", 0]],
        "promoted": [],
    }


def test_a_record_names_everything_that_decided() -> None:
    done = run(Instance.build(PEOPLE, OFFERS), seed="s")
    assert json.loads(write_record(done)) == {
        "code": read_code_version(),
        "format": 1,
        "inputs": sha256(write_inputs(done.instance)).hexdigest(),
        "option": "standard",
        "outcome": sha256(write_outcome(done)).hexdigest(),
        "people": 3,
        "placed": 2,
        "proof": dict.fromkeys(
            ["blocking_pairs", "wasted_seats", "over_capacity", "misplaced", "broken_reserves"],
            0,
        ),
        "requests": 2,
        "seed": "s",
    }


def test_everything_is_written_with_its_keys_sorted() -> None:
    done = run(Instance.build(PEOPLE, OFFERS), seed="ស")
    for text in (write_inputs(done.instance), write_outcome(done), write_record(done)):
        plain = json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert text == plain.encode()


PROGRAM = """
import random, sys
from tests.volunteers.matching.judges import make_rows
from volunteers.matching.instance import Instance
from volunteers.matching.record import write_record
from volunteers.matching.runs import run
people, offers = make_rows(random.Random(3), people=600, requests=40, choices=8, seats=9)
random.Random(sys.argv[1]).shuffle(people)
print(write_record(run(Instance.build(people, offers), seed="again")).decode())
"""


def test_another_process_and_another_order_of_rows_give_the_same_bytes() -> None:
    rows = make_rows(random.Random(3), people=600, requests=40, choices=8, seats=9)
    record = write_record(run(Instance.build(*rows), seed="again"))
    for order in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": order, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", PROGRAM, order]
        again = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
        assert again.stdout.strip() == record


@pytest.mark.parametrize("option", Option)
def test_a_record_verifies(option: Option) -> None:
    done = run(Instance.build(PEOPLE, OFFERS), seed="s", option=option)
    assert verify_record(write_record(done), done.instance).read_placements() == done.read_placements()


def test_what_differs_is_named() -> None:
    instance = Instance.build(PEOPLE, OFFERS)
    record = write_record(run(instance, seed="s"))
    changed = Instance.build(PEOPLE, [Request("b", 1), Request("a", 1)])
    with pytest.raises(RecordError, match="differs in: inputs, outcome, placed"):
        verify_record(record, changed)
    said = json.loads(record)
    forged = json.dumps({**said, "placed": 3}, sort_keys=True, separators=(",", ":")).encode()
    with pytest.raises(RecordError, match="differs in: placed"):
        verify_record(forged, instance)
    with pytest.raises(RecordError, match="the way it is written"):
        verify_record(record + b"\n", instance)
    for nothing in (b"", b"[]", b'{"seed":"s"}', b'{"seed":"s","option":"other"}'):
        with pytest.raises(RecordError, match="no record"):
            verify_record(nothing, instance)


def test_the_code_version_follows_the_text_of_the_rule() -> None:
    assert len(read_code_version()) == 64
    assert read_code_version() == read_code_version.__wrapped__()
