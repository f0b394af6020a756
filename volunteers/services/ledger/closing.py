"""A period is summed up by groups when its choices, and later its service, are over. What tells on a few is never
written, at any stage: the office knows everybody it chose, and must not learn who belongs to a group.

All offices close a month on the same day, so that a group can be hidden together with another office of the province:
no sum of a province less the offices shown is a few people (decision 0025).
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from itertools import product
from typing import Any

from django.db.models import F

from accounts.enums import InclusionGroup
from accounts.services.inclusion_counts import GroupSums, count_groups
from ui.small_groups import STAFF_LEAST
from volunteers.enums import LedgerKind
from volunteers.models import Application, LedgerChain, Round
from volunteers.models.round import OVER
from volunteers.querysets import ApplicationQuerySet
from volunteers.services.figures.depths import find_depths
from volunteers.services.figures.stages import ACCEPTED, CHOOSING, SENT, SERVED, SERVING, measure_stages
from volunteers.services.ledger.periods import ONE_DAY, begin_of, end_of_month, name_round
from volunteers.services.ledger.writing import Pen

# Requests are open for at most 60 days and offers for three; hardly any service is longer than eight months.
AFTER = {LedgerKind.CHOSEN: timedelta(days=75), LedgerKind.ENDED: timedelta(days=320)}
SHOWN = {LedgerKind.CHOSEN: CHOOSING, LedgerKind.ENDED: SERVING}
COUNTED = {LedgerKind.CHOSEN: CHOOSING, LedgerKind.ENDED: (*CHOOSING, SERVED)}  # the stages that must not tell
Side = list[int | None]
Cells = dict[Any, dict[InclusionGroup, tuple[Side, Side] | None]]


def close_periods(pen: Pen, day: date) -> None:
    """Sum up every month that is old enough and has not been summed up."""
    for kind, wait in AFTER.items():
        chains = LedgerChain.objects.of_offices().exclude(entries__kind=kind).filter(period__regex=r"^\d{4}-\d{2}$")
        by_month: dict[str, list[LedgerChain]] = defaultdict(list)
        for chain in chains.filter(period__lte=f"{day - wait:%Y-%m}").select_related("office__commune"):
            by_month[chain.period].append(chain)
        for month, due in sorted(by_month.items()):
            if end_of_month(month) + wait <= day:
                _sum_up(pen, kind, month, due, _sent_in(month))
    _close_rounds(pen, day)


def _close_rounds(pen: Pen, day: date) -> None:
    """A round's choosing is summed up when it is over, its service as long after as a month's."""
    for kind, wait in ((LedgerKind.CHOSEN, timedelta()), (LedgerKind.ENDED, AFTER[LedgerKind.ENDED])):
        ended = Round.objects.filter(status__in=OVER, second_closes_at__lt=begin_of(day - wait + ONE_DAY))
        over = {name_round(each.public_id): each for each in ended}
        chains = LedgerChain.objects.of_offices().exclude(entries__kind=kind).filter(period__in=over)
        by_round: dict[str, list[LedgerChain]] = defaultdict(list)
        for chain in chains.select_related("office__commune"):
            by_round[chain.period].append(chain)
        for name, due in sorted(by_round.items()):
            rows = Application.objects.filter(round_choice__round_request__round=over[name])
            _sum_up(pen, kind, name, due, rows)


def _sent_in(month: str) -> ApplicationQuerySet:
    """Outside all rounds."""
    first, after = date.fromisoformat(f"{month}-01"), end_of_month(month)
    rows = Application.objects.filter(sent_at__gte=begin_of(first), sent_at__lt=begin_of(after))
    return rows.filter(round_choice=None)


def _sum_up(pen: Pen, kind: LedgerKind, period: str, chains: list[LedgerChain], rows: ApplicationQuerySet) -> None:
    sums = count_groups(
        rows.filter(SENT),
        person="applicant",
        measures=measure_stages(COUNTED[kind]),
        part=F("request__office"),
        by=None,
        reason=f"ledger of {period}",
    )
    provinces = {chain.office_id: chain.office.commune.code[:2] for chain in chains if chain.office}  # type: ignore[union-attr]
    closed = _find_closed(pen, chains, sums) if kind == LedgerKind.ENDED else set()
    cells = compare(sums, kind, provinces, closed)
    pen.load((chain.office, chain.period) for chain in chains if chain.office)
    for chain in chains:
        pen.write(chain, kind, _describe(SHOWN[kind], sums, cells, chain.office_id))


def _describe(stages: tuple[str, ...], sums: GroupSums, cells: Cells, office: int | None) -> dict[str, Any]:
    """Each group's figures stand beside those of all others; null from the stage on at which they tell on somebody."""
    everybody = sums.everybody[office]
    return {
        "all": [everybody[name] for name in stages],
        "groups": {group.value: cell for group, cell in sorted(cells[office].items())},
        "least": STAFF_LEAST,
        "stages": list(stages),
    }


def compare(
    sums: GroupSums, kind: LedgerKind, provinces: Mapping[Any, str], closed: Collection[tuple[InclusionGroup, Any]] = ()
) -> Cells:
    """For each office and group the figures of its members and of all others; None is what stays hidden.

    Offices of one province hide together: its sum may be known.
    """
    cells: Cells = {office: {} for office in provinces}
    counted, shown = COUNTED[kind], SHOWN[kind]
    for province in set(provinces.values()):
        offices = [office for office, code in provinces.items() if code == province]
        depths = find_depths(sums, counted, offices, closed=[each for each in closed if each[1] in offices])
        for group, office in product(InclusionGroup, offices):
            names = set(counted[: depths[group][office]])
            members, everybody = sums.groups[group][office], sums.everybody[office]
            mine: Side = [members[name] if name in names else None for name in shown]
            rest: Side = [everybody[name] - members[name] if name in names else None for name in shown]
            cells[office][group] = None if names.isdisjoint(shown) else (mine, rest)
    return cells


def _find_closed(pen: Pen, chains: list[LedgerChain], sums: GroupSums) -> set[tuple[InclusionGroup, Any]]:
    """The groups whose service would tell on somebody beside what was written of the choosing: where a part of that
    is hidden, or the number of those who accepted has changed since.
    """
    found = dict(pen.list_bodies(chains, LedgerKind.CHOSEN))
    closed = set()
    for chain, group in product(chains, InclusionGroup):
        pair = found.get(chain.pk, {}).get("groups", {}).get(group.value)
        accepted = sums.groups[group][chain.office_id][ACCEPTED], sums.everybody[chain.office_id][ACCEPTED]
        if pair is None or (pair[0][-1], pair[1][-1]) != (accepted[0], accepted[1] - accepted[0]):
            closed.add((group, chain.office_id))
    return closed
