from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class BoardKind(models.TextChoices):
    GENERAL = "general", _("General")
    COURSE = "course", _("Course")
    COMMUNE = "commune", _("Commune")


class TopicKind(models.TextChoices):
    QUESTION = "question", _("Question")
    DISCUSSION = "discussion", _("Discussion")
    IDEA = "idea", _("Idea")
    ANNOUNCEMENT = "announcement", _("Announcement")


class PostState(models.TextChoices):
    VISIBLE = "visible", _("Visible")
    DELETED = "deleted", _("Deleted by its author")
    HIDDEN = "hidden", _("Hidden by a moderator")


class EventKind(models.TextChoices):
    """What happened to a post or a part of the page. Events say what to read again, not what it looks like."""

    POSTED = "posted", _("Posted")
    EDITED = "edited", _("Edited")
    REMOVED = "removed", _("Removed")
    RESTORED = "restored", _("Restored")
    ANSWERED = "answered", _("Marked as the official answer")
    UNANSWERED = "unanswered", _("No longer the official answer")
    CHANGED = "changed", _("Changed")


class Part(models.TextChoices):
    """What of a topic's page, beside its posts, changes before the reader's eyes."""

    HEAD = "head", _("Head")


class ModerationKind(models.TextChoices):
    HIDE = "hide", _("Hide")
    RESTORE = "restore", _("Show again")


class HideReason(models.TextChoices):
    INSULT = "insult", _("It insults or threatens someone")
    PERSONAL_DATA = "personal_data", _("It shows someone's personal data")
    EXCLUSION = "exclusion", _("It shuts someone out because of their views")
    PARTY = "party", _("It is party content")
    DANGER = "danger", _("It could put a young person in danger")
    SPAM = "spam", pgettext_lazy("unwanted post", "It is advertising or repeated")
    OTHER = "other", _("Another reason")


class ReportOutcome(models.TextChoices):
    HIDDEN = "hidden", _("The post was hidden")
    NOTHING = "nothing", _("Nothing to do")


class ReactionKind(models.TextChoices):
    """A closed set; nothing in it ranks a person, least of all an official."""

    THANKS = "thanks", pgettext_lazy("reaction", "Thanks")
    AGREE = "agree", pgettext_lazy("reaction", "I agree")
    ME_TOO = "me_too", pgettext_lazy("reaction", "Me too")
    SAD = "sad", pgettext_lazy("reaction", "It saddens me")

    @property
    def icon(self) -> str:
        return REACTION_ICONS[self.value]


REACTION_ICONS = {"thanks": "heart", "agree": "thumb-up", "me_too": "users", "sad": "mood-sad"}
