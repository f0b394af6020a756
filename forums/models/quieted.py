"""Whose posts a person has folded for themselves."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

PERSON = settings.AUTH_USER_MODEL


class Quieted(models.Model):
    """`user` reads what `person` posts only when they open it, and is told nothing of it. Nobody else learns of it, the
    person least of all. What is said for an office is never folded.
    """

    user = models.ForeignKey(PERSON, models.CASCADE, related_name="quieted")
    person = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("user", "person"), name="forums_quieted_once"),
            models.CheckConstraint(condition=~Q(user=F("person")), name="forums_quieted_another"),
        )
        indexes = (models.Index(fields=("user", "-created_at", "-id"), name="forums_quieted_of_user"),)

    def __str__(self) -> str:
        return f"{self.pk}"
