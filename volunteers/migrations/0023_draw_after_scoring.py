"""Rounds planned before a draw had a moment of its own: the number was entered once scoring had closed."""

from typing import Any

from django.db import migrations
from django.db.models import F


def fill(apps: Any, schema_editor: Any) -> None:
    apps.get_model("volunteers", "Round").objects.filter(draw_at=None).update(draw_at=F("scoring_closes_at"))


class Migration(migrations.Migration):
    dependencies = [("volunteers", "0022_name_the_moment_of_the_draw")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
