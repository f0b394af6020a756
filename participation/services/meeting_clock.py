"""Reminding people of a meeting the day before."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from notifications.services import notify
from participation.enums import MeetingStatus
from participation.models import Meeting
from participation.services.meetings import describe
from participation.services.notices import meetings as notices

BEFORE = timedelta(hours=26)  # so that it comes in the daytime before a meeting of the morning


def remind_of_meetings() -> int:
    """Queue a reminder for each meeting of the next day, once; answers how many."""
    now = timezone.now()
    due = Meeting.objects.filter(
        status=MeetingStatus.ANNOUNCED, reminded_at=None, starts_at__gt=now, starts_at__lte=now + BEFORE
    )
    return sum(_remind(pk) for pk in due.values_list("pk", flat=True))


@transaction.atomic
def _remind(pk: int) -> bool:
    """Mark and queue in one step: two clocks at once remind once, and a crash between them loses nothing."""
    is_first = bool(Meeting.objects.filter(pk=pk, reminded_at=None).update(reminded_at=timezone.now()))
    if is_first:
        remind_task.enqueue(pk)
    return is_first


@task()
def remind_task(pk: int) -> None:
    """Looks again: between the clock and the queue it may have been called off, moved, or begun."""
    meeting = Meeting.objects.select_related("commune").get(pk=pk)
    if meeting.status != MeetingStatus.ANNOUNCED or meeting.has_begun or meeting.reminded_at is None:
        return
    notify(
        [row.user for row in meeting.rsvps.coming().select_related("user")],
        kind=notices.TOMORROW,
        data=describe(meeting),
        dedupe_key=f"tomorrow:{meeting.public_id}:{meeting.starts_at.isoformat()}",
        url=meeting.get_absolute_url(),
    )
