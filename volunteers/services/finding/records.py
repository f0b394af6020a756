"""How offices answer whoever applies: counted once a day over half a year, said in words wherever work is shown."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ui.words import to_digits
from volunteers.enums import ApplicationStatus
from volunteers.models import Application, ResponseRecord
from volunteers.services.finding.points import FEWEST_COUNTED

SPAN = timedelta(days=180)
WEEK = timedelta(days=7)
LONGEST_SHORTLIST = timedelta(days=28)  # with nothing after it, it was no answer
# The office's own first word; what the applicant or a clock did is no answer of theirs.
FIRST_WORD = Q(
    transitions__source=ApplicationStatus.SUBMITTED, transitions__by__isnull=False
) & ~Q(transitions__verb="withdraw")  # fmt: skip
BATCH = 500


@dataclass(frozen=True)
class Wait:
    """One application: how long the office took, or has taken so far."""

    lasted: timedelta
    is_answered: bool

    @property
    def is_in_time(self) -> bool:
        return self.is_answered and self.lasted <= WEEK

    @property
    def is_settled(self) -> bool:
        """Answered, or waiting for longer than a week: a fresh application says nothing about the office yet."""
        return self.is_answered or self.lasted > WEEK


def count_records() -> int:
    """Write the record of every office that somebody applied to. Three queries. Answers how many offices have one."""
    today, waits = timezone.localdate(), read_waits(timezone.now())
    rows = [
        ResponseRecord(
            office_id=office,
            counted=len(lasted),
            in_time=sum(wait.is_in_time for wait in lasted),
            median_days=round(median(wait.lasted / timedelta(days=1) for wait in lasted)),
            counted_date=today,
        )
        for office, lasted in waits.items()
    ]
    ResponseRecord.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["office"],
        update_fields=["counted", "in_time", "median_days", "counted_date"],
    )
    ResponseRecord.objects.exclude(counted_date=today).delete()
    return len(rows)


def read_waits(now: datetime) -> dict[int, list[Wait]]:
    """By office. Who withdrew before any answer and within the week is not counted: nobody kept them waiting.

    In a round the office answers nobody by itself: those say nothing about it either.
    """
    rows = Application.objects.filter(sent_at__gt=now - SPAN, round_choice=None).annotate(
        answered_at=Min("transitions__at", filter=FIRST_WORD),
        left_at=Min("transitions__at", filter=Q(transitions__verb="withdraw")),
    )
    found: dict[int, list[Wait]] = defaultdict(list)
    columns: Any = rows.values_list("request__office", "status", "sent_at", "answered_at", "left_at")
    for office, status, sent_at, first_at, left_at in columns:
        answered_at = None if status == ApplicationStatus.SUBMITTED else first_at  # else the office took it back
        if status == ApplicationStatus.SHORTLISTED and first_at and first_at < now - LONGEST_SHORTLIST:
            answered_at = None  # put on a list and forgotten there
        wait = Wait((answered_at or left_at or now) - sent_at, answered_at is not None)
        if wait.is_settled:
            found[office].append(wait)
    return found


def say_record(record: ResponseRecord | None) -> str:
    """In a few words, for a row: how soon this office answers, or that it is new here."""
    if record is None or record.counted < FEWEST_COUNTED or record.median_days is None:
        return _("New here")
    days = record.median_days
    if days < 1:
        return _("Answers within a day")
    return to_digits(ngettext("Answers after %(days)s day", "Answers after %(days)s days", days) % {"days": days})


def say_record_in_full(record: ResponseRecord | None) -> str:
    """In a sentence, for the page of a request."""
    if record is None or record.counted < FEWEST_COUNTED:
        return _("New here: fewer than five people have had an answer yet.")
    percent, short = record.percent, say_record(record)
    return to_digits(_("%(percent)s of 100 heard within 7 days. %(short)s.") % {"percent": percent, "short": short})
