"""A place has ended: the record is issued, both sides are asked, and the clocks see to what is left.

The ask is written together with the change; a task does the rest and marks it. What a crash left is found by the mark.
"""

from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from accounts.models import User
from volunteers.enums import Speaker
from volunteers.models import FeedbackAsk, HoursEntry, Placement
from volunteers.services.after.audiences import to_desk, to_volunteer
from volunteers.services.after.facts import has_ended, has_served
from volunteers.services.after.feedback import ask_both, find_answer, open_if_over
from volunteers.services.after.records import find_current, issue_when_due, tell_owner
from volunteers.services.announcing import LOST_AFTER, MOST_AT_ONCE, tell_all
from volunteers.services.notices import after as news

LAST_DAYS = timedelta(days=10)  # before the end one reminder is sent


def follow_up(placement: Placement, by: User | None) -> None:
    """Effect of a place's end: both sides are asked, if there was any service."""
    if not has_served(placement):
        return
    ask = ask_both(placement)
    transaction.on_commit(partial(follow_up_task.enqueue, ask.pk), robust=True)


def renew_record(entry: HoursEntry, by: User | None) -> None:
    """Effect of hours that hold from now on, or no longer: of an ended place the record is issued anew."""
    if has_ended(entry.placement):
        transaction.on_commit(partial(renew_task.enqueue, entry.placement_id), robust=True)


def finish_follow_up(ask: FeedbackAsk) -> None:
    """The record, and the questions; run twice it tells nobody twice."""
    placement = ask.placement
    if not placement.application.applicant.is_deleted:
        record = issue_when_due(placement)
        if record is not None:
            tell_owner(record, news.RECORD_ISSUED)
        tell_all(to_volunteer, news.FEEDBACK_OF_VOLUNTEER, placement, key=f"ask:{ask.pk}")
    tell_all(to_desk, news.FEEDBACK_OF_OFFICE, placement, key=f"ask:{ask.pk}")
    FeedbackAsk.objects.filter(pk=ask.pk).update(told_at=timezone.now())


def keep_follow_ups() -> None:
    """For the clocks: lost tasks, one reminder, and the end of the 30 days."""
    now = timezone.now()
    asks = FeedbackAsk.objects.with_placement()
    for ask in asks.untold(now - LOST_AFTER).order_by("asked_at", "pk")[:MOST_AT_ONCE]:
        finish_follow_up(ask)
    for ask in asks.taking_answers().filter(reminded_at=None, closes_at__lte=now + LAST_DAYS)[:MOST_AT_ONCE]:
        remind(ask)
    for ask in asks.overdue()[:MOST_AT_ONCE]:
        open_if_over(ask)


def remind(ask: FeedbackAsk) -> int:
    """Once, whichever side has not answered. Answers how many people were told."""
    told = 0
    for side, kind, who in (
        (Speaker.VOLUNTEER, news.FEEDBACK_REMINDER, to_volunteer),
        (Speaker.OFFICE, news.FEEDBACK_OFFICE_REMINDER, to_desk),
    ):
        if find_answer(ask, side) is None:
            told += tell_all(who, kind, ask.placement, key=f"ask:{ask.pk}")
    FeedbackAsk.objects.filter(pk=ask.pk).update(reminded_at=timezone.now())
    return told


@task()
def follow_up_task(pk: int) -> None:
    finish_follow_up(FeedbackAsk.objects.with_placement().get(pk=pk))


@task()
def renew_task(pk: int) -> None:
    """Only where the place has ended; the owner hears of a new version."""
    placement = Placement.objects.select_related("application__request__office", "application__applicant").get(pk=pk)
    old = find_current(placement) if has_ended(placement) else None
    new = issue_when_due(placement) if has_ended(placement) else None
    if new is not None and new != old:
        tell_owner(new, news.RECORD_RENEWED if old else news.RECORD_ISSUED)
