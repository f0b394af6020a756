"""Two questions in columns become a list; likewise their answers. Work that could be done from home keeps saying so."""

from django.db import migrations

LANGUAGES = ("km", "en")
ALL_FROM_HOME = 100


def into_lists(apps, schema_editor):
    for model in ("RequestTemplate", "VolunteerRequest"):
        for row in apps.get_model("volunteers", model).objects.iterator():
            for language in LANGUAGES:
                asked = [getattr(row, f"{name}_question_{language}") for name in ("first", "second")]
                setattr(row, f"questions_{language}", [question for question in asked if question])
            row.remote_share = ALL_FROM_HOME if row.is_remote else 0
            row.save(update_fields=["questions_km", "questions_en", "remote_share"])
    for row in apps.get_model("volunteers", "Application").objects.iterator():
        given = [row.first_answer, row.second_answer]
        row.answers = given if any(given) else []
        row.save(update_fields=["answers"])


def into_columns(apps, schema_editor):
    for model in ("RequestTemplate", "VolunteerRequest"):
        for row in apps.get_model("volunteers", model).objects.iterator():
            for language in LANGUAGES:
                asked = [*getattr(row, f"questions_{language}"), "", ""]
                setattr(row, f"first_question_{language}", asked[0])
                setattr(row, f"second_question_{language}", asked[1])
            row.is_remote = row.remote_share > 0
            row.save()
    for row in apps.get_model("volunteers", "Application").objects.iterator():
        row.first_answer, row.second_answer = [*row.answers, "", ""][:2]
        row.save(update_fields=["first_answer", "second_answer"])


class Migration(migrations.Migration):

    dependencies = [("volunteers", "0008_add_terms_and_changes")]

    operations = [migrations.RunPython(into_lists, into_columns)]
