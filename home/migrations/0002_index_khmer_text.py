"""Make the site's search find Khmer, which has no spaces between words.

SQLite: the full-text table splits text into trigrams instead of words (SQLite 3.34 or later). Same name, so the
triggers of wagtailsearch keep it in step. PostgreSQL: trigram indexes on the plain text of each entry.
"""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABLE = "wagtailsearch_indexentry"
FILL = f"INSERT INTO {TABLE}_fts(rowid, title, body, autocomplete) SELECT id, title, body, autocomplete FROM {TABLE}"
COLUMNS = ("title_text", "body_text")


def rebuild_table(editor: BaseDatabaseSchemaEditor, options: str) -> None:
    editor.execute(f"DROP TABLE IF EXISTS {TABLE}_fts")
    editor.execute(f"CREATE VIRTUAL TABLE {TABLE}_fts USING fts5(autocomplete, body, title{options})")
    # The update trigger touches only rows that exist: without this the table would stay empty.
    editor.execute(FILL)


def split_into_trigrams(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "sqlite":
        rebuild_table(editor, ', tokenize="trigram"')
    elif editor.connection.vendor == "postgresql":
        for column in COLUMNS:
            editor.execute(f"CREATE INDEX home_{column}_trigrams ON {TABLE} USING gin ({column} gin_trgm_ops)")


def split_into_words(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "sqlite":
        rebuild_table(editor, "")
    elif editor.connection.vendor == "postgresql":
        for column in COLUMNS:
            editor.execute(f"DROP INDEX home_{column}_trigrams")


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_home"),
        ("wagtailsearch", "0010_add_text_fields"),
    ]

    operations = [
        TrigramExtension(),  # does nothing on SQLite
        migrations.RunPython(split_into_trigrams, split_into_words),
    ]
