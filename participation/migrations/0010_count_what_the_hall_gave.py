from django.db import migrations
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce


def count(apps, schema_editor):
    Question, ShowOfHands = (apps.get_model("participation", name) for name in ("Question", "ShowOfHands"))
    Support = apps.get_model("participation", "Support")
    given = Support.objects.filter(question=OuterRef("pk")).exclude(guest="").order_by().values("question")
    Question.objects.update(hall_count=Coalesce(Subquery(given.annotate(n=Count("pk")).values("n")), 0))
    for hands in ShowOfHands.objects.all():
        chosen = dict(hands.raised.exclude(guest="").order_by().values_list("choice").annotate(n=Count("pk")))
        hands.hall_counts = [chosen.get(at, 0) for at in range(len(hands.choices))]
        hands.save(update_fields=["hall_counts"])


class Migration(migrations.Migration):
    dependencies = [("participation", "0009_count_the_hall_apart")]
    operations = [migrations.RunPython(count, migrations.RunPython.noop, elidable=True)]
