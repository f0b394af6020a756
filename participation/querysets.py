"""Reads of planning years and followers."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from places.models import Commune, District

if TYPE_CHECKING:
    from participation.models import Follow, PlanningYear  # noqa: F401  in the annotations below


class PlanningYearQuerySet(models.QuerySet["PlanningYear"]):
    def meant_for(self, place: Commune | District | None) -> "PlanningYearQuerySet":
        """The sets that could hold there: the place's own, those of the places above it, the country's."""
        here = Q(commune=None, district=None)
        if isinstance(place, Commune):
            here |= Q(commune=place) | Q(district=place.district_id)
        elif place is not None:
            here |= Q(district=place)
        return self.filter(here)

    def with_steps(self) -> "PlanningYearQuerySet":
        return self.prefetch_related("steps")


class FollowQuerySet(models.QuerySet["Follow"]):
    def of_active_people(self) -> "FollowQuerySet":
        return self.filter(user__is_active=True)
