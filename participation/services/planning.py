"""Setting the dates of a planning year."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from accounts.models import User
from notifications.services import notify
from participation.enums import StepKind
from participation.models import Follow, PlanningStep, PlanningYear
from participation.services.notices.year import DATES_CHANGED
from places.models import Commune, District

FOLLOWERS_AT_ONCE = 500


@dataclass(frozen=True)
class PlannedStep:
    """A step as typed; only a step of one's own has titles."""

    kind: StepKind
    start_date: date
    end_date: date
    title_km: str = ""
    title_en: str = ""


@transaction.atomic
def set_dates(
    place: Commune | District | None, year: int, *, steps: list[PlannedStep], source: str, by: User
) -> PlanningYear:
    """The place's own set of dates for the plan of `year`; `place` None is the whole country.

    The same dates again change nothing and tell nobody. Followers of a commune are told of its own changes only:
    dates of a district or the country reach them by the reminder before each step.
    """
    where: dict[str, Any] = {
        "commune": place if isinstance(place, Commune) else None,
        "district": place if isinstance(place, District) else None,
    }
    row, is_new = PlanningYear.objects.select_for_update().get_or_create(year=year, **where)
    before = set() if is_new else {_key(step) for step in row.steps.all()}
    if {_key(step) for step in steps} == before and row.source == source:
        return row
    row.steps.all().delete()
    PlanningStep.objects.bulk_create(PlanningStep(planning_year=row, **vars(step)) for step in steps)
    row.source, row.changed_by, row.changed_at = source, by, timezone.now()
    row.save()
    if isinstance(place, Commune) and {_key(step) for step in steps} != before:
        transaction.on_commit(partial(tell_of_dates_task.enqueue, place.pk, year, row.changed_at.isoformat()))
    return row


@transaction.atomic
def drop_dates(place: Commune | District, year: int) -> None:
    """Back to the dates of the district or the country, or the usual ones. Followers of a commune are told."""
    field = "commune" if isinstance(place, Commune) else "district"
    gone, _rows = PlanningYear.objects.filter(year=year, **{field: place}).delete()
    if gone and isinstance(place, Commune):
        transaction.on_commit(partial(tell_of_dates_task.enqueue, place.pk, year, timezone.now().isoformat()))


def _key(step: PlannedStep | PlanningStep) -> tuple[str, date, date, str, str]:
    return step.kind, step.start_date, step.end_date, step.title_km, step.title_en


def tell_of_dates(commune: Commune, year: int, mark: str) -> int:
    """Tell the followers of the commune; answers how many were told. `mark` tells one change from the next."""
    return tell_followers(
        commune,
        kind=DATES_CHANGED,
        dedupe_key=f"dates:{commune.pk}:{year}:{mark}",
        data={"year": year},
        url=reverse("planning-year", args=[commune.code]),
    )


def tell_followers(commune: Commune, *, data: dict[str, Any], **news: Any) -> int:
    """`notify` for everybody who follows the commune, some hundreds at a time. Call it from a task."""
    told = 0
    data = {"commune": name_both_ways(commune)} | data
    rows = Follow.objects.of_active_people().filter(commune=commune).select_related("user").order_by("pk")
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:FOLLOWERS_AT_ONCE]):
        told += notify([row.user for row in batch], data=data, **news)
        last = batch[-1].pk
    return told


def name_both_ways(commune: Commune) -> dict[str, str]:
    """The commune's name for a notification, which is put into words when it is read."""
    kind = commune.KHMER_KINDS[commune.kind]
    return {"km": f"{kind}{commune.name_km}", "en": commune.name_en}


@task()
def tell_of_dates_task(commune_pk: int, year: int, mark: str) -> None:
    tell_of_dates(Commune.objects.get(pk=commune_pk), year, mark)
