"""Every phrase of every post can be found, by trigrams.

SQLite: a full-text table of trigrams without a copy of the text, kept in step by triggers, and the list of its trigrams.
PostgreSQL: an index of exactly the same trigrams, each written out. `pg_trgm` would hash them and throw away what the
server's locale takes for no letter, which for Khmer depends on the server.

A later change to `forums_posttext` on SQLite copies the table and loses the triggers: make them anew then.
"""

from django.db import migrations, models

SQLITE = (
    """CREATE VIRTUAL TABLE forums_trigram USING fts5(
        text, content='forums_posttext', content_rowid='post_id', tokenize='trigram case_sensitive 1', detail=none)""",
    "CREATE VIRTUAL TABLE forums_trigram_term USING fts5vocab(forums_trigram, 'row')",
    """CREATE TRIGGER forums_posttext_added AFTER INSERT ON forums_posttext BEGIN
        INSERT INTO forums_trigram(rowid, text) VALUES (new.post_id, new.text); END""",
    """CREATE TRIGGER forums_posttext_gone AFTER DELETE ON forums_posttext BEGIN
        INSERT INTO forums_trigram(forums_trigram, rowid, text) VALUES ('delete', old.post_id, old.text); END""",
    """CREATE TRIGGER forums_posttext_changed AFTER UPDATE OF text ON forums_posttext BEGIN
        INSERT INTO forums_trigram(forums_trigram, rowid, text) VALUES ('delete', old.post_id, old.text);
        INSERT INTO forums_trigram(rowid, text) VALUES (new.post_id, new.text); END""",
)
SQLITE_BACK = (
    "DROP TRIGGER forums_posttext_added",
    "DROP TRIGGER forums_posttext_gone",
    "DROP TRIGGER forums_posttext_changed",
    "DROP TABLE forums_trigram_term",
    "DROP TABLE forums_trigram",
)
# Dear on purpose: no plan may work trigrams out row by row where the index knows them.
POSTGRESQL = (
    """CREATE FUNCTION forums_trigrams(text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10000 AS $$
        SELECT array_to_tsvector(array(
            SELECT DISTINCT letter || lead(letter, 1, ' ') OVER here || lead(letter, 2, ' ') OVER here
            FROM unnest(string_to_array($1, NULL)) WITH ORDINALITY AS letters(letter, place)
            WINDOW here AS (ORDER BY place))) $$""",
    "CREATE INDEX forums_posttext_trigrams ON forums_posttext USING gin (forums_trigrams(text))",
)
POSTGRESQL_BACK = ("DROP INDEX forums_posttext_trigrams", "DROP FUNCTION forums_trigrams(text)")


def run(editor, sqlite, postgresql):
    for statement in {"sqlite": sqlite, "postgresql": postgresql}[editor.connection.vendor]:
        editor.execute(statement)


def make_index(apps, editor):
    run(editor, SQLITE, POSTGRESQL)


def drop_index(apps, editor):
    run(editor, SQLITE_BACK, POSTGRESQL_BACK)


class Migration(migrations.Migration):
    dependencies = [("forums", "0013_give_old_ideas_a_path")]
    operations = [
        migrations.AlterField("topic", "search_text", models.TextField(default="", editable=False)),
        migrations.RemoveField("topic", "search_text"),
        migrations.RunPython(make_index, drop_index),
    ]
