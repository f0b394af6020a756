"""What waits for the programme's staff, and where they answer it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Value

from accounts.models import User
from volunteers.models import Alert, Concern, Message, VolunteerRequest
from volunteers.services.serving.desk import find_appeals_for_staff, find_disputed_hours
from volunteers.thread_querysets import MessageQuerySet


@dataclass(frozen=True)
class StaffNumbers:
    """How much waits of each kind."""

    concerns: int
    requests: int
    disputes: int
    messages: int
    alerts: int


def count_for_staff(user: User) -> StaffNumbers:
    """For this member of staff, who settles nothing of their own. One query."""
    found = _count(
        concerns=Concern.objects.filter(closed_at=None),
        requests=VolunteerRequest.objects.waiting().without_part_of(user),
        hours=find_disputed_hours(user),
        appeals=find_appeals_for_staff(user),
        messages=list_messages_waiting(user),
        alerts=Alert.objects.unanswered(),
    )
    return StaffNumbers(
        concerns=found.get("concerns", 0),
        requests=found.get("requests", 0),
        disputes=found.get("hours", 0) + found.get("appeals", 0),
        messages=found.get("messages", 0),
        alerts=found.get("alerts", 0),
    )


def list_messages_waiting(user: User) -> MessageQuerySet:
    """From an adult to somebody under 18 and not looked at, or reported and not settled; of others' threads alone."""
    return (Message.objects.waiting() | Message.objects.reported()).without_part_of(user)


def _count(**counted: QuerySet[Any]) -> dict[str, int]:
    first, *rest = (
        rows.order_by().annotate(desk=Value(kind)).values("desk").annotate(n=Count("pk")).values_list("desk", "n")
        for kind, rows in counted.items()
    )
    return dict(first.union(*rest, all=True))
