"""One run of a round: draw, place, read the lines, prove. An outcome that the proof refuses never leaves here."""

from dataclasses import dataclass

import numpy as np

from volunteers.matching.acceptance import Option, Outcome, accept
from volunteers.matching.cutoffs import Cutoffs, Rank
from volunteers.matching.instance import NOTHING, Instance, Ints
from volunteers.matching.lottery import draw_places
from volunteers.matching.proof import Proof, prove
from volunteers.matching.sections import Sections


class UnprovedError(Exception):
    """The independent check found the outcome wrong: a fault of this code, never of the inputs."""


@dataclass(frozen=True, eq=False)
class Run:
    """Inputs and outcome together. `placed[p]` is the request of person `p` or `NOTHING`, `places[p]` their turn."""

    instance: Instance
    seed: str
    option: Option
    places: Ints
    sections: Sections
    outcome: Outcome
    placed: Ints
    cutoffs: Cutoffs
    proof: Proof

    def rank(self, person: int, band: int) -> Rank:
        """(band, not promoted, turn), as the lines are written."""
        return band, not self.outcome.promoted[person], int(self.places[person])

    def read_placements(self) -> dict[str, str | None]:
        """Each person's request by their ids."""
        names = self.instance.requests
        return {
            person: None if at == NOTHING else names[at]
            for person, at in zip(self.instance.people, self.placed.tolist(), strict=True)
        }


def run(instance: Instance, *, seed: str, option: Option = Option.STANDARD) -> Run:
    """Place everybody by the rule and prove it."""
    places = draw_places(seed, instance.people)
    sections = Sections.of(instance)
    outcome = accept(instance, sections, places, option)
    at = outcome.section
    placed = np.full(len(at), NOTHING, dtype=np.int64)
    placed[at != NOTHING] = sections.request[at[at != NOTHING]]
    promoted = np.flatnonzero(outcome.promoted).tolist()
    proof = prove(instance, seed=seed, placed=placed, promoted=promoted)
    if not proof.holds:
        raise UnprovedError(str(proof))
    cutoffs = Cutoffs(instance, sections, outcome)
    return Run(instance, seed, option, places, sections, outcome, placed, cutoffs, proof)
