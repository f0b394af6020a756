"""Whoever turns 18 reads as an adult from that day: what still waits for a moderator is let through."""

from functools import partial

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from volunteers.models import Message
from volunteers.services.choosing.messages import tell_message_task

MOST_AT_ONCE = 200


def open_threads() -> int:
    """For the clocks. Answers how many messages are readable now."""
    rows = Message.objects.filter(needs_moderator=True, passed_at=None, returned_at=None)
    waiting = rows.select_related("application__applicant").order_by("created_at", "pk")[:MOST_AT_ONCE]
    return sum(_let_through(row) for row in waiting if not _is_minor(row))


def _is_minor(row: Message) -> bool:
    applicant: User = row.application.applicant
    return applicant.is_minor


@transaction.atomic
def _let_through(row: Message) -> bool:
    """False where a moderator was faster."""
    waiting = Message.objects.filter(pk=row.pk, passed_at=None, returned_at=None)
    if not waiting.update(passed_at=timezone.now()):
        return False
    transaction.on_commit(partial(tell_message_task.enqueue, row.pk), robust=True)
    return True
