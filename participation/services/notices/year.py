"""What is told of the dates of a planning year."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from participation.enums import StepKind
from participation.services.notices import declare
from ui.dates import to_day


def read_step(data: Mapping[str, Any]) -> dict[str, str]:
    """The usual name of a step (one of one's own has its title in the data), and the day in the reader's words."""
    words = {"starts_on": to_day(date.fromisoformat(data["starts_on"]))}
    if data["kind"] != StepKind.OWN:
        words["step"] = str(StepKind(data["kind"]).label)
    return words


STEP_SOON = declare(
    "step_soon",
    _("A step of the plan begins soon"),
    _("%(commune)s: %(step)s, from %(starts_on)s"),
    _("Anyone may come. Read how you can take part."),
    words=read_step,
)
STEP_USUALLY = declare(
    "step_usually",
    _("A step of the plan usually begins soon"),
    _("%(commune)s: %(step)s usually begins about %(starts_on)s"),
    _("The commune has not said its dates yet. Ask the commune when it meets."),
    words=read_step,
)
DATES_CHANGED = declare(
    "dates_changed",
    _("The dates of the plan change"),
    _("%(commune)s: the dates of the plan for %(year)s changed"),
    _("Look when the next meeting is."),
)
