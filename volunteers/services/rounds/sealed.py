"""The files of a run: the record for everybody, inputs and outcome for who may read flags, each reading logged."""

from accounts.models import User
from accounts.services.inclusion import read_flags
from volunteers.models import RoundRun
from volunteers.services.rounds.building import people_of


def read_file(kept: RoundRun, name: str, *, by: User) -> bytes | None:
    """`record`, `inputs` or `outcome` as bytes for `verify_round`; None for any other name."""
    if name == "record":
        return kept.record_text
    texts = {"inputs": lambda: kept.inputs_text, "outcome": lambda: kept.outcome_text}
    if name not in texts:
        return None
    flags = [flag for flag, _ in kept.tuning["reserves"]]
    if flags:
        read_flags(people_of(kept.round), flags, by=by, reason=f"round {kept.round.public_id}: {name} taken along")
    return texts[name]()
