"""What is told of surveys."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from participation.services.notices import declare
from ui.words import to_number
from volunteers.services.notices import DESK, PROGRAMME

SURVEY_OPEN = declare(
    "survey_open",
    _("A commune I follow asks ten short questions"),
    _("%(commune)s asks: %(title)s"),
    _("Ten short questions, two minutes, without a name. They show whom the commune does not reach yet."),
)


def read_answers(data: Mapping[str, Any]) -> dict[str, str]:
    return {"answers": to_number(data.get("answers", 0))}


# To the programme
BURST_ASKED = declare(
    "burst_asked",
    _("An office asks to count answers that came in a burst"),
    _("Do these answers count? %(title)s"),
    _("%(answers)s answers came in a burst. What is said of it: %(reason)s"),
    category=PROGRAMME,
    words=read_answers,
)

# To whoever asked
BURST_COUNTED = declare(
    "burst_counted",
    _("Answers that came in a burst count after a check"),
    _("They count: %(title)s"),
    _("%(answers)s answers enter the figures by night. %(reason)s"),
    category=DESK,
    words=read_answers,
)
BURST_LEFT_OUT = declare(
    "burst_left_out",
    _("Answers that came in a burst stay out after a check"),
    _("They stay out of the figures: %(title)s"),
    _("%(answers)s answers. %(reason)s"),
    category=DESK,
    words=read_answers,
)
