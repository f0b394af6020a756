from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("volunteers", "0023_draw_after_scoring")]

    operations = [
        migrations.AlterField(
            model_name="round",
            name="draw_at",
            field=models.DateTimeField(verbose_name="the number is drawn in public"),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    choices_close_at__gt=models.F("opens_at"),
                    scoring_closes_at__gte=models.F("choices_close_at"),
                    draw_at__gte=models.F("scoring_closes_at"),
                    confirm_by__gt=models.F("draw_at"),
                    second_closes_at__gt=models.F("confirm_by"),
                ),
                name="volunteers_round_dates_in_order",
            ),
        ),
    ]
