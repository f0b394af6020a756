"""Whether a kept run still stands: made again, proved again, and held against what was promised before it.

Nothing sealed leaves here, only which checks hold, so that everybody may ask. Asked again within the hour, a run
answers from memory: making a large one again takes seconds.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import pairwise

import numpy as np
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _

from volunteers.enums import OverrideKind
from volunteers.matching.instance import NOTHING, Instance
from volunteers.matching.proof import Proof, prove
from volunteers.matching.record import read_code_version, read_inputs, write_outcome, write_record
from volunteers.models import RoundOutcome, RoundRun
from volunteers.services.rounds.names import hash_names, write_names
from volunteers.services.rounds.running import Sides, repeat

REMEMBERED = timedelta(hours=1)
Found = dict[str, bool]


@dataclass(frozen=True)
class Check:
    """One thing that was looked at."""

    text: str
    holds: bool


@dataclass(frozen=True)
class Verdict:
    """All checks. `is_same_program`: the code has not changed since, so the record must come out to the byte."""

    checks: list[Check]
    at: datetime
    is_same_program: bool

    @property
    def holds(self) -> bool:
        return all(check.holds for check in self.checks)


def verify(kept: RoundRun) -> Verdict:
    """Every check of this run, in the reader's language."""
    key = f"round-run:{kept.pk}:{read_code_version()}:{kept.confirmed_at is not None}"
    remembered: tuple[Found, datetime] | None = cache.get(key)
    if remembered is None:
        remembered = dict(_look(kept)), timezone.now()
        cache.set(key, remembered, REMEMBERED.total_seconds())
    found, at = remembered
    texts = name_checks()
    checks = [Check(texts[name], holds) for name, holds in found.items()]
    return Verdict(checks, at, kept.code_version == read_code_version())


def name_checks() -> dict[str, str]:
    return {
        "inputs": _("The inputs are those of which the record has the hash."),
        "again": _("Run again from the inputs and the number, the same places come out, to the byte."),
        "record": _("The record comes out again, to the byte, apart from the version of the program."),
        "proof": _(
            "Separate code finds nobody who was passed over: no pair would both rather have each other, no wanted seat"
            " is empty, no request is overfull, no kept seat is withheld."
        ),
        "names": _("Everybody in the run has a name that was sealed when choosing closed, and no name was added."),
        "order": _("Lists, points and rules were fixed before the number was drawn, and it was entered after that."),
        "promise": _("The number has the SHA-256 that was published before anybody chose."),
        "told": _("What each person was told is what the run says, apart from the decisions by hand."),
        "by_hand": _("All decisions by hand are counted, and each has a reason."),
    }


def _look(kept: RoundRun) -> Iterator[tuple[str, bool]]:
    row, again = kept.round, repeat(kept)
    said = json.loads(kept.record_text)
    yield "inputs", sha256(kept.inputs_text).hexdigest() == kept.inputs_hash == said["inputs"]
    outcome = write_outcome(again)
    yield "again", outcome == kept.outcome_text and sha256(outcome).hexdigest() == said["outcome"]
    yield "record", json.loads(write_record(again)) | {"code": said["code"]} == said
    yield "proof", _prove_kept(kept, again.instance)
    if not kept.is_trial:
        sealed = set(write_names(row).decode().split())
        if row.names_hash:
            yield "names", hash_names(row) == row.names_hash and sealed >= set(again.instance.people)
        yield "order", _is_in_order(kept)
        if row.seed_commitment:
            yield "promise", sha256(kept.seed.encode()).hexdigest() == row.seed_commitment
    if kept.confirmed_at:
        yield "told", _is_told(kept)
        rows = list(kept.overrides.values_list("reason", "note"))
        yield "by_hand", len(rows) == kept.override_count and all(reason and note for reason, note in rows)


def _prove_kept(kept: RoundRun, instance: Instance) -> bool:
    """The proof of the outcome that was kept, not of the one just made."""
    outcome = json.loads(kept.outcome_text)
    at = {name: index for index, name in enumerate(instance.requests)}
    person_at = {name: index for index, name in enumerate(instance.people)}
    placed = np.full(len(instance.people), NOTHING, dtype=np.int64)
    for person, request, _section in outcome["placements"]:
        if request is not None:
            placed[person_at[person]] = at[request]
    promoted = [person_at[person] for person in outcome["promoted"]]
    proof: Proof = prove(read_inputs(kept.inputs_text), seed=kept.seed, placed=placed, promoted=promoted)
    return proof.holds


def _is_in_order(kept: RoundRun) -> bool:
    row = kept.round
    moments = (row.choices_close_at, row.scoring_closes_at, row.draw_at, row.seed_entered_at, kept.at)
    return kept.seed == row.seed and all(
        early is not None and late is not None and early <= late for early, late in pairwise(moments)
    )


def _is_told(kept: RoundRun) -> bool:
    """Each person's row beside the placement, and beside the decision by hand where there is one."""
    placed = dict(Sides.of(kept).placed)
    by_hand = kept.overrides.values_list("entry__public_id", "kind", "round_request__request__public_id")
    for person, kind, request in by_hand:
        placed[str(person)] = str(request) if kind == OverrideKind.GIVE else None
    columns = ("entry__public_id", "choice__round_request__request__public_id")
    told = {
        str(person): None if request is None else str(request)
        for person, request in RoundOutcome.objects.filter(run=kept).values_list(*columns)
    }
    return told == placed
