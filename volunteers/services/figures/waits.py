"""How long people waited for the office's first decision, from the log."""

from collections import defaultdict
from typing import Any

from django.db.models import F, FloatField, Func, Min

from volunteers.enums import ApplicationStatus as A
from volunteers.services.figures.scope import APPLICATION, Scope

LOG = "application__"  # from a line of the log to its application


class DaysBetween(Func):
    """Days from the first moment to the second, as a number that the database counts."""

    output_field = FloatField()
    template = "(extract(epoch from (%(expressions)s)) / 86400)::float"
    arg_joiner = " - "

    def __init__(self, first: Any, second: Any) -> None:
        super().__init__(second, first)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        days = self.copy()
        days.set_source_expressions([Func(each, function="julianday") for each in self.get_source_expressions()])
        return super(DaysBetween, days).as_sql(compiler, connection, template="(%(expressions)s)")


def read_waits(scope: Scope) -> dict[str, list[float]]:
    """By part, the days until each application first left the pile of those sent. One query."""
    decided = scope.log.filter(source=A.SUBMITTED, target__in=(A.SHORTLISTED, A.NOT_PLACED)).order_by()
    rows = decided.values("application", _part=scope.place_of(f"{LOG}{APPLICATION}"), _sent=F(f"{LOG}sent_at"))
    found: dict[str, list[float]] = defaultdict(list)
    for part, days in rows.annotate(_days=DaysBetween(F("_sent"), Min("at"))).values_list("_part", "_days"):
        found[part].append(days)
    return found
