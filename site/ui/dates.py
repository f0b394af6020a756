"""Days, times and spans in words, in Phnom Penh time, for both languages."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext, ngettext, pgettext

from ui.words import in_khmer, to_digits

_MONTHS_KM = ("មករា", "កុម្ភៈ", "មីនា", "មេសា", "ឧសភា", "មិថុនា", "កក្កដា", "សីហា", "កញ្ញា", "តុលា", "វិច្ឆិកា", "ធ្នូ")
_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEK = 7


def to_local_date(moment: date | datetime) -> date:
    """The day as a calendar on the wall in Cambodia shows it."""
    return timezone.localdate(moment) if isinstance(moment, datetime) else moment


def to_month(moment: date | datetime) -> str:
    """Short month for a `.date` square: "ធ្នូ" or "Dec"."""
    month = to_local_date(moment).month - 1
    return _MONTHS_KM[month] if in_khmer() else _MONTHS_EN[month][:3]


def to_day(moment: date | datetime) -> str:
    """Full day: "ថ្ងៃទី២៣ ខែវិច្ឆិកា ឆ្នាំ២០២៦" or "23 November 2026"."""
    day = to_local_date(moment)
    if in_khmer():
        return to_digits(f"ថ្ងៃទី{day.day} ខែ{_MONTHS_KM[day.month - 1]} ឆ្នាំ{day.year}")
    return f"{day.day} {_MONTHS_EN[day.month - 1]} {day.year}"


def to_short_day(moment: date | datetime) -> str:
    """Day and month, the year only when it is not this one: "២៣ វិច្ឆិកា" or "23 Nov"."""
    day = to_local_date(moment)
    year = "" if day.year == timezone.localdate().year else f" {day.year}"
    return to_digits(f"{day.day} {to_month(day)}{year}")


def to_clock(moment: datetime) -> str:
    """24-hour time of day: "១៤:៤០" or "14:40"."""
    return to_digits(timezone.localtime(moment).strftime("%H:%M"))


def to_minutes(minutes: int) -> str:
    """A length of time: "១ ម៉ោង ២០ នាទី" or "1 h 20 min"."""
    hours, rest = divmod(int(minutes), 60)
    parts = []
    if hours:
        parts.append(gettext("%(count)s h") % {"count": hours})
    if rest or not hours:
        parts.append(gettext("%(count)s min") % {"count": rest})
    return to_digits(" ".join(parts))


def to_since(moment: datetime, now: datetime | None = None) -> str:
    """How long ago, in words; a date once it is a week old."""
    now = now or timezone.now()
    seconds = (now - moment).total_seconds()
    days = (to_local_date(now) - to_local_date(moment)).days
    if seconds < 60:
        return gettext("just now")
    if seconds < 60 * 60:
        count = int(seconds // 60)
        text = ngettext("%(count)s minute ago", "%(count)s minutes ago", count)
    elif days < 1 or seconds < 6 * 60 * 60:
        count = int(seconds // 3600)
        text = ngettext("%(count)s hour ago", "%(count)s hours ago", count)
    elif days == 1:
        return gettext("yesterday")
    elif days < WEEK:
        count = days
        text = ngettext("%(count)s day ago", "%(count)s days ago", count)
    else:
        return to_short_day(moment)
    return to_digits(text % {"count": count})


def to_until(moment: date | datetime, now: datetime | None = None) -> str:
    """How long is left, in words: "២ ថ្ងៃទៀត" or "2 days left"; "closed" once the day (or the moment) has passed."""
    now = now or timezone.now()
    days = (to_local_date(moment) - to_local_date(now)).days
    if days < 0 or (isinstance(moment, datetime) and moment <= now):
        return pgettext("deadline", "closed")
    if days == 0:
        return gettext("until today")
    if days == 1:
        return gettext("until tomorrow")
    return to_digits(ngettext("%(count)s day left", "%(count)s days left", days) % {"count": days})
