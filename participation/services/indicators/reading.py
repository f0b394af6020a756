"""Figures as last told, put beside the study's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q

from participation.enums import FunnelStep, SurveyGroup
from participation.models import Meeting, StandingIndicators, SurveyAnswer
from participation.services.indicators.baseline import StudyFigure, find_study_figure
from participation.services.indicators.counting import PEOPLE
from participation.services.indicators.meetings import ASKED, COUNTED, HELD, INVITED, SATISFIED, STEPS
from participation.services.indicators.shares import Share
from participation.services.surveys.asking import Tally, tally
from places.models import Commune, Province


@dataclass(frozen=True)
class Figures:
    """Everybody of a place, or a group of it. `people` is None where nothing may be told."""

    scope: str
    name: str
    people: int | None
    counts: Mapping[str, int] = field(default_factory=dict)

    def share(self, step: FunnelStep) -> Share | None:
        return Share.of(self.counts.get(step, 0), self.people) if self.people else None

    def study(self, step: FunnelStep) -> StudyFigure | None:
        return find_study_figure(self.scope, step)


@dataclass(frozen=True)
class Split:
    """Of those asked a further question, what share said what; the largest first."""

    people: int
    shares: list[tuple[str, Share]]


@dataclass(frozen=True)
class Met:
    """What was counted at meetings; a number that may not be told is None. `groups`: shares of those who came.

    `by_step`: by step and group, the group's share of those invited, who came, who sent input; satisfied is the share
    of the group's own people. What is missing nobody knows, or it may not be told.
    """

    meetings: int
    steps: dict[str, int | None]
    satisfied: Share | None
    groups: list[tuple[str, Share]]
    by_step: dict[FunnelStep, dict[str, Share]] = field(default_factory=dict)


@dataclass(frozen=True)
class Indicators:
    """One place and one plan. `parts` are the places below it that may be told, `groups` all groups of people."""

    year: int
    scope: str
    everybody: Figures
    groups: list[Figures]
    parts: list[Figures]
    received: Tally
    splits: dict[str, Split]
    met: Met | None
    counted_at: datetime | None
    hidden_parts: int


def read_indicators(year: int, *, place: Province | Commune | Meeting | None = None) -> Indicators:
    """At most five queries."""
    scope = scope_of(place)
    rows = {row.scope: row for row in StandingIndicators.objects.filter(_inside(scope), year=year)}
    own = rows.pop(scope, None)
    told: Mapping[str, Any] = own.told if own else {}
    shown = {code: row for code, row in rows.items() if "all" in row.told}
    names = name_scopes(list(shown), _with_studied(scope))
    parts = [make_figures(code, name, shown[code].told if code in shown else {}) for code, name in names.items()]
    groups = told.get("groups", {})
    return Indicators(
        year=year,
        scope=scope,
        everybody=make_figures(scope, "", told),
        groups=[_make_group(group, groups.get(group.value)) for group in SurveyGroup],
        parts=parts,
        received=tally(SurveyAnswer.objects.filter(_where(scope), survey__year=year)),
        splits={name: make_split(told[name]) for name in ("invited_by", "why_not") if name in told},
        met=make_met(told["met"]) if "met" in told else None,
        counted_at=own.counted_at if own else None,
        hidden_parts=len(rows) - len(shown),
    )


def scope_of(place: Province | Commune | Meeting | None) -> str:
    if place is None:
        return ""
    return f"m:{place.public_id}" if isinstance(place, Meeting) else place.code


def _inside(scope: str) -> Q:
    """Rows of the place itself and of those one step below."""
    own = Q(scope=scope)
    if scope == "":
        return own | Q(scope__regex=r"^\d\d$")
    if scope.startswith("m:"):
        return own
    if len(scope) == 2:
        return own | Q(scope__regex=rf"^{scope}\d\d\d\d$")
    meetings = Meeting.objects.filter(commune__code=scope).values_list("public_id", flat=True)
    return own | Q(scope__in=[f"m:{public_id}" for public_id in meetings])


def _with_studied(scope: str) -> list[str]:
    """The study's provinces stand in the country's list also without answers of ours."""
    return ["17", "21", "16"] if scope == "" else []


def name_scopes(codes: list[str], studied: list[str]) -> dict[str, str]:
    """Names as the reader's language has them: the study's first, then in order of their codes. At most one query."""
    if any(code.startswith("m:") for code in codes):
        meetings = Meeting.objects.filter(public_id__in=[code.removeprefix("m:") for code in codes])
        return {f"m:{meeting.public_id}": meeting.title for meeting in meetings.order_by("-starts_at")}
    wanted = [*studied, *sorted(set(codes) - set(studied))]
    model: Any = Commune if any(len(code) == 6 for code in codes) else Province
    known = {place.code: place.title if model is Commune else place.name for place in _named(model, wanted)}
    return {code: known[code] for code in wanted if code in known}


def _named(model: Any, codes: list[str]) -> list[Any]:
    return list(model.objects.filter(code__in=codes)) if codes else []


def make_figures(scope: str, name: str, told: Mapping[str, Any]) -> Figures:
    counts = told.get("all")
    return Figures(scope, name, counts[PEOPLE], counts) if counts else Figures(scope, name, None)


def _make_group(group: SurveyGroup, counts: Mapping[str, int] | None) -> Figures:
    name = str(group.label)
    return Figures("g:", name, counts[PEOPLE], counts) if counts else Figures("g:", name, None)


def make_met(told: Mapping[str, Any]) -> Met:
    steps = told["steps"]
    shares = [
        (str(SurveyGroup(name).label), Share.of(each[PEOPLE], each["of"])) for name, each in told["groups"].items()
    ]
    return Met(
        meetings=told[HELD],
        steps={name: steps.get(name) for name in COUNTED},
        satisfied=Share.of(steps[SATISFIED], steps["asked"]) if "asked" in steps else None,
        groups=[(name, share) for name, share in shares if share],
        by_step=_share_steps(told),
    )


def _share_steps(told: Mapping[str, Any]) -> dict[FunnelStep, dict[str, Share]]:
    by_step = told.get(STEPS, {})
    parts = {
        FunnelStep.INVITED: (by_step.get(INVITED, {}), PEOPLE, "of"),
        FunnelStep.JOINED: (told["groups"], PEOPLE, "of"),
        FunnelStep.INPUT: (by_step.get("gave_input", {}), PEOPLE, "of"),
        FunnelStep.SATISFIED: (by_step.get(ASKED, {}), SATISFIED, PEOPLE),
    }
    return {
        step: {name: share for name, each in groups.items() if (share := Share.of(each[part], each[whole]))}
        for step, (groups, part, whole) in parts.items()
    }


def make_split(told: Mapping[str, int]) -> Split:
    people = sum(told.values())
    shares = [(value, Share.of(count, people)) for value, count in sorted(told.items(), key=lambda pair: -pair[1])]
    return Split(people, [(value, share) for value, share in shares if share is not None])


def _where(scope: str) -> Q:
    if scope == "":
        return Q()
    if scope.startswith("m:"):
        return Q(survey__meeting__public_id=scope.removeprefix("m:"))
    if len(scope) == 2:
        return Q(survey__commune__code__startswith=scope) | Q(survey__commune=None, province__code=scope)
    return Q(survey__commune__code=scope)


def list_told_years(wanted: int, *, is_fixed: bool = False) -> tuple[list[int], int]:
    """Plans that figures are kept of, and the `wanted` one, the latest first; and which of them to begin with: the
    wanted one, or the latest where nothing is kept of it, unless `is_fixed`. One query.
    """
    rows = set(StandingIndicators.objects.filter(scope="").values_list("year", flat=True))
    first = wanted if is_fixed or wanted in rows else max(rows, default=wanted)
    return sorted({*rows, wanted}, reverse=True), first
