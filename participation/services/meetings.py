"""Calling a meeting: writing, announcing, changing, calling off. Everybody whom it concerns is told after commit."""

import uuid
from collections.abc import Sequence
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from accounts.models import Organisation, User
from notifications.services import notify
from notifications.services.kinds import KINDS, Kind
from participation import rules
from participation.enums import MeetingStatus, RsvpStatus
from participation.errors import RefusedError, StaleError
from participation.models import Meeting
from participation.services.agenda import AgendaPoint, keep_agenda, list_points
from participation.services.notices import meetings as notices
from participation.services.planning import name_both_ways, tell_followers
from participation.services.waiting import call_waiting

TYPED: tuple[str, ...] = (
    "step",
    "title_km",
    "title_en",
    "about_km",
    "about_en",
    "place_km",
    "place_en",
    "latitude",
    "longitude",
)
TYPED += ("map_link", "access", "languages", "starts_at", "ends_at", "input_until_at", "capacity")
TOLD_OF_CHANGES = ("starts_at", "ends_at", "place_km", "latitude", "longitude", "map_link")


@transaction.atomic
def save_meeting(meeting: Meeting, *, agenda: Sequence[AgendaPoint], by: User, seen: str | None = None) -> Meeting:
    """Keep a new or changed meeting with its agenda. Whoever comes is told of another time or place. `seen`: the
    `read_version` that was on the page; None asks nothing. A new one whose `public_id` the same person has sent before
    is that draft again, however often it is sent.

    Raises `PermissionDenied` for a stranger to the office, `RefusedError` once it is over or called off, or when more
    people said they come than the new number of chairs, `StaleError` where a colleague saved something else meanwhile.
    """
    check_organiser(by, meeting.office)
    if not meeting.pk and (sent := _find_sent(meeting, by)):
        return _send_again(sent, meeting, agenda, by)
    before = Meeting.objects.select_for_update().filter(pk=meeting.pk).first()
    if before is not None:
        check_open(before)
        if seen is not None and seen != read_version(before):
            _check_same(before, meeting, agenda)
        meeting.coming_count = before.coming_count
        meeting.status, meeting.announced_at = before.status, before.announced_at
    if meeting.capacity is not None and meeting.capacity < meeting.coming_count:
        raise RefusedError(_("More people already said that they come. Find a larger room, or more chairs."))
    _keep(meeting, before, by)
    keep_agenda(meeting, agenda)
    call_waiting(meeting)
    return meeting


def _find_sent(meeting: Meeting, by: User) -> Meeting | None:
    """What this page has made before: a double click, a second try without network, the browser's way back."""
    User.objects.select_for_update().filter(pk=by.pk).values("pk").get()  # a double click waits here
    sent = Meeting.objects.filter(public_id=meeting.public_id).first()
    if sent is not None and (sent.created_by_id, sent.office_id) != (by.pk, meeting.office_id):
        meeting.public_id = uuid.uuid4()  # an id that somebody else made up says nothing here
        return None
    return sent


def _send_again(sent: Meeting, typed: Meeting, agenda: Sequence[AgendaPoint], by: User) -> Meeting:
    """The same words are no news; others, after the browser's way back, change the draft."""
    if _is_same(sent, typed, agenda):
        return sent
    if not sent.is_draft:
        raise RefusedError(_("This meeting is announced already. Open its page and change it there."))
    for name in TYPED:
        setattr(sent, name, getattr(typed, name))
    return save_meeting(sent, agenda=agenda, by=by)


def _keep(meeting: Meeting, before: Meeting | None, by: User) -> None:
    meeting.changed_at = timezone.now()
    changed = [*TYPED, "changed_at"]
    if before is None:
        meeting.created_by = by
    elif any(getattr(before, name) != getattr(meeting, name) for name in TOLD_OF_CHANGES):
        meeting.reminded_at = None
        changed.append("reminded_at")
        _tell_on_commit(meeting, notices.CHANGED)
    meeting.save(update_fields=None if before is None else changed)  # the rest may have moved on since it was read


def read_version(meeting: Meeting) -> str:
    """Differs after every saving; "" before the first."""
    return meeting.changed_at.isoformat() if meeting.pk else ""


def _is_same(kept: Meeting, typed: Meeting, agenda: Sequence[AgendaPoint]) -> bool:
    return list_points(kept) == list(agenda) and all(getattr(kept, name) == getattr(typed, name) for name in TYPED)


def _check_same(kept: Meeting, typed: Meeting, agenda: Sequence[AgendaPoint]) -> None:
    """The same words sent twice are no clash. Raises `StaleError` for others."""
    if not _is_same(kept, typed, agenda):
        raise StaleError(
            _("Somebody of your office changed this meeting meanwhile. Read it in another window. Yours stands here.")
        )


def check_organiser(user: User, office: Organisation) -> None:
    if not rules.can_organise(user, office):
        raise PermissionDenied


def check_open(meeting: Meeting) -> None:
    """Raises `RefusedError` once nothing about the meeting can change any more."""
    if meeting.is_cancelled:
        raise RefusedError(_("This meeting is called off."))
    if meeting.is_over:
        raise RefusedError(_("This meeting is over."))


@transaction.atomic
def announce(meeting: Meeting, *, by: User) -> Meeting:
    """Everybody reads it from now on; followers of the commune are told. Twice is the same as once.

    Raises `PermissionDenied` while the office is not verified, `RefusedError` when it has begun already.
    """
    row = Meeting.objects.select_for_update().select_related("office", "commune").get(pk=meeting.pk)
    if not rules.can_announce(by, row):
        raise PermissionDenied
    check_open(row)
    if not row.is_draft:
        return row
    if row.starts_at <= timezone.now():
        raise RefusedError(_("The meeting would have begun already. Change its day first."))
    row.status, row.announced_at = MeetingStatus.ANNOUNCED, timezone.now()
    row.save(update_fields=["status", "announced_at"])
    _tell_on_commit(row, notices.ANNOUNCED)
    return row


@transaction.atomic
def call_off(meeting: Meeting, *, by: User, reason: str) -> Meeting:
    """With a reason that everybody reads. Whoever comes, waits or follows is told. Raises as `announce`."""
    row = Meeting.objects.select_for_update().select_related("office", "commune").get(pk=meeting.pk)
    check_organiser(by, row.office)
    check_open(row)
    if row.is_draft:
        raise RefusedError(_("This meeting was never announced."))
    row.status, row.cancelled_at, row.cancel_reason = MeetingStatus.CANCELLED, timezone.now(), reason
    row.save(update_fields=["status", "cancelled_at", "cancel_reason"])
    _tell_on_commit(row, notices.CANCELLED)
    return row


def _tell_on_commit(meeting: Meeting, kind: Kind) -> None:
    if not meeting.is_draft:
        transaction.on_commit(partial(tell_of_meeting_task.enqueue, meeting.pk, kind.code, timezone.now().isoformat()))


def tell_of_meeting(meeting: Meeting, kind: Kind, mark: str = "") -> None:
    """Of an announcement the followers are told. Of another time or place, or a calling-off, they too, for they know
    the old day; and whoever comes, waits or sent input, which is read out there. Each of them once.
    """
    news: dict[str, Any] = {
        "kind": kind,
        "data": describe(meeting),
        "dedupe_key": f"{kind.code}:{meeting.public_id}:{mark}",
        "url": meeting.get_absolute_url(),
    }
    if kind != notices.ANNOUNCED:
        rows = meeting.rsvps.exclude(status=RsvpStatus.NOT_COMING)
        people = Q(pk__in=rows.values("user")) | Q(pk__in=meeting.inputs.exclude(user=None).values("user"))
        notify(list(User.objects.filter(people)), **news)
    tell_followers(meeting.commune, **news)


def describe(meeting: Meeting) -> dict[str, Any]:
    """What the sentences of a notification need."""
    return {
        "meeting": {"km": meeting.title_km, "en": meeting.title_en},
        "place": {"km": meeting.place_km, "en": meeting.place_en},
        "commune": name_both_ways(meeting.commune),
        "starts_at": meeting.starts_at.isoformat(),
        "note": meeting.cancel_reason,
    }


@task()
def tell_of_meeting_task(pk: int, code: str, mark: str) -> None:
    meeting = Meeting.objects.select_related("commune").get(pk=pk)
    tell_of_meeting(meeting, KINDS[code], mark)
