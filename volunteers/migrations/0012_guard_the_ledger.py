"""The database itself refuses to change or delete a line of the ledger."""

from django.db import migrations

MESSAGE = "the ledger is only ever added to"
SQLITE = (
    f"CREATE TRIGGER volunteers_ledger_no_change BEFORE UPDATE ON volunteers_ledgerentry "
    f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
    f"CREATE TRIGGER volunteers_ledger_no_delete BEFORE DELETE ON volunteers_ledgerentry "
    f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
)
POSTGRESQL = (
    f"CREATE FUNCTION volunteers_ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER volunteers_ledger_no_change BEFORE UPDATE OR DELETE ON volunteers_ledgerentry "
    "FOR EACH ROW EXECUTE FUNCTION volunteers_ledger_refuse()",
)
UNDO = {
    "sqlite": (
        "DROP TRIGGER volunteers_ledger_no_change",
        "DROP TRIGGER volunteers_ledger_no_delete",
    ),
    "postgresql": (
        "DROP TRIGGER volunteers_ledger_no_change ON volunteers_ledgerentry",
        "DROP FUNCTION volunteers_ledger_refuse()",
    ),
}


def guard(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def unguard(apps, schema_editor):
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [
        ('volunteers', '0011_begin_the_ledger'),
    ]

    operations = [
        migrations.RunPython(guard, unguard),
    ]
