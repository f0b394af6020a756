from datetime import timedelta

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

USUAL = timedelta(days=7)


def begin(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Questions asked before there was a clock: an office that is there has its days from today."""
    topics, asked = apps.get_model("forums", "Topic").objects, apps.get_model("forums", "Asked")
    offices = apps.get_model("accounts", "Organisation").objects.filter(verification="verified")
    communes, now = set(offices.values_list("commune", flat=True)), timezone.now()
    rows = topics.filter(kind="question", asked=None, board__commune__isnull=False)
    asked.objects.bulk_create(
        asked(
            topic_id=pk,
            since=now if commune in communes else None,
            due_at=now + USUAL if commune in communes else None,
        )
        for pk, commune in rows.values_list("pk", "board__commune")
    )


class Migration(migrations.Migration):
    dependencies = [("forums", "0020_give_questions_a_clock")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop, elidable=True)]
