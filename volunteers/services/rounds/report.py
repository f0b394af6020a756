"""Figures of runs as a page shows them: shares in words, two runs side by side, what changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from ui.words import to_digits
from volunteers.services.rounds.figures import name_group


@dataclass(frozen=True)
class Pair:
    """One figure now and as tried; `better` is "", up or down. A hidden one says so in words."""

    label: str
    now: str
    tried: str = ""
    is_alarm: bool = False


@dataclass(frozen=True)
class CommuneFill:
    name: str
    seats: int
    taken: int
    first: int


@dataclass(frozen=True)
class RunFigures:
    """Everything a page of one run shows."""

    pairs: list[Pair]
    groups: list[Pair]
    communes: list[CommuneFill]
    by_choice: list[tuple[int, int]]


def describe_run(figures: Mapping[str, Any]) -> RunFigures:
    return RunFigures(
        _pair_totals(figures, None),
        _pair_groups(figures, None),
        [CommuneFill(_read(row["name"]), row["seats"], row["taken"], row["first"]) for row in figures["communes"]],
        [(rank, count) for rank, count in enumerate(figures["by_choice"], 1) if count],
    )


@dataclass(frozen=True)
class SideBySide:
    totals: list[Pair]
    groups: list[Pair]
    communes: list[Pair]


def put_side_by_side(now: Mapping[str, Any], tried: Mapping[str, Any] | None) -> SideBySide:
    """The last run's figures, and those of other bands and kept seats."""
    fills = {_key(row): row for row in (tried or {}).get("communes", ())}
    communes = [
        Pair(_read(row["name"]), _fill(row), _fill(fills[_key(row)]) if _key(row) in fills else "")
        for row in now["communes"]
    ]
    return SideBySide(_pair_totals(now, tried), _pair_groups(now, tried), communes)


def _key(row: Mapping[str, Any]) -> str:
    return str(row.get("code") or row["name"])


def _pair_totals(now: Mapping[str, Any], tried: Mapping[str, Any] | None) -> list[Pair]:
    names = (
        ("placed_share", _("People with a place")),
        ("first_share", _("People with their first choice")),
        ("filled_share", _("Places taken")),
    )
    counts = Pair(_("Places given"), to_digits(now["placed"]), to_digits(tried["placed"]) if tried else "")
    shares = [Pair(label, spell_share(now[name]), spell_share(tried[name]) if tried else "") for name, label in names]
    return [counts, *shares]


def _pair_groups(now: Mapping[str, Any], tried: Mapping[str, Any] | None) -> list[Pair]:
    others = {row["flag"]: row for row in (tried or {}).get("groups", ())}
    pairs = []
    for row in now["groups"]:
        other = others.get(row["flag"])
        alarm = row["alarming"] or bool(other and other["alarming"])
        pairs.append(Pair(name_group(row["flag"]), _spell_group(row), _spell_group(other) if other else "", alarm))
    return pairs


def _spell_group(row: Mapping[str, Any]) -> str:
    """The group's rate beside the rest's, or that it is too small to be shown."""
    if row["hidden"]:
        return _("fewer than 5 people: not shown")
    return _("%(own)s, the others %(rest)s") % {
        "own": spell_share(row["placed_share"]),
        "rest": spell_share(row["rest_share"]),
    }


def spell_share(promille: int | None) -> str:
    return "–" if promille is None else to_digits(f"{promille / 10:.1f}%")


def _fill(row: Mapping[str, Any]) -> str:
    return to_digits(_("%(taken)s of %(seats)s") % {"taken": row["taken"], "seats": row["seats"]})


def _read(name: Mapping[str, str]) -> str:
    return (name["en"] or name["km"]) if get_language() == "en" else (name["km"] or name["en"])


def describe_changes(changes: Mapping[str, Any]) -> list[str]:
    """What differs from the run before, one sentence each."""
    counts = {
        "people_more": lambda n: ngettext("%(count)s person came in.", "%(count)s people came in.", n),
        "people_less": lambda n: ngettext("%(count)s person left.", "%(count)s people left.", n),
        "lists": lambda n: ngettext("%(count)s list changed.", "%(count)s lists changed.", n),
        "bands": lambda n: ngettext(
            "%(count)s person is in another band somewhere.", "%(count)s people are in another band somewhere.", n
        ),
        "requests_more": lambda n: ngettext("%(count)s request came in.", "%(count)s requests came in.", n),
        "requests_less": lambda n: ngettext(
            "%(count)s request was taken back.", "%(count)s requests were taken back.", n
        ),
        "seats": lambda n: ngettext("%(count)s request has other places.", "%(count)s requests have other places.", n),
        "placed_otherwise": lambda n: ngettext(
            "%(count)s person has another place, or none, by that.",
            "%(count)s people have another place, or none, by that.",
            n,
        ),
    }
    said = {
        "seed": _("The number of the draw is another one."),
        "tuning": _("Bands or kept seats are others."),
        "code": _("The program itself was changed."),
    }
    lines = [to_digits(counts[name](n) % {"count": n}) for name, n in changes.items() if name in counts]
    return [*lines, *(text for name, text in said.items() if changes.get(name))]
