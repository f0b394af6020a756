"""The waiting list of a meeting with a limited number of chairs."""

from functools import partial

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from notifications.services import notify
from participation.enums import RsvpStatus
from participation.models import Meeting, Rsvp
from participation.services.notices import meetings as notices


def call_waiting(meeting: Meeting) -> list[Rsvp]:
    """Give free chairs to whoever waits longest, and tell them. The caller holds the meeting's lock."""
    rows = meeting.rsvps.waiting()
    called = list(rows if meeting.capacity is None else rows[: max(0, meeting.capacity - meeting.coming_count)])
    if called:
        now = timezone.now()
        Rsvp.objects.filter(pk__in=[row.pk for row in called]).update(status=RsvpStatus.COMING, changed_at=now)
        change_count(meeting, len(called))
        transaction.on_commit(partial(tell_called_task.enqueue, [row.pk for row in called]))
    return called


def change_count(meeting: Meeting, change: int) -> None:
    """The database refuses more people than chairs."""
    Meeting.objects.filter(pk=meeting.pk).update(coming_count=F("coming_count") + change)
    meeting.coming_count += change


@task()
def tell_called_task(pks: list[int]) -> None:
    from participation.services.meetings import describe  # meetings calls the waiting list too

    for row in Rsvp.objects.coming().filter(pk__in=pks).select_related("user", "meeting__commune"):
        notify(
            [row.user],
            kind=notices.SEAT_FREE,
            data=describe(row.meeting),
            dedupe_key=f"seat:{row.pk}:{row.changed_at.isoformat()}",
            url=row.meeting.get_absolute_url(),
        )
