"""Acts get their address, and reports that wait get the case they belong to."""

import uuid
from datetime import timedelta

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def fill(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    act, case, report = (apps.get_model("forums", name) for name in ("ModerationAction", "Case", "Report"))
    for row in act.objects.filter(public_id=None).iterator():
        act.objects.filter(pk=row.pk).update(public_id=uuid.uuid4())
    for row in report.objects.filter(closed_at=None, case=None).order_by("created_at", "pk"):
        desk = "programme" if row.reason == "exclusion" else "moderators"
        begun = {"reason": row.reason, "opened_at": row.created_at, "due_at": row.created_at + timedelta(days=2)}
        found, _ = case.objects.get_or_create(post_id=row.post_id, desk=desk, closed_at=None, defaults=begun)
        found.report_count += 1
        found.save()
        report.objects.filter(pk=row.pk).update(case=found)


class Migration(migrations.Migration):
    dependencies = [("forums", "0008_moderation_queue")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
