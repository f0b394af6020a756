"""A dry run: the inputs of the last run with other bands and kept seats. Nothing of it is kept."""

import json
from typing import Any

from accounts.models import User
from volunteers.matching.acceptance import Option
from volunteers.matching.instance import Instance, Request
from volunteers.matching.runs import Run, run
from volunteers.models import Round, RoundRequest, RoundRun
from volunteers.services.rounds.building import list_people
from volunteers.services.rounds.figures import Groups, count_with, find_communes, find_groups, write_figures
from volunteers.services.rounds.running import read_points
from volunteers.services.rounds.tuning import Tuning


def try_tuning(kept: RoundRun, tuning: Tuning, *, by: User) -> dict[str, Any]:
    """Figures of the kept run's people and seats under this tuning. A few queries, none of them of the lists."""
    row = kept.round
    groups = find_groups(row, by=by)
    own = dict(RoundRequest.objects.filter(round=row).values_list("request__public_id", "own_reserves"))
    done = place_again(kept, tuning, groups, {str(public): kept_seats for public, kept_seats in own.items()})
    return write_figures(count_with(done, groups), find_communes(row))


def place_again(kept: RoundRun, tuning: Tuning, groups: Groups, own: dict[str, dict[str, int] | None]) -> Run:
    """The run again with other bands and kept seats. Only flags that a seat is kept for go in."""
    flags = frozenset(flag for flag, _ in tuning.reserves)
    held = {person: found & flags for person, found in groups.items()}
    seats = [(request, total) for request, total, _ in json.loads(kept.inputs_text)["requests"]]
    offers = [Request(name, total, tuning.keep(total, own.get(name))) for name, total in seats]
    offers = [offer._replace(reserves=[row for row in offer.reserves if row[0] in flags]) for offer in offers]
    instance = Instance.build(list_people(read_points(kept), held, tuning), offers)
    return run(instance, seed=kept.seed, option=Option(kept.option))


def find_last_run(row: Round) -> RoundRun | None:
    return row.runs.last()
