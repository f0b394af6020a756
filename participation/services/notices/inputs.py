"""What is told of inputs and minutes."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from participation.enums import Outcome
from participation.services.notices import declare
from volunteers.services.notices import DESK


def read_outcome(data: Mapping[str, Any]) -> dict[str, str]:
    code = data.get("outcome", "")
    return {"outcome": str(Outcome(code).label)} if code in Outcome.values else {}


CARRIED = declare(
    "input_carried",
    _("My input is on the agenda of a meeting"),
    _("Your input is on the agenda: %(meeting)s"),
    _("It is read out on %(starts_at)s. You hear what was said."),
)
ANSWERED = declare(
    "input_answered",
    _("My input is answered"),
    _("Your input is answered: %(meeting)s"),
    _("%(outcome)s. %(answer)s"),
    words=read_outcome,
)
PUBLISHED = declare(
    "minutes_published",
    _("Minutes of a meeting are published"),
    _("Read what was decided: %(meeting)s"),
    _("%(commune)s has published the minutes."),
)

# To the office
ARRIVED = declare(
    "input_arrived",
    _("Somebody sends input to our meeting"),
    _("Input for your meeting: %(meeting)s"),
    _("Put it on the agenda. Whoever sent it waits for an answer."),
    category=DESK,
    many=ngettext_lazy(
        "%(count)s input for your meeting: %(meeting)s", "%(count)s inputs for your meeting: %(meeting)s", "count"
    ),
)
MINUTES_DUE = declare(
    "minutes_due",
    _("The minutes of a meeting are not published yet"),
    _("Please publish the minutes: %(meeting)s"),
    _("People want to know what was decided. %(waiting)s inputs wait for an answer."),
    category=DESK,
)
