"""Two spans of time of one person never overlap: one declaration, held by both databases."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement, Table
from django.db.models.constraints import BaseConstraint

GIST = "EXCLUDE USING gist ({owner} WITH =, tstzrange({start}, {end}) WITH &&) WHERE ({status} IN ({statuses}))"
# SQLite has no exclusion constraint. A trigger reads under the same write lock under which it writes, so it is as firm.
TRIGGER = (
    "CREATE TRIGGER {trigger} BEFORE {event} ON %(table)s WHEN NEW.{status} IN ({statuses}) BEGIN "
    "SELECT RAISE(ABORT, '{name}') WHERE EXISTS (SELECT 1 FROM %(table)s WHERE {owner} = NEW.{owner} "
    "AND id <> COALESCE(NEW.id, 0) AND {status} IN ({statuses}) AND {start} < NEW.{end} AND {end} > NEW.{start}); END"
)


class NoClash(BaseConstraint):
    """Rows of one `owner` whose `status` is one of `statuses` never share a moment between `start` and `end`.

    On SQLite it is two triggers; they are written again whenever a migration rebuilds the table.
    """

    def __init__(self, *, name: str, owner: str, start: str, end: str, statuses: Sequence[str]) -> None:
        super().__init__(name=name)
        self.owner, self.start, self.end, self.statuses = owner, start, end, tuple(map(str, statuses))

    def constraint_sql(self, model: Any, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        assert schema_editor is not None  # noqa: S101 Django always gives one
        if schema_editor.connection.vendor != "sqlite":
            return f"CONSTRAINT {schema_editor.quote_name(self.name)} {self._fill(GIST, model, schema_editor)}"
        table = Table(model._meta.db_table, schema_editor.quote_name)
        for event in ("INSERT", "UPDATE"):
            trigger = schema_editor.quote_name(f"{self.name}_{event.lower()}")
            sql = self._fill(TRIGGER, model, schema_editor, trigger=trigger, event=event)
            schema_editor.deferred_sql.append(Statement(sql, table=table))
        return ""

    def create_sql(self, model: Any, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        """Of PostgreSQL; SQLite rebuilds the table instead, and asks `constraint_sql`."""
        assert schema_editor is not None  # noqa: S101 Django always gives one
        table = schema_editor.quote_name(model._meta.db_table)
        return f"ALTER TABLE {table} ADD {self.constraint_sql(model, schema_editor)}"

    def remove_sql(self, model: Any, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        assert schema_editor is not None  # noqa: S101 Django always gives one
        table = schema_editor.quote_name(model._meta.db_table)
        return f"ALTER TABLE {table} DROP CONSTRAINT {schema_editor.quote_name(self.name)}"

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: str = "default") -> None:
        if instance.status not in self.statuses:
            return
        others = model._default_manager.using(using).exclude(pk=instance.pk)
        clash = {
            self.owner: getattr(instance, self.owner),
            "status__in": self.statuses,
            f"{self.start}__lt": getattr(instance, self.end),
            f"{self.end}__gt": getattr(instance, self.start),
        }
        if others.filter(**clash).exists():
            raise ValidationError(self.get_violation_error_message(), code=self.violation_error_code)

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        kwargs |= {"owner": self.owner, "start": self.start, "end": self.end, "statuses": self.statuses}
        return path, tuple(args), kwargs

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NoClash) and self.deconstruct() == other.deconstruct()

    __hash__ = BaseConstraint.__hash__

    def _fill(self, sql: str, model: Any, schema_editor: BaseDatabaseSchemaEditor, **more: str) -> str:
        columns = {
            name: schema_editor.quote_name(model._meta.get_field(field).column)
            for name, field in (("owner", self.owner), ("start", self.start), ("end", self.end), ("status", "status"))
        }
        statuses = ", ".join(f"'{status}'" for status in self.statuses)
        return sql.format(**columns, statuses=statuses, name=self.name, **more)
