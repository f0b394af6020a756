"""Claiming, confirming, correcting and settling hours.

What changes how much a day holds locks the person first, so that two phones cannot fill one day twice.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from volunteers.models import HoursEntry, Placement
from volunteers.services.machine import NotReadyError, WrongStateError
from volunteers.services.states import HOURS

MOST_AT_ONCE = 200


@dataclass(frozen=True)
class Confirmed:
    """What one tap confirmed. `others` were changed meanwhile by somebody else, and are left as they are."""

    entries: list[HoursEntry]
    others: int

    @property
    def minutes(self) -> int:
        return sum(entry.settled_minutes or 0 for entry in self.entries)


@transaction.atomic
def claim_hours(
    placement: Placement,
    *,
    by: User,
    day: date,
    minutes: int,
    what: str = "",
    client_id: uuid.UUID | None = None,
    happened_at: datetime | None = None,
) -> HoursEntry:
    """Time worked on a day. A claim that the phone sends again is the first one. Raises `NotReadyError`."""
    lock_person(by)
    if sent := find_sent(by, client_id):
        return sent
    taken = client_id is not None and HoursEntry.objects.filter(client_id=client_id).exists()
    entry = HoursEntry(
        placement=placement,
        client_id=uuid.uuid4() if taken or client_id is None else client_id,
        day_date=day,
        minutes=minutes,
        what=what.strip(),
        happened_at=happened_at or timezone.now(),
    )
    entry.save()
    HOURS.move("claim", entry, by=by)
    return entry


def find_sent(person: User, client_id: uuid.UUID | None) -> HoursEntry | None:
    """The person's own claim with the phone's id."""
    return HoursEntry.objects.of(person).filter(client_id=client_id).first() if client_id else None


@transaction.atomic
def change_claim(entry: HoursEntry, *, by: User, minutes: int, what: str) -> HoursEntry:
    """Its owner corrects a claim that nobody has answered."""
    entry = lock_entry(entry)
    entry.minutes, entry.what = minutes, what.strip()
    HOURS.move("claim", entry, by=by)
    return entry


@transaction.atomic
def answer_hours(entry: HoursEntry, verb: str, *, by: User, note: str = "") -> HoursEntry:
    """The volunteer takes a claim back, agrees to a correction, or asks the programme to settle it."""
    if verb not in ("take_back", "agree", "escalate"):
        raise PermissionDenied
    entry = lock_entry(entry)
    HOURS.move(verb, entry, by=by, note=note)
    return entry


def confirm_hours(entries: Iterable[HoursEntry], *, by: User) -> Confirmed:
    """Each entry by itself: what somebody else changed meanwhile does not hold up the rest."""
    return _move_each("confirm", entries, by)


def undo_confirm(entries: Iterable[HoursEntry], *, by: User) -> Confirmed:
    """Back to claimed, within a day."""
    return _move_each("unconfirm", entries, by)


@transaction.atomic
def correct_hours(entry: HoursEntry, *, by: User, minutes: int, note: str) -> HoursEntry:
    """The office writes another number and says why; the volunteer agrees or asks the programme."""
    entry = lock_entry(entry)
    entry.office_minutes = minutes
    HOURS.move("dispute", entry, by=by, note=note)
    return entry


@transaction.atomic
def settle_hours(entry: HoursEntry, *, by: User, minutes: int, note: str) -> HoursEntry:
    """Programme staff, who belong to neither side, decide the number."""
    entry = lock_entry(entry)
    entry.settled_minutes = minutes
    HOURS.move("settle", entry, by=by, note=note)
    return entry


def lock_person(person: User) -> None:
    User.objects.select_for_update().filter(pk=person.pk).values("pk").get()


def lock_entry(entry: HoursEntry) -> HoursEntry:
    """Person, then entry; read again."""
    lock_person(entry.placement.application.applicant)
    return HoursEntry.objects.select_for_update(of=("self",)).with_work().get(pk=entry.pk)


def _move_each(verb: str, entries: Iterable[HoursEntry], by: User) -> Confirmed:
    moved, others = [], 0
    for entry in entries:
        try:
            with transaction.atomic():
                HOURS.move(verb, entry, by=by)
        except (WrongStateError, NotReadyError):
            others += 1
        else:
            moved.append(entry)
    return Confirmed(moved, others)
