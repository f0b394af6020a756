from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("volunteers", "0021_note_what_is_not_proved")]

    operations = [
        migrations.RemoveConstraint(model_name="round", name="volunteers_round_dates_in_order"),
        migrations.AddField(
            model_name="round",
            name="draw_at",
            field=models.DateTimeField(null=True, verbose_name="the number is drawn in public"),
        ),
        migrations.AddField(
            model_name="round",
            name="names_hash",
            field=models.CharField(blank=True, default="", editable=False, max_length=64),
        ),
    ]
