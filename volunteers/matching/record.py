"""The record of a run: whoever has the inputs, the seed and the code gets the same bytes again.

All JSON here is canonical: UTF-8, keys sorted, no spaces, rows sorted by id, whole numbers only. A record holds no
time and no machine, so that re-running is comparing. Hashes are SHA-256 in hexadecimal.

A record may be published. Inputs name flags, and an outcome tells who sits in a kept seat: both stay as sealed as the
flags are, and only who may read those can repeat the run.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from volunteers.matching.acceptance import Option
from volunteers.matching.instance import NOTHING, Instance, InstanceError, Person, Request
from volunteers.matching.runs import Run, run

FORMAT = 1
LARGEST_NUMBER = 10**6


class RecordError(Exception):
    """A record that does not come out of these inputs by this code; the message names the parts that differ."""


def write_canonical(value: object) -> bytes:
    """The one way to write this value as JSON."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def write_inputs(instance: Instance) -> bytes:
    """Everything the rule is given, besides the seed: people by id only."""
    requests = instance.requests
    flags = {held: sorted(instance.name_flags(held)) for held in set(instance.holds.tolist())}
    columns = (instance.holds.tolist(), instance.choices.tolist(), instance.bands.tolist())
    people = [
        [name, flags[held], [[requests[r], band] for r, band in zip(row, bands, strict=True) if r >= 0]]
        for name, held, row, bands in zip(instance.people, *columns, strict=True)
    ]
    offers = [[row.id, row.seats, [list(kept) for kept in row.reserves]] for row in instance.list_requests()]
    return write_canonical({"format": FORMAT, "people": people, "requests": offers})


def read_inputs(text: bytes) -> Instance:
    """The inputs again, from JSON in any order and spacing. Raises `InstanceError`."""
    try:
        given = json.loads(text)
        if given["format"] != FORMAT:
            raise InstanceError(f"a format other than {FORMAT}")
        people = [
            Person(_name(person), [(_name(r), _number(band)) for r, band in chosen], frozenset(map(_name, flags)))
            for person, flags, chosen in given["people"]
        ]
        offers = [
            Request(_name(request), _number(seats), [(_name(flag), _number(kept)) for flag, kept in reserves])
            for request, seats, reserves in given["requests"]
        ]
    except InstanceError:
        raise
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InstanceError("these are no inputs of a round") from error
    return Instance.build(people, offers)


def _name(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    value.encode()  # half a pair of surrogates is no text
    return value


def _number(value: object) -> int:
    if type(value) is not int or abs(value) > LARGEST_NUMBER:
        raise TypeError(value)
    return value


def write_outcome(done: Run) -> bytes:
    """Who is placed where and in which section, who was promoted, and where each request stopped."""
    at = done.outcome.section.tolist()
    names, sections = done.instance.requests, done.sections
    request, first = sections.request.tolist(), sections.first.tolist()
    placements = [
        [person, None, None] if s == NOTHING else [person, names[request[s]], s - first[request[s]]]
        for person, s in zip(done.instance.people, at, strict=True)
    ]
    lines = [
        [
            name,
            [[sorted(flags), line.band, int(line.unpromoted), line.turn] for flags, line in done.cutoffs.list_lines(r)],
        ]
        for r, name in enumerate(names)
    ]
    promoted = [name for name, was in zip(done.instance.people, done.outcome.promoted.tolist(), strict=True) if was]
    return write_canonical({"format": FORMAT, "lines": lines, "placements": placements, "promoted": promoted})


@cache
def read_code_version() -> str:
    """The hash of this package's own text, so that no change to the rule goes unseen. Line ends do not count."""
    text = sha256()
    for path in sorted(Path(__file__).parent.glob("*.py"), key=lambda path: path.name):
        source = path.read_bytes().replace(b"\r\n", b"\n")
        text.update(f"{path.name}\n{sha256(source).hexdigest()}\n".encode())
    return text.hexdigest()


def write_record(done: Run) -> bytes:
    """The record of one run."""
    return write_canonical(
        {
            "code": read_code_version(),
            "format": FORMAT,
            "inputs": sha256(write_inputs(done.instance)).hexdigest(),
            "option": str(done.option),
            "outcome": sha256(write_outcome(done)).hexdigest(),
            "people": len(done.instance.people),
            "placed": int((done.placed != NOTHING).sum()),
            "proof": asdict(done.proof),
            "requests": len(done.instance.requests),
            "seed": done.seed,
        }
    )


def verify_record(record: bytes, instance: Instance) -> Run:
    """Run again from the inputs and compare; the run, or `RecordError`."""
    try:
        said: Mapping[str, Any] = json.loads(record)
        seed, option = str(said["seed"]), Option(said["option"])
    except (ValueError, KeyError, TypeError) as error:
        raise RecordError("this is no record of a run") from error
    again = run(instance, seed=seed, option=option)
    own = write_record(again)
    if own != record:
        fresh = json.loads(own)
        differ = sorted(key for key in fresh.keys() | said.keys() if fresh.get(key) != said.get(key))
        raise RecordError(f"differs in: {', '.join(differ) or 'the way it is written'}")
    return again
