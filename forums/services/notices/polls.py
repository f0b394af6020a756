"""What is told of polls."""

from django.utils.translation import gettext_lazy as _

from forums.services.notices import declare

ENDED = declare(
    "poll_ended",
    _("A poll I made, watch or openly voted in has ended"),
    _("The poll has ended: %(poll)s"),
    _("%(ballots)s people voted. Read the result."),
)
