from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def begin(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Ideas written before there was a path stand at its beginning."""
    topic, idea, step = (apps.get_model("forums", name) for name in ("Topic", "Idea", "IdeaStep"))
    rows = list(topic.objects.filter(kind="idea", idea=None).values_list("pk", "created_at", "author"))
    idea.objects.bulk_create(idea(topic_id=pk, status_at=written, step_count=1) for pk, written, _ in rows)
    step.objects.bulk_create(
        step(idea_id=pk, number=1, verb="send", status="received", by_id=author, created_at=written)
        for pk, written, author in rows
    )


class Migration(migrations.Migration):
    dependencies = [("forums", "0012_tell_how_far_an_idea_is")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop, elidable=True)]
