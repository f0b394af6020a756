"""What is told of people who were not invited."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from participation.services.notices import declare
from volunteers.services.notices import PROGRAMME

LEFT_OUT = declare(
    "left_out",
    _("Somebody says that they were left out for their views"),
    _("Left out for their views, they say: %(meeting)s"),
    _("%(commune)s does not learn of it. Read what was written, and decide what to do."),
    category=PROGRAMME,
    many=ngettext_lazy(
        "%(count)s person says they were left out for their views: %(meeting)s",
        "%(count)s people say they were left out for their views: %(meeting)s",
        "count",
    ),
)
