"""The ledger of invitations: written by the office and its volunteers, in numbers."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from participation import rules
from participation.enums import Channel
from participation.errors import RefusedError
from participation.models import Invitation, Meeting
from places.models import Village

MOST_LINES = 300  # of one meeting


@dataclass(frozen=True)
class Told:
    """So many people were told. `client_id` makes a repeated sending one."""

    channel: Channel
    people: int
    day: date
    village: Village | None = None
    women: int | None = None
    youth: int | None = None
    client_id: uuid.UUID | None = None


@transaction.atomic
def note_invitation(meeting: Meeting, told: Told, *, by: User) -> Invitation:
    """Keep a line. Raises `PermissionDenied` for who neither acts for the office nor serves there, `RefusedError`."""
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("office").get(pk=meeting.pk)
    if not rules.can_invite(by, meeting):
        raise PermissionDenied
    client_id = told.client_id or uuid.uuid4()
    known = Invitation.objects.filter(client_id=client_id).first()
    if known is not None and known.meeting_id == meeting.pk:
        return known
    if known is not None:  # an id of another meeting's ledger says nothing here
        client_id = uuid.uuid4()
    if meeting.is_draft or meeting.is_cancelled:
        raise RefusedError(_("Nobody is invited to this meeting: it is not announced, or called off."))
    if meeting.invitations.count() >= MOST_LINES:
        raise RefusedError(_("This ledger is full."))
    return Invitation.objects.create(
        client_id=client_id,
        meeting=meeting,
        channel=told.channel,
        village=told.village,
        people=told.people,
        women=told.women,
        youth=told.youth,
        day_date=told.day,
        by=by,
    )


def withdraw_invitation(row: Invitation, *, by: User) -> None:
    """Written by mistake: it counts no more. Whoever wrote it may, and the office. Raises `PermissionDenied`."""
    if row.by_id != by.pk and not rules.can_organise(by, row.meeting.office):
        raise PermissionDenied
    Invitation.objects.filter(pk=row.pk, withdrawn_at=None).update(withdrawn_at=timezone.now())
