"""News of long ago were told long ago; and what the nights counted."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from home.services.cast.clock import days_ago
from home.services.cast.people import Cast
from home.services.clocks import keep_clocks_task
from volunteers.models import Transition
from volunteers.services.finding.exposure import write_seen

STILL_NEWS = timedelta(days=3)
SEEN_DAYS = (60, 30, 14, 7, 2)


def settle_news() -> None:
    """Only changes of the last days are told now; else everybody would find months of news at the first sign-in."""
    Transition.objects.filter(announced_at=None, at__lt=timezone.now() - STILL_NEWS).update(announced_at=F("at"))


def count_figures(cast: Cast) -> None:
    """How often the offices' work was seen. The clocks count the rest and write the ledger, once the site serves."""
    for number, days in enumerate(SEEN_DAYS, 1):
        with days_ago(days):
            write_seen({cast.office.pk: 9 * number, cast.neighbour_office.pk: 5 * number})
    transaction.on_commit(lambda: keep_clocks_task.enqueue())
