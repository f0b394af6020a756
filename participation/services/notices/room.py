"""What is told of live rooms."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from participation.services.notices import URGENT, declare
from volunteers.services.notices import PROGRAMME

QUESTION_REPORTED = declare(
    "question_reported",
    _("A question in a meeting's room is reported"),
    _("A question in the room is reported: %(meeting)s"),
    _("%(commune)s cannot decide this alone. Read it, and take its words out or let it stand."),
    category=PROGRAMME,
    many=ngettext_lazy(
        "%(count)s question in the room is reported: %(meeting)s",
        "%(count)s questions in the room are reported: %(meeting)s",
        "count",
    ),
    **URGENT,
)
