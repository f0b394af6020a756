"""Pages by key: the address carries the last row seen, so page 1,000 costs what page 1 costs and no row is skipped
or shown twice when others are written meanwhile. A cursor that is broken, old or made up shows the first page.
"""

import base64
import binascii
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Field, Model, Q, QuerySet
from django.http import HttpRequest

PARAMETER = "cursor"
FORWARD, BACKWARD = "n", "p"
LONGEST = 1000  # characters of a cursor worth reading
UNREADABLE = (ValueError, TypeError, AttributeError, OverflowError, binascii.Error, ValidationError, RecursionError)

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class KeysetPage(Generic[Row]):
    """`items` in the asked order, and the cursors of the pages on either side (None at an end)."""

    items: list[Row]
    next_cursor: str | None
    previous_cursor: str | None

    def __iter__(self) -> Iterator[Row]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


@dataclass(frozen=True)
class _Key:
    """One ordering key: the attribute, its direction, and the field that reads it back from a cursor."""

    name: str
    descending: bool
    field: "Field[Any, Any]"


def paginate_by_key(
    queryset: QuerySet[Row],
    request: HttpRequest,
    by: str | Sequence[str] = "-created_at",
    size: int = 20,
    dress: Callable[[QuerySet[Row]], QuerySet[Row]] | None = None,
) -> KeysetPage[Row]:
    """The page `?cursor=` asks for. `by` names never-null fields or annotations, "-" for descending; ties fall to the
    primary key in the direction of the last name. One query, whatever the depth.

    `dress` joins and annotates the rows of the page once they are chosen: no plan can then join first and sort
    everything afterwards, as SQLite does when a joined table is small.
    """
    keys = _read_keys(queryset, [by] if isinstance(by, str) else list(by))
    direction, values = _read_cursor(request.GET.get(PARAMETER, ""), keys)
    backward = direction == BACKWARD
    if values:
        queryset = queryset.filter(_beyond(keys, values, backward))
    order = [("-" if key.descending != backward else "") + key.name for key in keys]
    chosen = queryset.order_by(*order)
    if dress is not None:
        page = queryset.model._default_manager.filter(pk__in=chosen.values("pk")[: size + 1])
        chosen = dress(page).order_by(*order)
    rows = list(chosen[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    if backward:
        rows.reverse()
    has_next, has_previous = (bool(rows), more) if backward else (more, bool(values and rows))
    return KeysetPage(
        items=rows,
        next_cursor=_write_cursor(FORWARD, rows[-1], keys) if has_next else None,
        previous_cursor=_write_cursor(BACKWARD, rows[0], keys) if has_previous else None,
    )


def _read_keys(queryset: QuerySet[Any], names: list[str]) -> list[_Key]:
    descending = names[-1].startswith("-")
    keys = []
    for name in [*names, "-pk" if descending else "pk"]:
        bare = name.removeprefix("-")
        keys.append(_Key(bare, name.startswith("-"), find_field(queryset, bare)))
    return keys


def find_field(queryset: QuerySet[Any], name: str) -> "Field[Any, Any]":
    """What reads a value of this name: the annotation's field or the model's."""
    annotation, options = queryset.query.annotations.get(name), queryset.model._meta
    field: Field[Any, Any] = (
        annotation.output_field if annotation else options.pk if name == "pk" else options.get_field(name)
    )
    return field


def _beyond(keys: list[_Key], values: list[Any], backward: bool) -> Q:
    """Rows after `values` in the ordering: the first key that differs decides."""
    condition, equal = Q(), Q()
    for key, value in zip(keys, values, strict=True):
        operator = "lt" if key.descending != backward else "gt"
        condition |= equal & Q(**{f"{key.name}__{operator}": value})
        equal &= Q(**{key.name: value})
    first = keys[0]  # said again alone, so that the database starts its index walk here
    operator = "lte" if first.descending != backward else "gte"
    return Q(**{f"{first.name}__{operator}": values[0]}) & condition


def _write_cursor(direction: str, row: Model, keys: list[_Key]) -> str:
    values = [getattr(row, key.field.attname if key.name == key.field.name else key.name) for key in keys]
    text = json.dumps([direction, *values], default=str, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read_cursor(text: str, keys: list[_Key]) -> tuple[str, list[Any]]:
    """Direction and values, or the first page's (FORWARD, []) for anything that is not a cursor of these keys."""
    if not text or len(text) > LONGEST:
        return FORWARD, []
    try:
        direction, *values = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if direction not in (FORWARD, BACKWARD) or len(values) != len(keys) or None in values:
            return FORWARD, []
        return direction, [read_value(key.field, value) for key, value in zip(keys, values, strict=True)]
    except UNREADABLE:
        return FORWARD, []


def read_value(field: "Field[Any, Any]", value: Any) -> Any:
    """The value as the field has it; one of `UNREADABLE` for one that no row could hold."""
    if isinstance(value, str) and b"\x00" in value.encode():
        raise ValidationError("NUL")
    value = field.to_python(value)
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValidationError("naive")
        value = value.astimezone(UTC)  # beyond the calendar's ends this overflows here, not in the database
    field.run_validators(value)
    return value
