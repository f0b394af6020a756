"""A person's list in a round: what is on it, and in which order. Everything waits for the lock of the person."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from volunteers.enums import LeaveReason
from volunteers.matching.instance import MOST_CHOICES
from volunteers.models import Application, Round, RoundChoice, RoundEntry, RoundRequest, VolunteerRequest
from volunteers.querysets import ON_THE_DESK
from volunteers.services.machine import NotReadyError, move


def find_entry(row: Round, user: User | AnonymousUser) -> RoundEntry | None:
    """The person's entry with the `choices` that stand, in their order. Two queries."""
    return RoundEntry.objects.of(user).filter(round=row).with_list().first()


def count_choices(row: Round, user: User) -> int:
    return RoundChoice.objects.filter(entry__round=row, entry__person=user, application__status__in=ON_THE_DESK).count()


@transaction.atomic
def enter_list(application: Application, place: RoundRequest) -> RoundChoice:
    """Put a new application last on its owner's list, and send it. The caller holds the lock of the person."""
    person = application.applicant
    entry, _created = RoundEntry.objects.get_or_create(round=place.round, person=person)
    standing = _drop_withdrawn(entry)
    if standing >= MOST_CHOICES:
        raise NotReadyError(_("Your list is full: it has 10 choices. Take one off first."))
    choice = RoundChoice.objects.create(entry=entry, round_request=place, rank=standing + 1, application=application)
    move(application, "enter", by=person)
    return choice


@transaction.atomic
def save_order(row: Round, numbers: Mapping[UUID, int], *, by: User) -> RoundEntry:
    """Order the list by the numbers typed, by the request's public id in the round.

    Where two have the same number, the one whose number was changed goes first: whoever types 1 at the fourth line
    means just that. Raises `NotReadyError` once choosing is over.
    """
    entry = _lock(row, by)
    choices = _list_standing(entry)

    def order(choice: RoundChoice) -> tuple[int, bool, int]:
        typed = numbers.get(choice.round_request.public_id, choice.rank)
        return typed, typed == choice.rank, choice.rank

    _write(entry, sorted(choices, key=order))
    return entry


@transaction.atomic
def shift_choice(row: Round, public_id: UUID, step: int, *, by: User) -> RoundEntry:
    """One line up (-1) or down (1); at the end of the list nothing happens."""
    entry = _lock(row, by)
    choices = _list_standing(entry)
    at = next((i for i, choice in enumerate(choices) if choice.round_request.public_id == public_id), None)
    if at is not None and 0 <= at + step < len(choices):
        choices[at], choices[at + step] = choices[at + step], choices[at]
        _write(entry, choices)
    return entry


@transaction.atomic
def strike_choice(row: Round, public_id: UUID, *, by: User) -> RoundEntry:
    """Take one line off: its application is withdrawn, the rest moves up. Nothing happens where it is gone already."""
    entry = _lock(row, by)
    choices = _list_standing(entry)
    struck = next((choice for choice in choices if choice.round_request.public_id == public_id), None)
    if struck is not None:
        VolunteerRequest.objects.select_for_update().filter(pk=struck.round_request.request_id).values("pk").get()
        move(struck.application, "strike", by=by, reason=LeaveReason.NOT_SAID)
        _write(entry, [choice for choice in choices if choice is not struck])
    return entry


def _lock(row: Round, by: User) -> RoundEntry:
    User.objects.select_for_update().filter(pk=by.pk).values("pk").get()
    row = Round.objects.get(pk=row.pk)
    if not row.takes_choices:
        raise NotReadyError(_("Lists of this round can no longer be changed."))
    try:
        return RoundEntry.objects.get(round=row, person=by)
    except ObjectDoesNotExist:
        raise NotReadyError(_("Your list is empty.")) from None


def _list_standing(entry: RoundEntry) -> list[RoundChoice]:
    rows = entry.choices.filter(application__status__in=ON_THE_DESK)
    return list(rows.select_related("round_request", "application__request", "application__applicant"))


def _write(entry: RoundEntry, choices: list[RoundChoice]) -> None:
    """Written anew as a whole: while lines change places two of them would share a rank."""
    entry.choices.all().delete()
    RoundChoice.objects.bulk_create(
        [
            RoundChoice(entry=entry, round_request=row.round_request, rank=rank, application=row.application)
            for rank, row in enumerate(choices, 1)
        ]
    )
    entry.save(update_fields=["updated_at"])


def _drop_withdrawn(entry: RoundEntry) -> int:
    """What was withdrawn on its own page leaves the list; how many lines stand."""
    standing = _list_standing(entry)
    if entry.choices.count() > len(standing):
        _write(entry, standing)
    return len(standing)
