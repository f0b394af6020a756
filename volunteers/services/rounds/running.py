"""A run, recorded once and for all, and what differs from the one before it."""

import json
import zlib
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from volunteers.enums import RoundStage, RoundStatus, SecondMode
from volunteers.matching.acceptance import Option
from volunteers.matching.record import (
    read_code_version,
    read_inputs,
    write_canonical,
    write_inputs,
    write_outcome,
    write_record,
)
from volunteers.matching.runs import Run, run
from volunteers.models import Round, RoundRun
from volunteers.rules import leads_round
from volunteers.services.machine import NotReadyError
from volunteers.services.rounds.building import Points, build_inputs
from volunteers.services.rounds.figures import count_run
from volunteers.services.rounds.tuning import Tuning

RUNNABLE = {RoundStatus.SCORING: RoundStage.FIRST, RoundStatus.READY: RoundStage.FIRST}


def find_stage(row: Round) -> RoundStage | None:
    """Which stage could be run now; None where nothing can."""
    if row.status == RoundStatus.SECOND and row.second_mode == SecondMode.LARGER:
        return RoundStage.SECOND
    return RUNNABLE.get(RoundStatus(row.status))


def name_seed(row: Round) -> tuple[str, bool]:
    """The seed of a run now, and whether it is only for trying: before the public number is known."""
    return (row.seed, False) if row.seed else (f"trial {row.public_id}", True)


@transaction.atomic
def record_run(row: Round, *, by: User) -> RoundRun:
    """Place everybody by what the database says now and keep the run. Raises `NotReadyError`, `PermissionDenied`."""
    if not leads_round(by, row):
        raise PermissionDenied
    row = Round.objects.select_for_update().get(pk=row.pk)
    stage = find_stage(row)
    if stage is None:
        raise NotReadyError(_("The round is not at a point where places can be worked out."))
    if RoundRun.objects.filter(round=row, stage=stage, confirmed_at__isnull=False).exists():
        raise NotReadyError(_("A run is confirmed already. It cannot be replaced."))
    inputs = build_inputs(row, stage, by=by)
    seed, is_trial = name_seed(row)
    option = Option.LARGER if stage == RoundStage.SECOND else Option.STANDARD
    done = run(inputs.instance, seed=seed, option=option)
    before = RoundRun.objects.filter(round=row, stage=stage).last()
    fresh = write_run(row, done, inputs.points, by=by, stage=stage, is_trial=is_trial)
    fresh.changes = compare(before, fresh) if before else {}
    fresh.number = RoundRun.objects.filter(round=row).count() + 1
    fresh.save()
    return fresh


def write_run(row: Round, done: Run, points: Points, *, by: User, stage: RoundStage, is_trial: bool) -> RoundRun:
    """The row of a run, not saved yet."""
    inputs, outcome = write_inputs(done.instance), write_outcome(done)
    return RoundRun(
        round=row,
        stage=stage,
        is_trial=is_trial,
        option=str(done.option),
        seed=done.seed,
        tuning=Tuning.of(row).write(),
        inputs=zlib.compress(inputs),
        points=zlib.compress(write_canonical(points)),
        outcome=zlib.compress(outcome),
        record=write_record(done),
        inputs_hash=sha256(inputs).hexdigest(),
        outcome_hash=sha256(outcome).hexdigest(),
        code_version=read_code_version(),
        proof=asdict(done.proof),
        figures=count_run(row, done, by=by),
        by=by,
    )


def hash_now(row: Round, stage: RoundStage) -> str:
    """The hash that a run would have now."""
    return sha256(write_inputs(build_inputs(row, stage, by=None).instance)).hexdigest()


def repeat(kept: RoundRun) -> Run:
    """The run again from its own inputs, for reasons and files."""
    return run(read_inputs(kept.inputs_text), seed=kept.seed, option=Option(kept.option))


def read_points(kept: RoundRun) -> Points:
    return [(person, [(request, got) for request, got in row]) for person, row in json.loads(kept.points_text)]


@dataclass(frozen=True)
class Sides:
    """Inputs and outcome of a kept run as plain data."""

    people: dict[str, tuple[list[str], list[list[Any]]]]
    requests: dict[str, list[Any]]
    placed: dict[str, str | None]

    @classmethod
    def of(cls, kept: RoundRun) -> "Sides":
        inputs, outcome = json.loads(kept.inputs_text), json.loads(kept.outcome_text)
        return cls(
            {person: (flags, chosen) for person, flags, chosen in inputs["people"]},
            {request: rest for request, *rest in inputs["requests"]},
            {person: request for person, request, _ in outcome["placements"]},
        )


def compare(before: RoundRun, after: RoundRun) -> dict[str, Any]:
    """What changed, in counts without names, so that nobody's flag can be read from it; {} where nothing did."""
    if (before.inputs_hash, before.seed, before.code_version) == (after.inputs_hash, after.seed, after.code_version):
        return {}
    one, two = Sides.of(before), Sides.of(after)
    both = one.people.keys() & two.people.keys()
    lists = [(one.people[person][1], two.people[person][1]) for person in both]
    found = {
        "since": before.number,
        "people_more": len(two.people.keys() - one.people.keys()),
        "people_less": len(one.people.keys() - two.people.keys()),
        "lists": sum([r for r, _ in old] != [r for r, _ in new] for old, new in lists),
        "bands": sum(old != new and [r for r, _ in old] == [r for r, _ in new] for old, new in lists),
        "requests_more": len(two.requests.keys() - one.requests.keys()),
        "requests_less": len(one.requests.keys() - two.requests.keys()),
        "seats": sum(one.requests[r] != two.requests[r] for r in one.requests.keys() & two.requests.keys()),
        "seed": before.seed != after.seed,
        "tuning": before.tuning != after.tuning,
        "code": before.code_version != after.code_version,
        "placed_otherwise": sum(one.placed[person] != two.placed[person] for person in both),
    }
    return {name: value for name, value in found.items() if value}
