"""Pages by key for the API: flat cost at any depth, no total."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from rest_framework.exceptions import NotFound
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request
from rest_framework.views import APIView

from ui.keyset import UNREADABLE, find_field, read_value


class KeysetPagination(CursorPagination):
    """`?cursor=…&page_size=…`, newest first; a view's own `ordering` wins. A cursor that no page gave is 404."""

    ordering = "-pk"
    page_size = 20
    page_size_query_param = "page_size"
    max_page_size = 100

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: APIView) -> tuple[str, ...]:
        """The package's; it also learns here what the cursor will point into."""
        self.queryset = queryset
        return tuple(super().get_ordering(request, queryset, view))

    def decode_cursor(self, request: Request) -> Cursor | None:
        """The package's, but the position is read as its field would before the database has to."""
        cursor = super().decode_cursor(request)
        if cursor is None or cursor.position is None:
            return cursor
        field = find_field(self.queryset, self.ordering[0].removeprefix("-"))
        try:
            read_value(field, cursor.position)
        except UNREADABLE:
            raise NotFound(self.invalid_cursor_message) from None
        return cursor


def dress_rows(chosen: Sequence[Any] | None, rows: QuerySet[Any]) -> list[Any]:
    """The rows of a page once they are chosen, in their order, with all that `rows` joins: no plan can then join first
    and sort everything afterwards. One query.
    """
    found = rows.in_bulk([row.pk for row in chosen or ()])
    return [found[row.pk] for row in chosen or () if row.pk in found]
