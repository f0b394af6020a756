"""Who wants to hear of a commune's planning."""

from django.conf import settings
from django.db import models

from participation.querysets import FollowQuerySet
from places.models import Commune


class Follow(models.Model):
    """One person, one commune. Any person may follow any commune: many live away from their own."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="follows")
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="follows")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FollowQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("commune", "user"), name="participation_follow_once"),)

    def __str__(self) -> str:
        return f"{self.pk}"
