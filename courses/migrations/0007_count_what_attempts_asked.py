from django.db import migrations


def count_questions(apps, schema_editor):
    """Attempts from before random draws asked every question of their version."""
    Attempt = apps.get_model("courses", "Attempt")
    for attempt in Attempt.objects.filter(total=0).select_related("version").iterator():
        attempt.total = len(attempt.version.questions)
        attempt.save(update_fields=["total"])


class Migration(migrations.Migration):
    dependencies = [("courses", "0006_take_quizzes_in_full")]
    operations = [migrations.RunPython(count_questions, migrations.RunPython.noop)]
