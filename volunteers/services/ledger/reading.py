"""Chains and lines in words, for the screens."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.enums import InclusionGroup
from ui.dates import to_day, to_month
from ui.words import to_digits, to_number
from volunteers.enums import LedgerKind as K
from volunteers.models import LedgerChain, LedgerEntry, Round
from volunteers.models.ledger import ChainQuerySet
from volunteers.models.transition import REASONS
from volunteers.services.ledger.periods import ROUND

FUNNEL = (K.SEEN, K.INVITED, K.APPLIED, K.SHORTLISTED, K.OFFERED, K.ACCEPTED, K.SERVED, K.OVERRIDE)
STAGES = {K.APPLIED.value, K.SHORTLISTED.value, K.OFFERED.value, K.ACCEPTED.value, K.SERVED.value}


@dataclass(frozen=True)
class ChainLine:
    """A chain with what its lines add up to, as pairs of words and a figure; nothing that is zero."""

    chain: LedgerChain
    name: str
    sums: list[tuple[str, str]]


@dataclass(frozen=True)
class EntryLine:
    """A line of a chain in words; `groups` are rows of a group's figures beside those of all others."""

    entry: LedgerEntry
    text: str
    reasons: str
    header: list[str]
    groups: list[list[str]]


def list_chains(place: str = "") -> ChainQuerySet:
    """Of the offices whose commune's code begins so."""
    rows = LedgerChain.objects.of_offices().select_related("office__commune__district__province")
    return rows.filter(office__commune__code__startswith=place) if place else rows


def sum_up(chains: Sequence[LedgerChain]) -> list[ChainLine]:
    """Two queries at most for all of them."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for chain, kind, body in LedgerEntry.objects.filter(chain__in=chains, kind__in=FUNNEL).values_list(
        "chain", "kind", "body"
    ):
        found[chain][kind] += json.loads(body)["count"]
    names = name_periods([chain.period for chain in chains])
    return [
        ChainLine(
            chain,
            names[chain.period],
            [(str(kind.label), to_number(found[chain.pk][kind])) for kind in FUNNEL if found[chain.pk][kind]],
        )
        for chain in chains
    ]


def describe_entries(entries: Iterable[LedgerEntry]) -> list[EntryLine]:
    return [_describe(entry, json.loads(entry.body)) for entry in entries]


def name_period(period: str) -> str:
    return name_periods([period])[period]


def name_periods(periods: Iterable[str]) -> dict[str, str]:
    """A month in words, a round by its name. One query where there are rounds."""
    ids = {period.removeprefix(ROUND): period for period in periods if period.startswith(ROUND)}
    names = {period: _name_month(period) for period in periods if period not in ids.values()}
    found = Round.objects.filter(public_id__in=ids) if ids else ()
    return names | {ids[str(each.public_id)]: each.name for each in found}


def _name_month(period: str) -> str:
    first = date.fromisoformat(f"{period}-01")
    return to_digits(f"{to_month(first)} {first.year}")


def _describe(entry: LedgerEntry, body: dict[str, Any]) -> EntryLine:
    day = to_day(date.fromisoformat(body["day"])) if "day" in body else ""
    text = ""
    if "count" in body:
        text = _("%(day)s: %(n)s") % {"day": day, "n": to_number(body["count"])}
    elif "log_lines" in body:
        words = _("%(day)s: %(n)s lines in all chains, %(log)s changes in the log")
        text = words % {"day": day, "n": to_number(body["lines"]), "log": to_number(body["log_lines"])}
    reasons = (
        f"{REASONS.get(code) or _name_stage(code)}: {to_number(n)}" for code, n in body.get("reasons", {}).items()
    )
    header, groups = _describe_groups(body) if "groups" in body else ([], [])
    return EntryLine(entry, text, ", ".join(reasons), header, groups)


def _describe_groups(body: dict[str, Any]) -> tuple[list[str], list[list[str]]]:
    header = [_("Group"), *(_name_stage(stage) for stage in body["stages"])]
    rows = [[_("Everybody"), *(to_number(each) for each in body["all"])]]
    for code, pair in body["groups"].items():
        name = str(InclusionGroup(code).label)
        if pair is None:
            rows.append([name, *[_("hidden")] * len(body["stages"])])
        else:
            rows.append([name, *(_say_pair(mine, rest) for mine, rest in zip(*pair, strict=True))])
    return header, rows


def _say_pair(mine: int | None, rest: int | None) -> str:
    return _("hidden") if mine is None or rest is None else f"{to_number(mine)} / {to_number(rest)}"


def _name_stage(stage: str) -> str:
    return str(K(stage).label) if stage in STAGES else _("To choose from") if stage == "eligible" else stage
