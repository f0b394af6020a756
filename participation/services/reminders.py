"""Reminding followers of a step of the plan a week before it begins."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from participation.enums import Reach, StepKind
from participation.models import PlanningStep, PlanningYear, StepReminder
from participation.services.notices.year import STEP_SOON, STEP_USUALLY
from participation.services.planning import tell_followers
from participation.services.timeline import list_usual_steps
from participation.services.usual import plan_year_on
from places.models import Commune

AHEAD = timedelta(days=7)


def remind_of_steps(today: date | None = None) -> int:
    """Queue a reminder for each followed commune and step that begins within a week; answers how many."""
    today = today or timezone.localdate()
    known = set(StepReminder.objects.filter(start_date__gte=today).values_list("commune_id", "step", "start_date"))
    due = [
        (commune, step, reach)
        for commune, step, reach in list_due_steps(today)
        if (commune.pk, step.key, step.start_date) not in known
    ]
    return sum(_remind(commune, step, reach) for commune, step, reach in due)


def list_due_steps(today: date) -> Iterator[tuple[Commune, PlanningStep, Reach]]:
    """Steps of followed communes that begin from today to a week ahead. Four queries, however many communes."""
    years = {plan_year_on(today), plan_year_on(today + AHEAD)}
    communes = list(Commune.objects.filter(follows__user__is_active=True).distinct().order_by("pk"))
    sets = list(PlanningYear.objects.filter(year__in=years).with_steps())
    by_place = {(found.year, found.commune_id, found.district_id): found for found in sets}
    usual = {year: list_usual_steps(year) for year in years}
    for commune in communes:
        for year in sorted(years):
            places = ((commune.pk, None), (None, commune.district_id), (None, None))
            found = next((by_place[year, *place] for place in places if (year, *place) in by_place), None)
            steps, reach = (list(found.steps.all()), found.reach) if found else (usual[year], Reach.USUAL)
            yield from ((commune, step, reach) for step in steps if today <= step.start_date <= today + AHEAD)


def _remind(commune: Commune, step: PlanningStep, reach: Reach) -> bool:
    """Write that it is done, then queue the telling: two clocks at once remind once."""
    try:
        with transaction.atomic():
            StepReminder.objects.create(commune=commune, step=step.key, start_date=step.start_date)
            remind_task.enqueue(
                commune.pk,
                kind=step.kind,
                title_km=step.title_km,
                title_en=step.title_en,
                start=step.start_date.isoformat(),
                is_usual=reach == Reach.USUAL,
            )
    except IntegrityError:
        return False
    return True


@task()
def remind_task(commune_pk: int, *, kind: str, title_km: str, title_en: str, start: str, is_usual: bool) -> None:
    """Tell the followers of one step that begins on the day `start` (ISO)."""
    commune = Commune.objects.get(pk=commune_pk)
    step = {"km": title_km, "en": title_en} if kind == StepKind.OWN else ""
    tell_followers(
        commune,
        kind=STEP_USUALLY if is_usual else STEP_SOON,
        dedupe_key=f"step:{commune.code}:{title_km or kind}:{start}",
        data={"kind": kind, "step": step, "starts_on": start},
        url=reverse("planning-year", args=[commune.code]),
    )
