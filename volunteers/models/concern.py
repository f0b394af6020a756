"""Somebody fears for a person's safety in a place: read by the programme's staff alone, and kept for good."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from volunteers.enums import ConcernStep, PlacementStatus, Side
from volunteers.models.application import Placement

LONGEST_CONCERN = 2000


class KeptError(Exception):
    """Somebody tried to delete what is kept for good."""


class KeptQuerySet(models.QuerySet[Any]):
    def delete(self) -> Any:
        raise KeptError


class Concern(models.Model):
    """Open until staff close it. `found` is the state of the place before it was paused for this."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    placement = models.ForeignKey(Placement, models.PROTECT, related_name="concerns")
    side = models.CharField(max_length=10, choices=Side)
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    words = models.TextField(_("what happened, or what you fear"), max_length=LONGEST_CONCERN)
    found = models.CharField(max_length=12, choices=PlacementStatus, editable=False)
    raised_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = KeptQuerySet.as_manager()

    class Meta:
        ordering = ("raised_at", "pk")
        indexes = (
            models.Index(fields=("raised_at", "id"), condition=Q(closed_at=None), name="volunteers_concern_open"),
        )

    def __str__(self) -> str:
        return str(self.public_id)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise KeptError


class ConcernLine(models.Model):
    """What staff did about a concern, and that they read it: who, when, in which words."""

    concern = models.ForeignKey(Concern, models.PROTECT, related_name="lines")
    step = models.CharField(max_length=10, choices=ConcernStep)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    words = models.TextField(_("note"), max_length=LONGEST_CONCERN, blank=True, default="")
    at = models.DateTimeField(auto_now_add=True)

    objects = KeptQuerySet.as_manager()

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.concern_id} · {self.step}"

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise KeptError
