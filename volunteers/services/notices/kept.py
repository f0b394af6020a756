"""What is told of a form that waited on a phone and could not stand when it arrived."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from ui.dates import to_short_day
from volunteers.services.notices import MINE, declare


def read_claim(data: Mapping[str, Any]) -> dict[str, str]:
    """The day as it was typed, in the reader's words where it is one."""
    try:
        return {"day": to_short_day(date.fromisoformat(data.get("day_typed", "")))}
    except ValueError:
        return {"day": pgettext("of a day that was typed", "no day")}


CHECK_IN_REFUSED = declare(
    "check_in_refused",
    MINE,
    _("A check-in that my phone kept did not count"),
    _("The code was not right: %(request)s"),
    _("Your phone kept a check-in for the shift of %(starts_at)s, but its code did not fit. "
      "The office is asked to confirm by hand that you came."),
)  # fmt: skip
CHECK_IN_UNKNOWN = declare(
    "check_in_unknown",
    MINE,
    _("A check-in that my phone kept belongs to no shift"),
    _("A check-in of your phone fits no shift of yours"),
    _("You typed a code on %(typed_at)s, and it belongs to no shift of yours at that time. "
      "Ask the office to note that you came, or claim your hours."),
)  # fmt: skip
CLAIM_REFUSED = declare(
    "claim_refused",
    MINE,
    _("Hours that my phone kept were not claimed"),
    _("These hours were not claimed yet: %(day)s"),
    _("%(note)s What you typed is still there: open it, change it and send it again."),
    words=read_claim,
)
