"""The words of notifications: ways to a person, importance, what became of a delivery."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """The ways to a person. A new one gets its carrier in `services/carriers.py`; features need no change."""

    SITE = "site", _("Here, at the bell")
    EMAIL = "email", _("By e-mail")


class Importance(models.TextChoices):
    """URGENT has a clock or takes something away; LOW is good to know and sends no e-mail unless asked for.

    ALARM is for somebody's safety: on every way, at any hour, beyond the week's number, whatever is switched off.
    """

    ALARM = "alarm", _("Alarm")
    URGENT = "urgent", _("Urgent")
    NORMAL = "normal", _("Normal")
    LOW = "low", _("Good to know")


class DeliveryStatus(models.TextChoices):
    QUEUED = "queued", _("Queued")
    TAKEN = "taken", _("In the hands of a worker")  # nothing has gone out yet
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed, tried again later")
    GIVEN_UP = "given_up", _("Given up")
    DROPPED = "dropped", _("Not sent")


class DeliveryReason(models.TextChoices):
    """Why a delivery failed, was given up or not sent. A code and nothing else: no address, no server's sentence."""

    NO_CONNECTION = "no_connection", _("The mail server cannot be reached")
    BUSY = "busy", _("The mail server asked to come back later")
    REFUSED = "refused", _("The mail server refused it for good")
    INTERRUPTED = "interrupted", _("Stopped while sending: nobody knows whether it went out")
    CAP = "cap", _("The person had this week's e-mails already")
    SWITCHED_OFF = "switched_off", _("The person switched it off")
    NO_ADDRESS = "no_address", _("The person has no confirmed address")
    ALREADY_READ = "already_read", _("The person had read it on the site")
