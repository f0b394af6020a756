"""A person's list in a round: what is on it, and in which order. Everything waits for the lock of the person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
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
from volunteers.services.rounds.conditions import find_active


class StaleListError(NotReadyError):
    """The list is not the one that the person looked at."""


def find_entry(row: Round, user: User | AnonymousUser) -> RoundEntry | None:
    """The person's entry with the `choices` that stand, in their order. Two queries."""
    return RoundEntry.objects.of(user).filter(round=row).with_list().first()


def find_choices(row: Round, user: User) -> tuple[RoundEntry | None, list[RoundChoice]]:
    """The entry and the choices that stand."""
    entry = find_entry(row, user)
    return entry, list(entry.choices.all()) if entry else []


def name_version(choices: Sequence[RoundChoice]) -> str:
    """The same for the same list alone, whoever changed it and by which page."""
    text = "".join(f"{choice.round_request_id} {choice.application_id}\n" for choice in choices)
    return sha256(text.encode()).hexdigest()[:16]


def count_choices(row: Round, user: User) -> int:
    return RoundChoice.objects.filter(entry__round=row, entry__person=user, application__status__in=ON_THE_DESK).count()


@dataclass(frozen=True)
class ListPlace:
    """Where an application to a request in a round goes: `number` is its line on the reader's list."""

    round: Round
    number: int
    most: int = MOST_CHOICES


def find_list_place(request: VolunteerRequest, user: User | AnonymousUser) -> ListPlace | None:
    """None where no round takes choices for this request. No query outside rounds, after `for_page`."""
    place = find_active(request.pk) if getattr(request, "is_in_round", True) else None
    if place is None or not place.round.takes_choices:
        return None
    return ListPlace(place.round, (count_choices(place.round, user) if isinstance(user, User) else 0) + 1)


def find_choice(application: Application) -> RoundChoice | None:
    """The line of a list that this application was sent for, if it was."""
    return RoundChoice.objects.select_related("round_request__round").filter(application=application).first()


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
def replace_list(row: Round, requests: Sequence[UUID], *, version: str, by: User) -> RoundEntry:
    """The whole list at once, by requests, the dearest first; a line that is left out is taken off.

    Raises `StaleListError` where the list changed since `version`, `NotReadyError` as the others and for a request
    that is not on the list: it takes an application to come there.
    """
    entry = _lock(row, by)
    choices = _list_standing(entry)
    if name_version(choices) != version:
        raise StaleListError(_("Your list was changed meanwhile. Please look at it again."))
    named = {choice.round_request.request.public_id: choice for choice in choices}
    if len(set(requests)) < len(requests) or not set(requests) <= named.keys():
        raise NotReadyError(_("Name each request of your list once at most, and no other."))
    for request in named.keys() - set(requests):
        _strike(named[request], by=by)
    _write(entry, [named[request] for request in requests])
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
        _strike(struck, by=by)
        _write(entry, [choice for choice in choices if choice is not struck])
    return entry


def _strike(choice: RoundChoice, *, by: User) -> None:
    VolunteerRequest.objects.select_for_update().filter(pk=choice.round_request.request_id).values("pk").get()
    move(choice.application, "strike", by=by, reason=LeaveReason.NOT_SAID)


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
    return list(rows.select_related("round_request__request", "application__request", "application__applicant"))


def _write(entry: RoundEntry, choices: list[RoundChoice]) -> None:
    """The list as a whole. What is no longer on it is struck, never deleted: the ledger counts it in this round.

    All lines leave the list for a moment: while lines change places two of them would share a rank.
    """
    entry.choices.update(is_struck=True)
    for rank, row in enumerate(choices, 1):
        row.rank, row.is_struck = rank, False
    RoundChoice.objects.bulk_update(choices, ["rank", "is_struck"])
    entry.save(update_fields=["updated_at"])


def _drop_withdrawn(entry: RoundEntry) -> int:
    """What was withdrawn on its own page leaves the list; how many lines stand."""
    standing = _list_standing(entry)
    if entry.choices.listed().count() > len(standing):
        _write(entry, standing)
    return len(standing)
