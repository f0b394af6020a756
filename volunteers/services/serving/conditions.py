"""What a claim of hours waits for. Each condition answers "" or a sentence for the person."""

from datetime import date, datetime

from django.db.models import Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from ui.dates import to_day, to_minutes
from volunteers.models import HoursEntry, Placement
from volunteers.models.serving import MOST_MINUTES_A_DAY


def day_is_past(entry: HoursEntry) -> str:
    """Today counts: nobody should have to wait for midnight."""
    return "" if entry.day_date <= timezone.localdate() else _("This day is still to come. Claim hours after the work.")


def day_is_in_placement(entry: HoursEntry) -> str:
    placement = entry.placement
    if placement.start_date and entry.day_date < placement.start_date:
        return _("Your place begins on %(day)s.") % {"day": to_day(placement.start_date)}
    last = find_last_day(placement)
    if last and entry.day_date > last:
        return _("Your place ended on %(day)s.") % {"day": to_day(last)}
    return ""


def find_last_day(placement: Placement) -> date | None:
    """Of the agreement; of a place that is over, the day on which it ended where that was earlier."""
    return placement.end_date if placement.is_live else find_end(placement.end_date, placement.updated_at)


def find_end(agreed: date | None, ended_at: datetime) -> date:
    """The last day of a place that is over."""
    ended = timezone.localdate(ended_at)
    return min(ended, agreed or ended)


def day_has_room(entry: HoursEntry) -> str:
    """At most 12 hours a day of one person, over all places together."""
    return check_room(entry, entry.minutes)


def check_room(entry: HoursEntry, minutes: int) -> str:
    """Whether the day takes so many minutes for this entry, beside the person's others."""
    room = find_room(entry)
    if minutes <= room:
        return ""
    return _("A day has at most 12 hours of work. On %(day)s %(left)s are left.") % {
        "day": to_day(entry.day_date),
        "left": to_minutes(room),
    }


def find_room(entry: HoursEntry) -> int:
    """How many of the day's 12 hours the person's other entries leave, in minutes."""
    others = HoursEntry.objects.of(entry.placement.application.applicant).filter(day_date=entry.day_date)
    counted = others.exclude(pk=entry.pk).aggregate(sum=Sum(Coalesce("settled_minutes", "minutes")))["sum"] or 0
    return max(0, MOST_MINUTES_A_DAY - counted)
