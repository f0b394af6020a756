"""What is told of surveys."""

from django.utils.translation import gettext_lazy as _

from participation.services.notices import declare

SURVEY_OPEN = declare(
    "survey_open",
    _("A commune I follow asks ten short questions"),
    _("%(commune)s asks: %(title)s"),
    _("Ten short questions, two minutes, without a name. They show whom the commune does not reach yet."),
)
