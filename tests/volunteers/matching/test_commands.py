"""A round from a file: placed once, repeated by anybody, refused where something was changed."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from volunteers.matching.instance import Instance, InstanceError, Person, Request
from volunteers.matching.record import read_inputs, write_inputs

INPUTS = {
    "format": 1,
    "people": [
        ["p-17", ["disability"], [["commune-a", 2], ["commune-b", 3]]],
        ["p-02", [], [["commune-a", 1], ["commune-b", 0]]],
        ["p-30", [], [["commune-b", -1], ["commune-a", 1]]],
    ],
    "requests": [["commune-b", 2, []], ["commune-a", 2, [["disability", 1]]]],
}


def write(folder: Path, inputs: object) -> Path:
    path = folder / "inputs.json"
    path.write_text(json.dumps(inputs, indent=1), encoding="utf-8")
    return path


def call(name: str, *arguments: object) -> str:
    out = StringIO()
    call_command(name, *map(str, arguments), stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("option", ["standard", "larger"])
def test_a_round_is_placed_and_verified(tmp_path: Path, option: str) -> None:
    inputs, folder = write(tmp_path, INPUTS), tmp_path / "round" / "1"
    said = call("place_round", inputs, "--seed", "48 07 19", "--option", option, "--out", folder)
    assert said.startswith("2 of 3 people placed, ")
    assert said.endswith(" at their first choice; the proof holds\n")
    record, outcome = folder / "record.json", folder / "outcome.json"
    placed = {person: at for person, at, _ in json.loads(outcome.read_bytes())["placements"]}
    assert placed["p-17"] == "commune-a"
    assert json.loads(record.read_bytes())["option"] == option
    assert call("verify_round", record, inputs) == "the record holds\n"
    assert call("verify_round", record, inputs, "--outcome", outcome) == "the record holds\n"


def test_what_was_changed_is_refused(tmp_path: Path) -> None:
    inputs, folder = write(tmp_path, INPUTS), tmp_path / "round"
    call("place_round", inputs, "--seed", "s", "--out", folder)
    record, outcome = folder / "record.json", folder / "outcome.json"
    outcome.write_bytes(outcome.read_bytes().replace(b"p-17", b"p-18"))
    with pytest.raises(CommandError, match="not the one of this record"):
        call("verify_round", record, inputs, "--outcome", outcome)
    write(tmp_path, {**INPUTS, "people": INPUTS["people"][1:]})  # type: ignore[index]
    with pytest.raises(CommandError, match="differs in: inputs, outcome, people"):
        call("verify_round", record, inputs)
    with pytest.raises(CommandError, match="No such file"):
        call("verify_round", tmp_path / "away.json", inputs)


def test_a_run_that_stands_is_not_overwritten(tmp_path: Path) -> None:
    inputs = write(tmp_path, INPUTS)
    call("place_round", inputs, "--seed", "s", "--out", tmp_path)
    before = (tmp_path / "outcome.json").read_bytes(), (tmp_path / "record.json").read_bytes()
    with pytest.raises(CommandError, match="File exists"):
        call("place_round", inputs, "--seed", "other", "--out", tmp_path)
    assert ((tmp_path / "outcome.json").read_bytes(), (tmp_path / "record.json").read_bytes()) == before


def test_inputs_come_back_as_they_were_written() -> None:
    people = [Person("វិ", (("b", 1), ("a", -1)), frozenset("fm")), Person("p", ())]
    instance = Instance.build(people, [Request("b", 2, (("m", 1), ("f", 1))), Request("a", 1)])
    assert write_inputs(read_inputs(write_inputs(instance))) == write_inputs(instance)


@pytest.mark.parametrize(
    ("inputs", "words"),
    [
        ("nothing", "no inputs of a round"),
        ([], "no inputs of a round"),
        ({}, "no inputs of a round"),
        ({"format": 2, "people": [], "requests": []}, "a format other than 1"),
        ({**INPUTS, "people": [["p", [], [["commune-a", 1.5]]]]}, "no inputs of a round"),
        ({**INPUTS, "people": [["p", [], [["commune-a", True]]]]}, "no inputs of a round"),
        ({**INPUTS, "people": [["p", [], [["commune-a", 10**30]]]]}, "no inputs of a round"),
        ({**INPUTS, "people": [[7, [], []]]}, "no inputs of a round"),
        ({**INPUTS, "people": [["p", []]]}, "no inputs of a round"),
        ({**INPUTS, "people": [["p\ud800", [], []]]}, "no inputs of a round"),
        ({**INPUTS, "people": [["p", [], [["elsewhere", 1]]]]}, "chose a request that is not there"),
        ({**INPUTS, "requests": [["a", 1, [["f", 2]]]], "people": []}, "keeps more seats than it has"),
    ],
)
def test_inputs_that_are_none_are_refused(inputs: object, words: str, tmp_path: Path) -> None:
    with pytest.raises(InstanceError, match=words):
        read_inputs(json.dumps(inputs).encode())
    with pytest.raises(CommandError, match=words):
        call("place_round", write(tmp_path, inputs), "--seed", "s", "--out", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_seed_of_two_lines_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="one line"):
        call("place_round", write(tmp_path, INPUTS), "--seed", "a\nb", "--out", tmp_path / "out")
