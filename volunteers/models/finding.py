"""What people keep of their searches, and what is counted about offices so that each is seen and known."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation

MOST_SEARCHES = 10
LONGEST_QUERY = 500


class SavedSearch(models.Model):
    """A person's filters under a name, as the query of the list's address.

    `seen_until` is the moment up to which new requests were looked through for it; `looked_date` the last day of that.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches")
    name = models.CharField(_("name"), max_length=80)
    query = models.CharField(max_length=LONGEST_QUERY, blank=True, default="")
    is_told = models.BooleanField(_("tell me of new work"), default=True)
    seen_until = models.DateTimeField()
    looked_date = models.DateField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-created_at", "-pk")
        indexes = (
            models.Index(fields=("looked_date",), condition=models.Q(is_told=True), name="volunteers_search_due"),
        )
        constraints = (models.UniqueConstraint(fields=("user", "query"), name="volunteers_search_once"),)

    def __str__(self) -> str:
        return self.name


class Exposure(models.Model):
    """How often requests of an office stood in a list somebody looked at, by day. Nothing tells who looked."""

    office = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    date = models.DateField()
    seen = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("date", "office"), name="volunteers_exposure_once_a_day"),)

    def __str__(self) -> str:
        return f"{self.date} {self.office_id}: {self.seen}"


class ResponseRecord(models.Model):
    """How an office answered whoever applied in the last half year; see `services.finding.records`.

    `counted` are the applications it rests on, `in_time` those answered within a week. `median_days` counts who still
    waits with the days so far; it is None where nobody applied.
    """

    office = models.OneToOneField(Organisation, models.CASCADE, primary_key=True, related_name="response_record")
    counted = models.PositiveIntegerField(default=0)
    in_time = models.PositiveIntegerField(default=0)
    median_days = models.PositiveSmallIntegerField(null=True)
    counted_date = models.DateField()

    def __str__(self) -> str:
        return f"{self.office_id}: {self.in_time} of {self.counted}"

    @property
    def percent(self) -> int:
        """Answered in time, of a hundred."""
        return round(100 * self.in_time / self.counted) if self.counted else 0
