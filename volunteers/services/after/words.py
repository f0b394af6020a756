"""What volunteers wrote about their places, for the programme's staff alone."""

from django.db.models import QuerySet

from volunteers.enums import Speaker
from volunteers.models import Feedback

POOR = 2  # a score at which somebody should look


def list_words() -> "QuerySet[Feedback]":
    """Answers of volunteers that are open, with their office and code name; ready for a page."""
    rows = Feedback.objects.filter(side=Speaker.VOLUNTEER, ask__opened_at__isnull=False)
    return rows.select_related("ask__placement__application__request", "ask__office__commune__district__province")
