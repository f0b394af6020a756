"""A period is summed up by groups when its choices, and later its service, are over. Small groups are never written.

All offices close a month on the same day, so that a group can be hidden together with another office of the province:
no sum of a province less the offices shown is a few people (decision 0025).
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import F

from accounts.enums import InclusionGroup
from accounts.services.inclusion_counts import PEOPLE, GroupSums, count_groups
from ui.small_groups import STAFF_LEAST, find_hidden
from volunteers.enums import LedgerKind
from volunteers.models import Application, LedgerChain, Round
from volunteers.models.round import OVER
from volunteers.querysets import ApplicationQuerySet
from volunteers.services.figures.stages import CHOOSING, SENT, SERVING, STAGES
from volunteers.services.ledger.periods import ONE_DAY, begin_of, end_of_month, name_round
from volunteers.services.ledger.writing import Pen

# Requests are open for at most 60 days and offers for three; hardly any service is longer than eight months.
AFTER = {LedgerKind.CHOSEN: timedelta(days=75), LedgerKind.ENDED: timedelta(days=320)}
SHOWN = {LedgerKind.CHOSEN: CHOOSING, LedgerKind.ENDED: SERVING}
Cells = dict[Any, dict[InclusionGroup, tuple[list[int], list[int]] | None]]


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
        measures={name: STAGES[name] for name in SHOWN[kind]},
        part=F("request__office"),
        by=None,
        reason=f"ledger of {period}",
    )
    provinces = {chain.office_id: chain.office.commune.code[:2] for chain in chains if chain.office}  # type: ignore[union-attr]
    cells = compare(sums, SHOWN[kind], provinces)
    pen.load((chain.office, chain.period) for chain in chains if chain.office)
    for chain in chains:
        pen.write(chain, kind, _describe(SHOWN[kind], sums, cells, chain.office_id))


def _describe(stages: tuple[str, ...], sums: GroupSums, cells: Cells, office: int | None) -> dict[str, Any]:
    """Each group's figures stand beside those of all others; null where either are few."""
    everybody = sums.everybody[office]
    return {
        "all": [everybody[name] for name in stages],
        "groups": {group.value: cell for group, cell in sorted(cells[office].items())},
        "least": STAFF_LEAST,
        "stages": list(stages),
    }


def compare(sums: GroupSums, stages: tuple[str, ...], provinces: Mapping[Any, str]) -> Cells:
    """For each office and group the figures of its members and of all others, None for what stays hidden."""
    cells: Cells = {office: {} for office in provinces}
    for group in InclusionGroup:
        hidden = _find_hidden(sums, group, provinces)
        for office in provinces:
            members, everybody = sums.groups[group][office], sums.everybody[office]
            pair = [members[name] for name in stages], [everybody[name] - members[name] for name in stages]
            cells[office][group] = None if office in hidden else pair
    return cells


def _find_hidden(sums: GroupSums, group: InclusionGroup, provinces: Mapping[Any, str]) -> set[Any]:
    """The offices where members or others are few, and one more in a province that had only one such office."""
    hidden: set[Any] = set()
    for province in set(provinces.values()):
        offices = [office for office, code in provinces.items() if code == province]
        members = {office: sums.groups[group][office][PEOPLE] for office in offices}
        others = {office: sums.everybody[office][PEOPLE] - members[office] for office in offices}
        hidden |= find_hidden(members, least=STAFF_LEAST) | find_hidden(others, least=STAFF_LEAST)
    return hidden
