from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

LEVELS = ("Province", "District", "Commune", "Village")
COLUMNS = ("search_text", "sound")


def add_indexes(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """PostgreSQL finds a part of a name by trigrams; SQLite reads these small tables faster than it could look up."""
    if schema_editor.connection.vendor != "postgresql":
        return
    for level in LEVELS:
        model = apps.get_model("places", level)
        for column in COLUMNS:
            schema_editor.add_index(model, trigram_index(level, column))


def remove_indexes(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    for level in LEVELS:
        for column in COLUMNS:
            schema_editor.remove_index(apps.get_model("places", level), trigram_index(level, column))


def trigram_index(level: str, column: str) -> GinIndex:
    return GinIndex(OpClass(column, name="gin_trgm_ops"), name=f"places_{level.lower()}_{column[:6]}_trgm")


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]

    operations = [TrigramExtension(), migrations.RunPython(add_indexes, remove_indexes)]
