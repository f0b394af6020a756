"""Offers and answers of a confirmed run: one person after the other, each whole or not at all, repeatable."""

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from accounts.models import User
from volunteers.enums import RoundReason
from volunteers.models import Application, RoundOutcome, RoundRun, VolunteerRequest
from volunteers.services.machine import NotReadyError, WrongStateError, move
from volunteers.services.rounds.building import IN_PLAY


def settle(run: RoundRun) -> int:
    """Everybody of this run who has not heard yet; how many that were."""
    waiting = run.outcomes.filter(settled_at=None).values_list("pk", flat=True)
    return sum(settle_one(pk) for pk in list(waiting))


@transaction.atomic
def settle_one(pk: int) -> bool:
    """Offer the place and pass over the rest of the list. False where somebody else did it meanwhile.

    Without a place nothing changes yet: a second round may follow, and the end of the round closes what is left.
    """
    outcome = RoundOutcome.objects.select_related("entry", "choice").get(pk=pk)
    User.objects.select_for_update().filter(pk=outcome.entry.person_id).values("pk").get()
    if not RoundOutcome.objects.filter(pk=pk, settled_at=None).update(settled_at=timezone.now()):
        return False
    if outcome.choice is not None and offer_place(outcome.choice.application_id):
        pass_over_rest(outcome)
    elif outcome.choice is None and outcome.is_override:
        pass_over_all(outcome)
    return True


def offer_place(application_pk: int) -> bool:
    """False where the person withdrew, or the seat is gone: the programme sees it in the list of the round."""
    application = Application.objects.select_related("request__office").get(pk=application_pk)
    VolunteerRequest.objects.select_for_update().filter(pk=application.request_id).values("pk").get()
    try:
        move(application, "place", by=None, reason=RoundReason.PLACED)
    except (NotReadyError, WrongStateError):
        return False
    return True


def pass_over_rest(outcome: RoundOutcome) -> None:
    """The other choices of somebody with a place: those above it were out of reach, those below are not needed."""
    assert outcome.choice is not None  # noqa: S101 said by the caller
    rows = outcome.entry.choices.exclude(pk=outcome.choice.pk).filter(application__status__in=IN_PLAY)
    for choice in rows.select_related("application__request"):
        reason = RoundReason.LINE if choice.rank < outcome.choice.rank else RoundReason.DEARER
        move(choice.application, "pass_over", by=None, reason=reason)


def pass_over_all(outcome: RoundOutcome) -> None:
    """A place withheld by hand ends the round for the person."""
    rows = outcome.entry.choices.filter(application__status__in=IN_PLAY)
    for choice in rows.select_related("application__request"):
        move(choice.application, "pass_over", by=None, reason=RoundReason.WITHHELD)


@task()
def settle_task(run_pk: int) -> None:
    settle(RoundRun.objects.get(pk=run_pk))
