"""The words of serving: how somebody came, what they answer to a shift, who looks again."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Arrival(models.TextChoices):
    """How it is known that a person came to a shift; empty while nobody said so."""

    CODE = "code", pgettext_lazy("arrival", "By the code, on time")
    LATE = "late", pgettext_lazy("arrival", "By the code, late")
    UNSURE = "unsure", pgettext_lazy("arrival", "Says so; please confirm")
    UNPROVED = "unproved", pgettext_lazy("arrival", "Not proved: please confirm by hand")
    OFFICE = "office", pgettext_lazy("arrival", "Noted by the office")


class CheckInOutcome(models.TextChoices):
    """What a program hears of a check-in."""

    CAME = "came", _("Checked in")
    ASKED = "asked", _("The office confirms by hand")
    UNKNOWN = "unknown", _("No shift of the person at that time")


class SignupVerb(models.TextChoices):
    """What a person answers to a shift; verbs of the machine of sign-ups."""

    SIGN_UP = "sign_up", pgettext_lazy("shift", "Sign up")
    JOIN_WAITING = "join_waiting", pgettext_lazy("shift", "Join the waiting list")
    CONFIRM = "confirm", pgettext_lazy("shift", "Confirm the free seat")
    PASS_ON = "pass_on", pgettext_lazy("shift", "Pass the free seat on")
    LEAVE = "leave", pgettext_lazy("shift", "Leave")
    STOP_WAITING = "stop_waiting", pgettext_lazy("shift", "Leave the waiting list")


class Appeal(models.TextChoices):
    """Who looks again at a "did not come"; empty while nobody asked for it."""

    OFFICE = "office", pgettext_lazy("appeal", "The office looks again")
    STAFF = "staff", pgettext_lazy("appeal", "The programme looks at it")
    DECIDED = "decided", pgettext_lazy("appeal", "Decided")
