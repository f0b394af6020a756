"""By night: bursts are found and left out, and good answers enter the figures, ten at a time."""

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from participation.enums import LeftOut, SurveyAccess
from participation.models import Survey, SurveyAnswer
from participation.services.surveys.answering import floor_to_window
from ui.small_groups import PUBLIC_LEAST


def sift_answers() -> int:
    """Of all surveys with answers that are not told yet. Answers how many became told."""
    waiting = SurveyAnswer.objects.filter(left_out="", is_told=False).order_by().values("survey")
    return sum(sift(survey) for survey in Survey.objects.filter(pk__in=waiting).order_by("pk"))


@transaction.atomic
def sift(survey: Survey) -> int:
    """Only whole ten minutes that are over. Fewer than ten new good answers wait: the step from the last figures to
    the next is never one person.
    """
    Survey.objects.select_for_update().filter(pk=survey.pk).values("pk").get()
    mark_bursts(survey)
    rows = survey.answers.filter(left_out="", is_told=False, received_at__lt=floor_to_window(timezone.now()))
    return rows.update(is_told=True) if rows.count() >= PUBLIC_LEAST else 0


def mark_bursts(survey: Survey) -> int:
    """More in ten minutes than people who may answer at once: nobody can tell the real ones, so all are left out,
    but for those that somebody of the programme checked (`checking.py`).

    Each ticket is one person's, so a survey with tickets knows no burst.
    """
    if survey.access == SurveyAccess.TICKET:
        return 0
    counted = Q(left_out__in=("", LeftOut.BURST))
    rows = survey.answers.filter(counted, received_at__lt=floor_to_window(timezone.now())).order_by()
    windows = rows.values("received_at").annotate(n=Count("pk")).filter(n__gt=survey.at_once)
    moments = [row["received_at"] for row in windows]
    found = survey.answers.filter(left_out="", is_told=False, is_checked=False, received_at__in=moments)
    return found.update(left_out=LeftOut.BURST)
