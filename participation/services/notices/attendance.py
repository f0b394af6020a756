"""What is told of coming to a meeting."""

from django.utils.translation import gettext_lazy as _

from participation.services.notices import declare

UNPROVED = declare(
    "check_in_unproved",
    _("A code I typed at a meeting was not right"),
    _("The code you typed was not right: %(meeting)s"),
    _("You are not lost: the office is asked to confirm that you came. Speak to it if you like."),
)
