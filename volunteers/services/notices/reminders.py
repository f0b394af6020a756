"""Reminders of serving: tomorrow's shifts, courses of the first weeks."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ui.dates import to_day
from ui.words import to_digits
from volunteers.services.notices import DESK, LOW, MINE, declare, read_codes


def read_day(data: Mapping[str, Any]) -> dict[str, str]:
    """How many shifts of one person; which course, and how many more are due with it."""
    words = read_codes(data)
    shifts, more = data.get("shifts", 1), data.get("courses", 1) - 1
    words["others"] = _say_others(shifts - 1) if shifts > 1 else ""
    if "due" in data:
        words["due"] = to_day(date.fromisoformat(data["due"]))
        words["more"] = f" (+{to_digits(more)})" if more else ""
    return words


def _say_others(count: int) -> str:
    said = ngettext("%(count)s more shift that day.", "%(count)s more shifts that day.", count) % {"count": count}
    return to_digits(said)


SHIFT_TOMORROW = declare(
    "shift_tomorrow",
    MINE,
    _("A shift of mine is tomorrow"),
    _("Tomorrow you are expected: %(request)s"),
    _("%(starts_at)s, %(office)s. %(others)s If you cannot come, leave the shift now, so that somebody else can."),
    words=read_day,
)
COURSE_DUE = declare(
    "course_due",
    MINE,
    _("A course of my first weeks is due soon"),
    _("Finish by %(due)s: %(course)s%(more)s"),
    _("It belongs to the first weeks of your place: %(request)s"),
    words=read_day,
)
COURSE_LATE = declare(
    "course_late",
    MINE,
    _("A course of my first weeks is late"),
    _("Late since %(due)s: %(course)s%(more)s"),
    _("It belongs to the first weeks of your place: %(request)s. If something is in the way, tell the office."),
    words=read_day,
)

# To the office
SHIFTS_TOMORROW = declare(
    "shifts_tomorrow",
    DESK,
    _("Who comes tomorrow"),
    _("Shifts tomorrow: %(shifts)s. People who come: %(people)s"),
    _("Have the work and the code on the screen ready."),
    **LOW,
)
COURSE_LATE_DESK = declare(
    "course_late_desk",
    DESK,
    _("A volunteer's course is late"),
    _("%(code)s has not finished a course of the first weeks: %(request)s"),
    _("%(course)s%(more)s was due on %(due)s. Give them an hour at your computer, or agree on another day."),
    words=read_day,
    **LOW,
)
