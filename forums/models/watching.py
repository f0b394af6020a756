"""Words that make a post wait or be looked at, and the quiet time around an election."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language

from forums.enums import HideReason, WordEffect
from places.khmer import normalise


class WatchedWord(models.Model):
    """`form` is the word in comparable form. `friends`: longer words around it that mean something else, one a line."""

    word = models.CharField(max_length=80)
    form = models.CharField(max_length=80, unique=True, editable=False)
    friends = models.TextField(max_length=1000, blank=True, default="")
    effect = models.CharField(max_length=5, choices=WordEffect, default=WordEffect.FLAG)
    reason = models.CharField(max_length=14, choices=HideReason)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("form",)

    def __str__(self) -> str:
        return self.word

    def save(self, *args: object, **kwargs: object) -> None:
        self.form = normalise(self.word)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class QuietPeriod(models.Model):
    """Rows are never changed but for their early end: they are the record of who set what."""

    start_date = models.DateField()
    end_date = models.DateField()
    why_km = models.CharField(max_length=300)
    why_en = models.CharField(max_length=300)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-start_date", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(end_date__gte=F("start_date")), name="forums_quietperiod_has_order"),
        )

    def __str__(self) -> str:
        return f"{self.start_date:%F} {self.end_date:%F}"

    @property
    def why(self) -> str:
        return self.why_en if get_language() == "en" else self.why_km
