"""Something in the figures that programme staff should look at."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from volunteers.enums import AlertKind


class AlertQuerySet(models.QuerySet["Alert"]):
    def open(self) -> "AlertQuerySet":
        """Still so."""
        return self.filter(ended_at=None)

    def over(self) -> "AlertQuerySet":
        """No longer so."""
        return self.filter(ended_at__isnull=False)

    def unanswered(self) -> "AlertQuerySet":
        """Nobody has said yet that they looked at it."""
        return self.open().filter(acknowledged_at=None)


class Alert(models.Model):
    """Raised once, kept up to date while it is so, ended when it no longer is; the row and its note stay.

    `place` is the code of a province or of an office's commune, "" for the country. `facts` are whole numbers.
    """

    kind = models.CharField(max_length=10, choices=AlertKind)
    place = models.CharField(max_length=6, blank=True, default="")
    group = models.CharField(max_length=12, blank=True, default="")
    facts = models.JSONField(default=dict)
    raised_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    note = models.TextField(_("what you found, or will do"), max_length=600, blank=True, default="")

    objects = AlertQuerySet.as_manager()

    class Meta:
        ordering = ("-raised_at", "-pk")
        indexes = (models.Index(fields=("-raised_at", "-id"), name="volunteers_alert_newest"),)
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "place", "group"), condition=Q(ended_at=None), name="volunteers_alert_one_open"
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_at=None) | ~Q(note=""), name="volunteers_alert_answer_has_words"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.place} {self.group}"
