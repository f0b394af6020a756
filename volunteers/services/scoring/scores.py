"""Points of reviewers. Each fills a whole sheet, so the average over all points is the average over the reviewers."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, F, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from volunteers.enums import ApplicationStatus
from volunteers.models import Application, Round, RoundRequest, Score, ScoreChange, VolunteerRequest
from volunteers.models.scoring import HIGHEST_POINTS, LOWEST_POINTS
from volunteers.rules import may_score
from volunteers.services.machine import NotReadyError
from volunteers.services.scoring.criteria import ensure_criteria

SCORABLE = (ApplicationStatus.SUBMITTED, ApplicationStatus.SHORTLISTED)


@dataclass(frozen=True)
class Total:
    """The weighted average of an application, in hundredths of a point (100 to 500), and by how many reviewers."""

    hundredths: int
    reviewers: int


@transaction.atomic
def save_scores(application: Application, points: Mapping[int, int], *, by: User) -> list[Score]:
    """Keep one reviewer's whole sheet: points by the key of each criterion. A second replaces the first and is counted.

    Raises `PermissionDenied`, or `NotReadyError` for a sheet with gaps or an application already decided.
    """
    if not may_score(by, application):
        raise PermissionDenied
    if refusal := find_refusal(application):
        raise NotReadyError(refusal)
    VolunteerRequest.objects.select_for_update().filter(pk=application.request_id).values("pk").get()
    application = Application.objects.select_for_update().select_related("request").get(pk=application.pk)
    if application.status not in SCORABLE:
        raise NotReadyError(_("This application is decided already; its points stay as they are."))
    criteria = ensure_criteria(application.request)
    if any(not LOWEST_POINTS <= points.get(row.pk, 0) <= HIGHEST_POINTS for row in criteria):
        raise NotReadyError(_("Give 1 to 5 points for each line."))
    now = timezone.now()
    note_changes(application, points, by=by, now=now)
    rows = [
        Score(application=application, criterion=row, by=by, points=points[row.pk], scored_at=now) for row in criteria
    ]
    return Score.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=("application", "criterion", "by"),
        update_fields=("points", "scored_at"),
    )


def note_changes(application: Application, points: Mapping[int, int], *, by: User, now: datetime) -> None:
    """What the reviewer had given before, where it was something else: whoever compares can read it."""
    given = Score.objects.filter(application=application, by=by).values_list("criterion_id", "points")
    ScoreChange.objects.bulk_create(
        ScoreChange(application=application, criterion_id=key, by=by, before=before, after=points[key], at=now)
        for key, before in given
        if key in points and points[key] != before
    )


def count_changed(request: VolunteerRequest) -> dict[int, int]:
    """How many times a sheet was changed after it was given, by application. One query."""
    rows = ScoreChange.objects.filter(application__request=request).order_by()
    counted = rows.values("application").annotate(n=Count("at", distinct=True))
    return dict(counted.values_list("application", "n"))


def find_refusal(application: Application) -> str:
    """Why an application in a round takes no points now, by whatever page they come; "" where it does.

    Holds the round until the points are written, so that it does not move on in between.
    """
    place = RoundRequest.objects.active().filter(choices__application=application).values("round").first()
    if place is None:
        return ""
    row = Round.objects.select_for_update().get(pk=place["round"])
    return "" if row.takes_scores else _("Scoring is over; the points stay as they are.")


def list_own(applications: Collection[Application] | Collection[int], *, by: User) -> dict[int, dict[int, int]]:
    """One reviewer's sheets: points by criterion, by application. One query."""
    sheets: dict[int, dict[int, int]] = {}
    rows = Score.objects.filter(application__in=applications, by=by)
    for application, criterion, points in rows.values_list("application_id", "criterion_id", "points"):
        sheets.setdefault(application, {})[criterion] = points
    return sheets


def add_up(scores: QuerySet[Score]) -> dict[int, Total]:
    """The average of each application among these rows, by its key. One query, whole numbers only."""
    summed = (
        scores.order_by()
        .values_list("application_id")
        .annotate(
            got=Sum(F("points") * F("criterion__weight")),
            weight=Sum("criterion__weight"),
            reviewers=Count("by", distinct=True),
        )
    )
    return {key: Total(100 * got // weight, reviewers) for key, got, weight, reviewers in summed}
