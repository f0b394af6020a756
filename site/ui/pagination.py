"""Pages by key for the API: flat cost at any depth, no total."""

from rest_framework.pagination import CursorPagination


class KeysetPagination(CursorPagination):
    """`?cursor=…&page_size=…`, newest first; a view's own `ordering` wins."""

    ordering = "-pk"
    page_size = 20
    page_size_query_param = "page_size"
    max_page_size = 100
