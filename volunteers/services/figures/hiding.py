"""Which parts of a report stay hidden: by themselves, and because another report would tell on them."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count

from ui.small_groups import STAFF_LEAST, find_hidden, find_hidden_in_grid
from volunteers.services.figures.scope import APPLICATION, Scope, quarter_of

Cells = dict[tuple[str, str], int]


def find_hidden_places(scope: Scope, people: Mapping[str, int]) -> set[str]:
    """Places with few applicants, beside the other places and beside their own other quarters. An office reads all of
    its own: it knows each application.
    """
    if scope.office:
        return set()
    if scope.quarter is None:
        return find_hidden(people, least=STAFF_LEAST)
    hidden = find_hidden_in_grid(count_cells(scope.without_quarter), least=STAFF_LEAST)
    return {place for place, quarter in hidden if quarter == scope.quarter.code and place in people}


def find_hidden_quarters(scope: Scope, people: Mapping[str, int]) -> set[str]:
    """Quarters likewise, of one province beside all others."""
    if scope.office:
        return set()
    if scope.province is None:
        return find_hidden(people, least=STAFF_LEAST)
    hidden = find_hidden_in_grid(count_cells(Scope()), least=STAFF_LEAST)
    return {quarter for place, quarter in hidden if place == scope.province.code}


def is_total_hidden(scope: Scope, people: int) -> bool:
    """Whether the whole of what was chosen is too few people, or would tell on too few elsewhere."""
    if scope.office:
        return False
    if scope.province is None and scope.quarter is None:
        return 0 < people < STAFF_LEAST
    cells = count_cells(Scope())
    if scope.province and scope.quarter:
        return (scope.province.code, scope.quarter.code) in find_hidden_in_grid(cells, least=STAFF_LEAST)
    axis, chosen = (0, scope.province.code) if scope.province else (1, scope.quarter.code if scope.quarter else "")
    sizes: dict[str, int] = {}
    for key, count in cells.items():
        sizes[key[axis]] = sizes.get(key[axis], 0) + count
    return chosen in find_hidden(sizes, least=STAFF_LEAST)


def count_cells(scope: Scope) -> Cells:
    """Applicants by place and quarter."""
    rows: Any = scope.applications.order_by().values(_place=scope.place_of(APPLICATION), _quarter=quarter_of("sent_at"))
    return {(row["_place"], row["_quarter"]): row["n"] for row in rows.annotate(n=Count("applicant", distinct=True))}
