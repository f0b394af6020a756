"""Telling people: one row each, never twice, grouped; the e-mail follows by the task queue."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from notifications.enums import Channel
from notifications.models import Delivery, Notification
from notifications.services.carriers import CARRIERS
from notifications.services.delivery import deliver_task
from notifications.services.kinds import Kind
from notifications.services.preferences import Choices, read_choices
from notifications.services.reading import count_unread
from notifications.services.times import GROUP_PAUSE


@dataclass(frozen=True)
class News:
    """What is told, to whomever."""

    kind: Kind
    url: str
    dedupe_key: str
    data: dict[str, Any] = field(default_factory=dict)
    group_key: str = ""
    due_at: datetime | None = None


def strip_language(url: str) -> str:
    """An address of ours as it is kept: without the language of whoever caused it."""
    first, _, rest = url.lstrip("/").partition("/")
    return f"/{rest}" if first in dict(settings.LANGUAGES) else url


def notify(
    recipients: Collection[User],
    *,
    kind: Kind,
    url: str,
    dedupe_key: str,
    data: dict[str, Any] | None = None,
    group_key: str = "",
    due_at: datetime | None = None,
) -> int:
    """Tell each of them once: the same `dedupe_key` is never told twice to one person. Answers how many were told.

    Locks each person in turn, so call it after commit, from a task: never while holding another row.
    """
    news = News(kind, strip_language(url), dedupe_key, data or {}, group_key, due_at)
    return sum(_tell(pk, news) for pk in sorted({person.pk for person in recipients}))


@transaction.atomic
def _tell(person_pk: int, news: News) -> bool:
    person = User.objects.select_for_update().filter(pk=person_pk, is_active=True).first()
    if person is None or person.notifications.filter(dedupe_key=news.dedupe_key).exists():
        return False
    now, choices = timezone.now(), read_choices(person)
    lead = _find_lead(person, news, now)
    told_at = None if choices.allows(Channel.SITE, news.kind, news.group_key) else now
    row = Notification.objects.create(
        recipient=person,
        kind=news.kind.code,
        data=news.data,
        url=news.url,
        group_key=news.group_key,
        dedupe_key=news.dedupe_key,
        lead=lead,
        due_at=news.due_at,
        created_at=now,
        seen_at=told_at,
        read_at=told_at,
    )
    if lead is None:
        _queue(row, person, news.kind, choices)
        count_unread(person)
    return True


def _find_lead(person: User, news: News, now: datetime) -> Notification | None:
    """The unread one of the same group from a few minutes ago."""
    if not (news.kind.is_grouped and news.group_key):
        return None
    rows = person.notifications.unread().filter(
        kind=news.kind.code, group_key=news.group_key, created_at__gt=now - GROUP_PAUSE
    )
    return rows.order_by("created_at", "pk").first()


def _queue(row: Notification, person: User, kind: Kind, choices: Choices) -> None:
    """A delivery for each way that is open and leads to this person."""
    next_at = row.created_at + GROUP_PAUSE if kind.is_grouped and row.group_key else row.created_at
    for channel, carrier in CARRIERS.items():
        if choices.allows(channel, kind, row.group_key) and carrier.is_available() and carrier.find_address(person):
            delivery = Delivery.objects.create(notification=row, channel=channel, next_at=next_at)
            if next_at <= row.created_at:
                transaction.on_commit(partial(deliver_task.enqueue, delivery.pk))
