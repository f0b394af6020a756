"""Why an office ends what it began."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EndReason(models.TextChoices):
    """Why an office ends a place early. The volunteer reads it as the office's words."""

    SOONER = "end_sooner", _("The work is done sooner than planned")
    STOPPED = "end_stopped", _("The work stopped")
    ABSENT = "end_absent", _("The volunteer did not come as agreed")
    CONDUCT = "end_conduct", _("What was agreed was not kept")
    NO_GUIDE = "end_no_guide", _("The office can no longer guide the volunteer")
    OTHER = "end_other", _("Another reason, in words below")


class CancelReason(models.TextChoices):
    """Why an office cancels a request while people have places in it. Each of them reads it."""

    NO_NEED = "cancel_no_need", _("The commune no longer needs this work")
    DANGER = "cancel_danger", _("Flood, storm or another danger")
    MONEY = "cancel_money", _("There is no money for this work any more")
    NO_GUIDE = "cancel_no_guide", _("Nobody can guide the volunteers any more")
    OTHER = "cancel_other", _("Another reason, in words below")
