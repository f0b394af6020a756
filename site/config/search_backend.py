"""Wagtail's database search, with one Khmer normaliser on both sides: what is indexed and what is asked.

Identical-looking Khmer is often coded differently, so raw text would miss what a person sees. A double quote in a
query is an uncaught error in the SQLite backend; here it is a space.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection, models

from places.khmer import normalise

# Each backend imports only on its own database.
DatabaseIndex: Any
DatabaseBackend: Any
if connection.vendor == "postgresql":
    from modelsearch.backends.database.postgres import postgres

    DatabaseIndex, DatabaseBackend = postgres.PostgresIndex, postgres.PostgresSearchBackend
    PLAIN_TEXT = ["title_text", "body_text"]
else:
    from modelsearch.backends.database.sqlite import sqlite

    DatabaseIndex, DatabaseBackend = sqlite.SQLiteIndex, sqlite.SQLiteSearchBackend
    PLAIN_TEXT = ["title", "body", "autocomplete"]


class KhmerIndex(DatabaseIndex):  # type: ignore[misc]
    """Rewrites the plain text columns of each entry in comparable form."""

    def add_items(self, model: type[models.Model], objs: Iterable[models.Model]) -> None:
        objs = list(objs)
        super().add_items(model, objs)
        keys = [str(obj.pk) for obj in objs]
        about = {"content_type__app_label": model._meta.app_label, "content_type__model": model._meta.model_name}
        written = list(self.entries.filter(**about, object_id__in=keys))
        for entry in written:
            for field in PLAIN_TEXT:
                setattr(entry, field, normalise(getattr(entry, field) or ""))
        self.entries.bulk_update(written, PLAIN_TEXT, batch_size=100)


class SearchBackend(DatabaseBackend):  # type: ignore[misc]
    """Normalises the words asked for; query objects of Wagtail's own pass as they are."""

    index_class = KhmerIndex

    def search(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        return super().search(clean_query(query), *args, **kwargs)

    def autocomplete(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        return super().autocomplete(clean_query(query), *args, **kwargs)


def clean_query(query: Any) -> Any:
    """Comparable text without double quotes; anything but text unchanged."""
    return normalise(query.replace('"', " ")) if isinstance(query, str) else query
