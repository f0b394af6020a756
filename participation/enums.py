"""Closed lists of the planning year."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class StepKind(models.TextChoices):
    """The steps of a plan as most communes go through them; a set of dates may leave some out and add its own."""

    PREPARE = "prepare", _("The commune prepares")
    VILLAGE = "village", _("Village meetings")
    COMMUNE = "commune", _("Commune meeting")
    INTEGRATION = "integration", _("District Integration Workshop")
    ADOPT = "adopt", _("The council adopts plan and budget")
    RESULTS = "results", _("The results are made public")
    OWN = "own", _("A step of our own")


class StepState(models.TextChoices):
    """How a step stands to a day; never stored."""

    PAST = "past", pgettext_lazy("step", "Past")
    NOW = "now", pgettext_lazy("step", "Now")
    AHEAD = "ahead", pgettext_lazy("step", "To come")


class Reach(models.TextChoices):
    """For whom a set of dates is meant; the nearest one that is there holds."""

    COMMUNE = "commune", _("Dates of the commune")
    DISTRICT = "district", _("Dates of the district")
    COUNTRY = "country", _("Dates for the whole country")
    USUAL = "usual", _("Usual dates")
