"""A delivery goes out once: one worker takes it, tries, and writes down what became of it."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import Count, F
from django.utils import timezone, translation
from django_tasks import task

from accounts.models import User
from notifications.enums import Channel, DeliveryReason, DeliveryStatus
from notifications.models import Delivery, Notification
from notifications.querysets import WAITING
from notifications.services.carriers import CARRIERS, GiveUpError, Letter, NotMineError, TryAgainError
from notifications.services.kinds import KINDS
from notifications.services.letters import write_letter
from notifications.services.preferences import read_choices
from notifications.services.times import KEPT, MOST_ATTEMPTS, STUCK, WEEK, find_pause, find_sending_time

logger = logging.getLogger(__name__)
MOST_AT_ONCE = 500  # of one sweep; the rest waits five minutes


@dataclass(frozen=True)
class SweepResult:
    due: int
    interrupted: int
    forgotten: int


def deliver(pk: int) -> None:
    """Send it now if it is due, allowed and nobody else is at it.

    A worker that dies before `_begin` has sent nothing, so the delivery goes back into the queue; one that dies after
    it may have, so it is not sent again.
    """
    taken = _take(pk)
    if taken is None:
        return
    row, letter = taken
    try:
        CARRIERS[Channel(row.channel)].send(letter, begin=partial(_begin, row))
    except NotMineError:
        return
    except GiveUpError as failure:
        _close(row, DeliveryStatus.GIVEN_UP, failure.reason)
    except TryAgainError as failure:
        if row.attempts >= MOST_ATTEMPTS:
            _close(row, DeliveryStatus.GIVEN_UP, failure.reason)
        else:
            _close(row, DeliveryStatus.FAILED, failure.reason, next_at=timezone.now() + find_pause(row.attempts))
    else:
        _close(row, DeliveryStatus.SENT)


@transaction.atomic
def _take(pk: int) -> tuple[Delivery, Letter] | None:
    """The delivery with its letter, if this worker is the one to send it. The person's row is the lock: the week's
    number holds too.
    """
    now = timezone.now()
    row = Delivery.objects.due(now).filter(pk=pk).select_related("notification").first()
    if row is None:
        return None
    person = User.objects.select_for_update().get(pk=row.notification.recipient_id)
    carrier = CARRIERS[Channel(row.channel)]
    address = carrier.find_address(person)
    if reason := _find_obstacle(row, person, address, now):
        _close(row, DeliveryStatus.DROPPED, reason, sources=WAITING)
        return None
    send_at = find_sending_time(now, row.notification.due_at)
    if send_at > now and not KINDS[row.notification.kind].is_alarm:
        Delivery.objects.filter(pk=pk, status__in=WAITING).update(next_at=send_at)
        return None
    taken = Delivery.objects.due(now).filter(pk=pk)
    if not taken.update(status=DeliveryStatus.TAKEN, attempts=F("attempts") + 1, updated_at=now):
        return None
    row.attempts += 1
    with translation.override(person.language):
        return row, write_letter(row, person, address)


def _begin(row: Delivery) -> None:
    """From here on it may have gone out. Raises `NotMineError` where the sweep has given it to another meanwhile."""
    mine = Delivery.objects.filter(pk=row.pk, status=DeliveryStatus.TAKEN, attempts=row.attempts)
    if not mine.update(status=DeliveryStatus.SENDING, updated_at=timezone.now()):
        raise NotMineError


def _find_obstacle(row: Delivery, person: User, address: str, now: datetime) -> DeliveryReason | None:
    """Why it must not go out any more; asked at the last moment, for much may have changed since it was queued."""
    notification, choices = row.notification, read_choices(person)
    kind = KINDS.get(notification.kind)
    if kind is None or not choices.allows(Channel(row.channel), kind, notification.group_key):
        return DeliveryReason.SWITCHED_OFF
    if not address or not person.is_active:
        return DeliveryReason.NO_ADDRESS
    if notification.is_read and choices.allows(Channel.SITE, kind, notification.group_key):
        return DeliveryReason.ALREADY_READ
    if not kind.is_urgent and row.attempts == 0 and _count_week(row, person, now) >= settings.MAILS_A_WEEK:
        return DeliveryReason.CAP
    return None


def _count_week(row: Delivery, person: User, now: datetime) -> int:
    """Sent or being tried on this way in the last seven days; what was given up reached nobody."""
    rows = Delivery.objects.filter(notification__recipient=person, channel=row.channel, attempts__gt=0)
    return rows.filter(updated_at__gt=now - WEEK).exclude(status=DeliveryStatus.GIVEN_UP).count()


def _close(
    row: Delivery,
    status: DeliveryStatus,
    reason: DeliveryReason | None = None,
    *,
    next_at: datetime | None = None,
    sources: tuple[DeliveryStatus, ...] = (DeliveryStatus.TAKEN, DeliveryStatus.SENDING),
) -> None:
    """Write the outcome, only over the state this worker put there itself."""
    columns = {"status": status, "reason": reason or "", "updated_at": timezone.now()}
    if next_at is not None:
        columns["next_at"] = next_at
    mine = Delivery.objects.filter(pk=row.pk, status__in=sources, attempts=row.attempts)
    if mine.update(**columns) and status == DeliveryStatus.GIVEN_UP:
        logger.warning("Delivery %s given up: %s", row.public_id, reason)


def count_outcomes(hours: int = 24) -> dict[tuple[str, str], int]:
    """For the operator: how many deliveries of the last hours are in which state, for which reason."""
    since = timezone.now() - timedelta(hours=hours)
    rows = Delivery.objects.filter(updated_at__gt=since).order_by().values_list("status", "reason")
    return {(status, reason): number for status, reason, number in rows.annotate(number=Count("pk"))}


def sweep() -> SweepResult:
    """For the clocks: send what is due, take back what a crash left, forget what is a year old.

    Whatever was interrupted while it was being sent may have gone out: it is not sent again, because nobody is told
    twice; the line at the bell is there in any case.
    """
    now = timezone.now()
    given_up = {"status": DeliveryStatus.GIVEN_UP, "reason": DeliveryReason.INTERRUPTED, "updated_at": now}
    interrupted = Delivery.objects.stuck(DeliveryStatus.SENDING, now - STUCK).update(**given_up)
    dropped = Delivery.objects.stuck(DeliveryStatus.TAKEN, now - STUCK)
    interrupted += dropped.filter(attempts__gte=MOST_ATTEMPTS).update(**given_up)  # it may be what kills the workers
    dropped.update(status=DeliveryStatus.QUEUED, next_at=now, updated_at=now)
    due = list(Delivery.objects.due(now).values_list("pk", flat=True)[:MOST_AT_ONCE])
    forgotten = _forget_old(now)
    for pk in due:
        transaction.on_commit(partial(deliver_task.enqueue, pk))
    return SweepResult(len(due), interrupted, forgotten)


def _forget_old(now: datetime) -> int:
    """A year later nobody looks for it; the feature's own history stays."""
    old = Notification.objects.filter(created_at__lt=now - KEPT, read_at__isnull=False)
    return old.delete()[1].get("notifications.Notification", 0)


@task()
def deliver_task(pk: int) -> None:
    """On commit, and from the sweep. Doing it twice does no harm."""
    deliver(pk)
