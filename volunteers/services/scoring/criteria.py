"""What an office looks at: a usual set for every request, which the office may change until somebody is scored."""

from functools import cache
from pathlib import Path

import yaml
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from volunteers.models import Criterion, Score, VolunteerRequest
from volunteers.models.scoring import FEWEST_CRITERIA, MOST_CRITERIA
from volunteers.rules import may_end_choosing
from volunteers.services.machine import NotReadyError

USUAL = Path(__file__).resolve().parents[2] / "starter" / "criteria.yaml"
WORDS = ("name", "low", "middle", "high")


@cache
def read_usual() -> tuple[dict[str, str], ...]:
    """The usual set as columns of `Criterion`."""
    rows = yaml.safe_load(USUAL.read_text(encoding="utf-8"))
    return tuple({f"{word}_{lang}": row[word][lang] for word in WORDS for lang in ("km", "en")} for row in rows)


@transaction.atomic
def ensure_criteria(request: VolunteerRequest) -> list[Criterion]:
    """The request's criteria; the usual ones are written where there are none yet."""
    found = list(request.criteria.all())
    if found:
        return found
    VolunteerRequest.objects.select_for_update().filter(pk=request.pk).values("pk").get()
    rows = [Criterion(request=request, position=place, **words) for place, words in enumerate(read_usual(), 1)]
    Criterion.objects.bulk_create(rows, ignore_conflicts=True)
    return list(Criterion.objects.filter(request=request))


def is_settled(request: VolunteerRequest) -> bool:
    """Whether somebody was scored, so that the criteria stay as they are."""
    return Score.objects.filter(criterion__request=request).exists()


@transaction.atomic
def change_criteria(request: VolunteerRequest, rows: list[dict[str, object]], *, by: User) -> list[Criterion]:
    """Write the office's own set instead; each row has the columns of words, and a weight.

    Raises `PermissionDenied`, or `NotReadyError` once somebody was scored or for too few or too many rows.
    """
    if not may_end_choosing(by, request):
        raise PermissionDenied
    VolunteerRequest.objects.select_for_update().filter(pk=request.pk).values("pk").get()
    if is_settled(request):
        raise NotReadyError(_("Somebody is scored already: what you look at stays the same for everybody."))
    if not FEWEST_CRITERIA <= len(rows) <= MOST_CRITERIA:
        raise NotReadyError(_("Choose 3 to 5 things to look at."))
    request.criteria.all().delete()
    return Criterion.objects.bulk_create(
        [Criterion(request=request, position=place, **row) for place, row in enumerate(rows, 1)]
    )
