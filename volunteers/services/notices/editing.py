"""News of a request whose words or clock change."""

from django.utils.translation import gettext_lazy as _

from volunteers.services.notices import DESK, MINE, PROGRAMME, declare

REQUEST_CHANGED = declare(
    "request_changed",
    MINE,
    _("Work I applied for is changed"),
    _("Changed: %(request)s"),
    _("%(changes)s. Your application stays as it is. You may withdraw; it does not count against you."),
)
PLACE_CHANGED = declare(
    "place_changed",
    MINE,
    _("Work where I have a place is changed"),
    _("Changed: %(request)s"),
    _("%(changes)s. You keep your place. If it no longer fits you, write to the office."),
)
OFFICE_SUCCEEDED = declare(
    "office_succeeded",
    MINE,
    _("My commune became part of another"),
    _("Goes on with another office: %(request)s"),
    _("The commune became part of another one. %(office)s now looks after this; all that was agreed stays."),
)
GUIDE_MISSING = declare(
    "guide_missing",
    DESK,
    _("Our request has no guide any more"),
    _("Name another guide: %(request)s"),
    _("The guide left the office, or the safeguarding training is over 2 years old. Until then no service begins."),
)
REQUEST_EXPIRES_SOON = declare(
    "request_expires_soon",
    DESK,
    _("Our request closes within 5 days"),
    _("Closes within 5 days: %(request)s"),
    _("Do you still need people? One tap renews it."),
)
APPROVED_CHANGED = declare(
    "approved_changed",
    PROGRAMME,
    _("An approved request was changed"),
    _("Changed after approval: %(request)s"),
    "%(changes)s",
)
