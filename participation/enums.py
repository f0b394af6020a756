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


class MeetingStatus(models.TextChoices):
    """A meeting that was announced is never taken off the site again."""

    DRAFT = "draft", pgettext_lazy("meeting", "Draft")
    ANNOUNCED = "announced", pgettext_lazy("meeting", "Announced")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "Cancelled")


class Access(models.TextChoices):
    """What helps people to take part; an office ticks what there is."""

    STEP_FREE = "step_free", _("No steps, or a ramp")
    TOILET = "toilet", _("A toilet for wheelchairs")
    SIGN = "sign", _("Sign language")
    CHILDREN = "children", _("Somebody minds small children")
    WOMEN = "women", _("Women can also talk in a group of their own")
    TRANSPORT = "transport", _("A lift from the villages")


class RsvpStatus(models.TextChoices):
    """A change of mind changes the row; none is deleted."""

    COMING = "coming", pgettext_lazy("rsvp", "Coming")
    WAITING = "waiting", pgettext_lazy("rsvp", "On the waiting list")
    NOT_COMING = "not_coming", pgettext_lazy("rsvp", "Not coming")


class Channel(models.TextChoices):
    """How somebody heard of a meeting."""

    CHIEF = "chief", _("From the village chief")
    VOLUNTEER = "volunteer", _("From a volunteer")
    TELEGRAM = "telegram", _("On Telegram or Facebook")
    POSTER = "poster", _("From a poster")
    FOUND = "found", _("I found it myself")


class InputKind(models.TextChoices):
    TEXT = "text", pgettext_lazy("input", "Text")
    PHOTO = "photo", pgettext_lazy("input", "Photo")
    VOICE = "voice", pgettext_lazy("input", "Voice note")


class InputStatus(models.TextChoices):
    """What became of an input; the sender is told at each step."""

    SENT = "sent", pgettext_lazy("input", "Sent to the office")
    CARRIED = "carried", pgettext_lazy("input", "On the agenda")
    ANSWERED = "answered", pgettext_lazy("input", "Answered")


class Outcome(models.TextChoices):
    """What the meeting decided of a project or an input."""

    ACCEPTED = "accepted", pgettext_lazy("outcome", "Taken into the plan")
    PARTNER = "partner", pgettext_lazy("outcome", "Partner needed")
    NEXT_YEAR = "next_year", pgettext_lazy("outcome", "Next year")
    REFUSED = "refused", pgettext_lazy("outcome", "Not taken in")
    NOTED = "noted", pgettext_lazy("outcome", "Heard, nothing to decide")
