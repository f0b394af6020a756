"""What people are told of attendance and hours."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from notifications.services import Kind
from ui.dates import to_minutes, to_short_day
from volunteers.services.notices import DESK, LOW, MINE, PROGRAMME, declare, read_codes


def read_work(data: Mapping[str, Any]) -> dict[str, str]:
    """The day and the numbers of hours in the reader's words, beside reason and code name."""
    words = read_codes(data)
    if day := data.get("day"):
        words["day"] = to_short_day(date.fromisoformat(day))
    for name in ("claimed", "corrected", "settled"):
        if data.get(name) is not None:
            words[name] = to_minutes(data[name])
    return words


def tell_of_work(code: str, category: Any, label: Any, title: Any, body: Any = "", **more: Any) -> Kind:
    return declare(code, category, label, title, body, words=read_work, **more)


# Hours, to the volunteer
HOURS_CONFIRMED = tell_of_work(
    "hours_confirmed",
    MINE,
    _("My hours are confirmed"),
    _("Your hours of %(day)s are confirmed: %(settled)s"),
    "%(request)s",
    many=ngettext_lazy(
        "Your hours of %(count)s day are confirmed: %(request)s",
        "Your hours of %(count)s days are confirmed: %(request)s",
        "count",
    ),
    **LOW,
)
HOURS_CORRECTED = tell_of_work(
    "hours_corrected",
    MINE,
    _("The office corrected my hours"),
    _("Please look at your hours of %(day)s"),
    _("Claimed: %(claimed)s. The office writes %(corrected)s: %(note)s. Agree, or ask the programme within 14 days."),
)
HOURS_SETTLED = tell_of_work(
    "hours_settled",
    MINE,
    _("The programme settled my hours"),
    _("Your hours of %(day)s are settled: %(settled)s"),
    "%(note)s",
)
HOURS_STAND = tell_of_work(
    "hours_stand",
    MINE,
    _("The office's correction of my hours stands"),
    _("Your hours of %(day)s are now %(settled)s"),
    _("14 days passed without your answer, so the office's number stands."),
)

# Hours, to the office
HOURS_CLAIMED = tell_of_work(
    "hours_claimed",
    DESK,
    _("A volunteer claimed hours"),
    _("%(code)s claimed hours: %(request)s"),
    many=ngettext_lazy(
        "%(count)s claim of hours: %(request)s",
        "%(count)s claims of hours: %(request)s",
        "count",
    ),
    **LOW,
)
HOURS_AGREED = tell_of_work(
    "hours_agreed",
    DESK,
    _("A volunteer agreed to corrected hours"),
    _("%(code)s agreed to your correction: %(request)s"),
    **LOW,
)
HOURS_SETTLED_DESK = tell_of_work(
    "hours_settled_desk",
    DESK,
    _("The programme settled hours"),
    _("Hours of %(code)s on %(day)s are settled: %(settled)s"),
    "%(note)s",
)

# To programme staff
HOURS_ESCALATED = tell_of_work(
    "hours_escalated",
    PROGRAMME,
    _("Hours are disputed"),
    _("Disputed hours: %(office)s"),
    _("The volunteer claims %(claimed)s, the office writes %(corrected)s. Please settle it."),
)
