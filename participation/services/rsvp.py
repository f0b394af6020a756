"""Saying that one comes to a meeting, or does not."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules import may_post
from forums.querysets import Reader
from participation.enums import Channel, RsvpStatus
from participation.errors import RefusedError
from participation.models import Meeting, Rsvp
from participation.services.meetings import check_open
from participation.services.waiting import call_waiting, change_count


@transaction.atomic
def answer(meeting: Meeting, *, by: User, is_coming: bool, channel: Channel | str = "") -> Rsvp:
    """Keep the answer. When every chair is taken the person waits, and is told when one is free.

    The same answer again changes nothing. `channel` is how they heard of it; "" keeps what they said before. Raises
    `RefusedError` when the meeting is called off or over, and under 15.
    """
    if not may_post(by):
        raise RefusedError(_("You can say so here from the age of 15. Just come: no answer is needed."))
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    check_open(meeting)
    row = Rsvp.objects.filter(meeting=meeting, user=by).first()
    before = row.status if row else RsvpStatus.NOT_COMING
    row = row or Rsvp(meeting=meeting, user=by)
    row.channel = channel or row.channel
    if is_coming and before == RsvpStatus.NOT_COMING:
        row.status = RsvpStatus.WAITING if meeting.seats_left == 0 else RsvpStatus.COMING
        row.asked_at = row.changed_at = timezone.now()
    elif not is_coming and (row.pk is None or before != RsvpStatus.NOT_COMING):
        row.status, row.changed_at = RsvpStatus.NOT_COMING, timezone.now()
    row.save()
    change = (row.status == RsvpStatus.COMING) - (before == RsvpStatus.COMING)
    if change:
        change_count(meeting, change)
    call_waiting(meeting)
    return row


def find_answer(meeting: Meeting, user: Reader) -> Rsvp | None:
    return meeting.rsvps.filter(user=user.pk).first() if user.is_authenticated else None


def describe_answers(user: User) -> list[dict[str, str]]:
    """What the person said about coming, for their own copy of their data."""
    rows = Rsvp.objects.filter(user=user).select_related("meeting").order_by("pk")
    return [
        {"meeting": row.meeting.title_km, "starts_at": row.meeting.starts_at.isoformat(), "answer": row.status}
        for row in rows
    ]


@transaction.atomic
def forget_answers(user: User) -> None:
    """With the account go its answers; chairs of meetings to come are free again."""
    for row in Rsvp.objects.filter(user=user, meeting__ends_at__gt=timezone.now()).select_related("meeting"):
        meeting = Meeting.objects.select_for_update().get(pk=row.meeting_id)
        if row.status == RsvpStatus.COMING:
            change_count(meeting, -1)
        row.delete()
        call_waiting(meeting)
    Rsvp.objects.filter(user=user).delete()
