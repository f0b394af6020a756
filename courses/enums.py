"""Closed lists of the learning part."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class QuestionKind(models.TextChoices):
    SINGLE = "single", _("One right answer")
    SEVERAL = "several", _("Several right answers")
    ORDER = "order", _("Put in order")


class AttemptStatus(models.TextChoices):
    OPEN = "open", _("Going on")
    FINISHED = "finished", _("Finished")
    SET_ASIDE = "set_aside", _("Set aside")  # another device had an open one when the two learners became one


class CourseIcon(models.TextChoices):
    """Icons an editor may put on a course; names of the shared icon set."""

    TABLE = "table", _("Table")
    SPREADSHEET = "file-spreadsheet", _("Spreadsheet")
    KEYBOARD = "keyboard", _("Keyboard")
    TEXT = "file-text", _("Letter")
    MINUTES = "list-check", _("List")
    LAPTOP = "device-laptop", _("Computer")
    PHONE = "phone", pgettext_lazy("icon", "Phone")
    TELEGRAM = "brand-telegram", _("Telegram")
    LOCK = "lock", _("Lock")
    PEOPLE = "users", _("People")
    COMMUNE = "building-community", _("Commune")
    COUNCIL = "building-arch", _("Council")
    SPEAK = "speakerphone", _("Loudspeaker")
    CHART = "chart-bar", _("Chart")
    BOOK = "book-2", _("Book")
