"""Offices and NGOs that were verified before get the board that only they read; boards count what was begun there."""

from django.db import migrations
from django.db.models import F

BATCH = 500


def open_boards(apps, schema_editor):
    board = apps.get_model("forums", "Board")
    board.objects.filter(begun_count=0).update(begun_count=F("topic_count"))
    rows = apps.get_model("accounts", "Organisation").objects.filter(verification="verified", own_board__isnull=True)
    board.objects.bulk_create(
        [
            board(
                kind="office",
                office=office,
                slug=f"office-{office.public_id.hex[:12]}",
                title_km=f"ខាងក្នុង៖ {office.name_km}"[:200],
                title_en=f"Inside: {office.name_en}"[:200],
            )
            for office in rows
        ],
        batch_size=BATCH,
    )


def close_boards(apps, schema_editor):
    """Those nobody has written in; the others keep their words and stop the way back."""
    apps.get_model("forums", "Board").objects.filter(kind="office", topics__isnull=True).delete()


class Migration(migrations.Migration):
    dependencies = [("forums", "0005_who_reads_what")]
    operations = [migrations.RunPython(open_boards, close_boards)]
