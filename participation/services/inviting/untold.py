"""Nobody told me: one tap for anybody, counted once, known to nobody."""

import secrets
import uuid
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django_tasks import task

from accounts.models import Membership, User
from accounts.rules import STAFF
from accounts.services import offices_of
from notifications.services import notify
from participation.enums import UntoldReason
from participation.errors import RefusedError
from participation.models import Meeting, Untold
from participation.services.notices import inviting as notices
from participation.services.planning import name_both_ways
from places.models import Village

SALT = "participation.untold"


@dataclass(frozen=True)
class Where:
    """What may be added after the tap; all of it is free. `report` is read by the programme alone."""

    village: Village | None = None
    reason: str = ""
    report: str = ""


def make_key(meeting: Meeting, *, user: User | None, phone: uuid.UUID) -> str:
    """Of an account, or of a phone's session. Two meetings give two keys that nobody can bring together."""
    who = f"user:{user.pk}" if user else f"phone:{phone}"
    return salted_hmac(SALT, f"{meeting.public_id}:{who}", algorithm="sha256").hexdigest()


def say_untold(meeting: Meeting, key: str) -> Untold:
    """Count the tap, once. Raises `RefusedError` for a meeting that was never announced."""
    if meeting.is_draft or meeting.is_cancelled:
        raise RefusedError(_("This meeting is called off."))
    row, _made = Untold.objects.get_or_create(meeting=meeting, key=key, defaults={"day_date": timezone.localdate()})
    return row


@transaction.atomic
def say_where(row: Untold, where: Where) -> Untold:
    """The village and the reason; can be changed. Being left out for one's views is told to the programme alone."""
    was_left_out = row.reason == UntoldReason.VIEWS
    row.village, row.reason, row.report = where.village, where.reason, where.report
    row.save(update_fields=["village", "reason", "report"])
    if row.reason == UntoldReason.VIEWS and not was_left_out:
        transaction.on_commit(partial(tell_programme_task.enqueue, row.pk))
    return row


def take_back(row: Untold) -> None:
    """Tapped by mistake."""
    row.delete()


def find_untold(meeting: Meeting, key: str) -> Untold | None:
    return meeting.untold.filter(key=key).first()


def count_untold(meeting: Meeting) -> int:
    """For everybody: a sum."""
    return meeting.untold.count()


def list_for_programme(user: User) -> QuerySet[Untold]:
    """Who says it was for their views, but for meetings of the offices that this member of staff acts for."""
    rows = Untold.objects.filter(reason=UntoldReason.VIEWS).exclude(meeting__office__in=offices_of(user))
    return rows.select_related("meeting__commune__district__province")


def list_own(user: User) -> list[Untold]:
    """What this account said, of whatever meeting: its keys are made again."""
    meetings = Meeting.objects.filter(untold__isnull=False).only("pk", "public_id").distinct()
    keys = [make_key(meeting, user=user, phone=uuid.uuid4()) for meeting in meetings]
    return list(Untold.objects.filter(key__in=keys).select_related("meeting", "village").order_by("pk"))


def describe_untold(user: User) -> list[dict[str, Any]]:
    """For the person's own copy of their data."""
    return [
        {
            "meeting": row.meeting.title_km,
            "village": row.village.name_km if row.village else "",
            "reason": row.reason,
            "report": row.report,
        }
        for row in list_own(user)
    ]


def forget_untold(user: User) -> None:
    """The tap stays in the sum; what was said with it goes, and no key leads to the account any more."""
    for row in list_own(user):
        row.village, row.report, row.key = None, "", secrets.token_hex(32)
        row.save(update_fields=["village", "report", "key"])


@task()
def tell_programme_task(pk: int) -> None:
    row = Untold.objects.select_related("meeting__commune").filter(pk=pk).first()
    if row is None or row.reason != UntoldReason.VIEWS:
        return
    staff = User.objects.filter(Q(groups__name=STAFF) | Q(is_superuser=True), is_active=True).distinct()
    clerks = Membership.objects.active().filter(organisation=row.meeting.office_id).values("user")
    notify(
        list(staff.exclude(pk__in=clerks)),
        kind=notices.LEFT_OUT,
        data={
            "meeting": {"km": row.meeting.title_km, "en": row.meeting.title_en},
            "commune": name_both_ways(row.meeting.commune),
        },
        dedupe_key=f"left-out:{row.pk}",
        group_key=f"left-out:{row.meeting.public_id}",
        url=reverse("left-out"),
    )
