"""Requests as the ranked list reads them: narrow rows, so that a database goes through twenty thousand in a moment.

Everything here follows from other tables. `services.finding.listing` writes it in the transaction that changes those,
and `manage.py recount_listings` says where the two drifted apart.
"""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Organisation
from volunteers.models.request import VolunteerRequest


class SkillSet(models.Model):
    """One combination of skills that some request asks for; `key` has their ids in order, as in "3,17"."""

    key = models.CharField(max_length=400, unique=True)

    def __str__(self) -> str:
        return self.key

    @property
    def skill_ids(self) -> list[int]:
        return [int(number) for number in self.key.split(",")]


class ListingQuerySet(models.QuerySet["RequestListing"]):
    def open(self) -> Self:
        """Takes applications now."""
        return self.filter(is_open=True, expires_at__gt=timezone.now())

    def opened_since(self, moment: datetime) -> Self:
        return self.filter(opened_at__gt=moment)


class RequestListing(models.Model):
    """One request. `place` is the commune's code as a number, so that a district or province is a range.

    `times` has a bit for each time of day in the order of `TimeOfDay`, 0 where any time will do. The points are those
    of `services.finding.points`, counted anew once a day: an order that moved during the day would lose rows between
    pages.
    """

    request = models.OneToOneField(VolunteerRequest, models.CASCADE, primary_key=True, related_name="listing")
    office = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    is_open = models.BooleanField(default=False)
    opened_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    place = models.PositiveIntegerField(default=0)
    times = models.PositiveSmallIntegerField(default=0)
    is_remote = models.BooleanField(default=False)
    pays_costs = models.BooleanField(default=False)  # or a stipend
    pays_stipend = models.BooleanField(default=False)
    minimum_age = models.PositiveSmallIntegerField(default=0)
    start_date = models.DateField(null=True)
    end_date = models.DateField(null=True)
    skill_set = models.ForeignKey(SkillSet, models.PROTECT, null=True, related_name="+")
    received = models.PositiveIntegerField(default=0)  # applications sent so far, however they ended

    fresh = models.PositiveSmallIntegerField(default=0)
    response = models.PositiveSmallIntegerField(default=0)
    penalty = models.PositiveSmallIntegerField(default=0)
    standing = models.SmallIntegerField(default=0)  # fresh + response - penalty
    is_lifted = models.BooleanField(default=False)  # of an office that few have seen
    counted_date = models.DateField(null=True)

    objects = ListingQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("-standing", "-opened_at"), condition=Q(is_open=True), name="volunteers_listing_best"),
            models.Index(fields=("-opened_at",), condition=Q(is_open=True), name="volunteers_listing_newest"),
            models.Index(fields=("expires_at",), condition=Q(is_open=True), name="volunteers_listing_closing"),
            models.Index(fields=("place",), condition=Q(is_open=True), name="volunteers_listing_place"),
            models.Index(fields=("counted_date",), condition=Q(is_open=True), name="volunteers_listing_uncounted"),
        )

    def __str__(self) -> str:
        return f"{self.request_id} · {self.standing}"


class RequestText(models.Model):
    """What a search looks through, in comparable form (`places.khmer.normalise`); apart, to keep the listing narrow."""

    request = models.OneToOneField(VolunteerRequest, models.CASCADE, primary_key=True, related_name="search")
    text = models.TextField()

    def __str__(self) -> str:
        return self.text[:40]
