"""What people are told while an office chooses: the standby list, messages, talks, reviewers."""

from django.utils.translation import gettext_lazy as _

from volunteers.services.notices import DESK, MINE, URGENT, declare

STANDS_BY = declare(
    "stands_by",
    MINE,
    _("I am on a standby list"),
    _("You stand by: %(request)s"),
    _("If a place becomes free, it is offered to you by itself when your turn comes. You may still say no."),
)
STANDS_DOWN = declare(
    "stands_down",
    MINE,
    _("I am no longer on a standby list"),
    _("You no longer stand by: %(request)s"),
    _("You are still on the shortlist. %(office)s decides whom it offers a place."),
)
PROMOTED = declare(
    "promoted",
    MINE,
    _("A place became free for me"),
    _("A place became free for you: %(request)s"),
    _("Answer before %(until_at)s. After that it goes to the next who stands by."),
    **URGENT,
)
STANDBY_OFFERED = declare(
    "standby_offered",
    DESK,
    _("A free place was offered to the next on the standby list"),
    _("%(code)s was offered the free place: %(request)s"),
    _("You need not do anything. The answer comes within 72 hours."),
)
