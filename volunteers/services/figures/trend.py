"""How many applied and were placed, quarter by quarter."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from volunteers.services.figures.hiding import find_hidden_quarters
from volunteers.services.figures.scope import Quarter, Scope, quarter_of
from volunteers.services.figures.stages import ACCEPTED, APPLIED, STAGES


@dataclass(frozen=True)
class QuarterFigures:
    """Both None where few applied."""

    quarter: Quarter
    applied: int | None
    accepted: int | None


def read_trend(scope: Scope) -> list[QuarterFigures]:
    """Every quarter with applications, the oldest first. At most two queries."""
    numbers = {"people": Count("applicant", distinct=True), **{name: STAGES[name] for name in (APPLIED, ACCEPTED)}}
    rows: Any = scope.applications.order_by().values(_quarter=quarter_of("sent_at"))
    found = {row["_quarter"]: row for row in rows.annotate(**numbers)}
    hidden = find_hidden_quarters(scope, {code: row["people"] for code, row in found.items()})
    lines = []
    for code, row in sorted(found.items()):
        quarter = Quarter.find(code)
        if quarter:
            shown = code not in hidden
            lines.append(QuarterFigures(quarter, row[APPLIED] if shown else None, row[ACCEPTED] if shown else None))
    return lines
