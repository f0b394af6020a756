"""The words of a partnership between an NGO and a commune office."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PartnershipStatus(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("partnership", "Proposed")
    ACTIVE = "active", pgettext_lazy("partnership", "Working together")
    DECLINED = "declined", pgettext_lazy("partnership", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("partnership", "Taken back")
    ENDED = "ended", pgettext_lazy("partnership", "Ended")


class PartReason(models.TextChoices):
    """Why a partnership is declined or ended. Read by the other side."""

    DONE = "part_done", _("The work we planned is done")
    NO_TIME = "part_no_time", _("We have no time or people for it now")
    OTHER_TERMS = "part_terms", _("We would agree to other terms")
    NO_TRUST = "part_trust", _("Working together did not go well")
    CHANGED = "part_changed", _("Our organisation changed")
