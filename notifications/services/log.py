"""What became of what was sent, for the programme's staff: kinds, ways and reasons, never a person or an address."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from notifications.enums import DeliveryReason, DeliveryStatus
from notifications.models import Delivery
from notifications.services.delivery import count_outcomes, deliver_task
from notifications.services.kinds import KINDS

# Whoever was reached, perhaps, is not sent the same again; what a person switched off stays off.
TRIED_AGAIN = (DeliveryReason.NO_CONNECTION, DeliveryReason.BUSY, DeliveryReason.REFUSED)


@dataclass(frozen=True)
class Outcome:
    """How many deliveries of a day ended so."""

    status: str
    reason: str
    number: int


@dataclass(frozen=True)
class LogLine:
    """One delivery in words."""

    row: Delivery
    kind: str
    may_try_again: bool


class NotAgainError(Exception):
    """This delivery is not tried again; the message says why."""


def list_outcomes() -> list[Outcome]:
    """Of the last 24 hours, the most first."""
    rows = sorted(count_outcomes().items(), key=lambda row: (-row[1], row[0]))
    return [
        Outcome(str(DeliveryStatus(status).label), str(DeliveryReason(reason).label) if reason else "", number)
        for (status, reason), number in rows
    ]


def describe(row: Delivery) -> LogLine:
    kind = KINDS.get(row.notification.kind)
    return LogLine(row, str(kind.label) if kind else row.notification.kind, _may_try_again(row))


def try_again(row: Delivery) -> None:
    """Queue what was given up before anybody was reached. Raises `NotAgainError`."""
    given_up = Delivery.objects.filter(pk=row.pk, status=DeliveryStatus.GIVEN_UP, reason__in=TRIED_AGAIN)
    now = timezone.now()
    if not given_up.update(status=DeliveryStatus.QUEUED, reason="", attempts=0, next_at=now, updated_at=now):
        raise NotAgainError(_("Only what was given up before it reached anybody is tried again."))
    deliver_task.enqueue(row.pk)


def _may_try_again(row: Delivery) -> bool:
    return row.status == DeliveryStatus.GIVEN_UP and row.reason in TRIED_AGAIN
