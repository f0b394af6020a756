from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ROOM = "topic"  # the kind of room that the readers of a topic sit in


class BoardKind(models.TextChoices):
    GENERAL = "general", _("General")
    COURSE = "course", _("Course")
    COMMUNE = "commune", _("Commune")
    OFFICE = "office", _("Office")
    COHORT = "cohort", _("Cohort")


# Only whom they are for reads these; all others are public.
PRIVATE_KINDS = (BoardKind.OFFICE, BoardKind.COHORT)


class SeatRole(models.TextChoices):
    """Why a person may read a private board. Who acts for the office of an office's board needs no seat."""

    LEAD = "lead", _("Facilitator")
    MEMBER = "member", pgettext_lazy("board", "Member")
    GUEST = "guest", pgettext_lazy("board", "Guest")


class PinScope(models.TextChoices):
    BOARD = "board", _("On its board")
    SITE = "site", _("In the whole forum")


class FollowLevel(models.TextChoices):
    """What of a topic or a board a person is told."""

    WATCH = "watch", _("Every reply")
    MENTIONS = "mentions", _("Only when I am mentioned")
    MUTE = "mute", _("Nothing")


class TopicKind(models.TextChoices):
    QUESTION = "question", _("Question")
    DISCUSSION = "discussion", _("Discussion")
    IDEA = "idea", _("Idea")
    ANNOUNCEMENT = "announcement", _("Announcement")

    @property
    def icon(self) -> str:
        """The icon that stands for it."""
        return {"question": "help-circle", "discussion": "messages", "idea": "bulb"}.get(self.value, "speakerphone")


class PostState(models.TextChoices):
    VISIBLE = "visible", _("Visible")
    DELETED = "deleted", _("Deleted by its author")
    HIDDEN = "hidden", _("Hidden by a moderator")
    MOVED = "moved", _("Moved to another topic")


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
    IDEA = "idea", _("Idea")
    POLL = "poll", _("Poll")


class ModerationKind(models.TextChoices):
    HIDE = "hide", _("Hide")
    RESTORE = "restore", _("Show again")
    MOVE = "move", _("Move to another board")
    MERGE = "merge", _("Join with another topic")
    SPLIT = "split", _("Make a topic of its own")
    PIN = "pin", _("Keep at the top")
    UNPIN = "unpin", _("No longer keep at the top")
    LOCK = "lock", _("Close for replies")
    UNLOCK = "unlock", _("Open for replies")
    WARN = "warn", _("Warn its author")
    DISMISS = "dismiss", _("Nothing to do")
    UPHOLD = "uphold", _("The decision stands")
    OVERTURN = "overturn", _("Take the decision back")
    RELEASE = "release", _("Let through")
    ERASE = "erase", _("Take former words out")


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
    WARNED = "warned", _("Its author was warned")
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


class Desk(models.TextChoices):
    """Who decides. What shuts someone out for their views goes to the programme, past moderators and offices."""

    MODERATORS = "moderators", _("Moderators")
    PROGRAMME = "programme", _("Programme staff")


class CaseKind(models.TextChoices):
    REPORT = "report", _("Reported")
    APPEAL = "appeal", pgettext_lazy("moderation", "Appeal")


class IdeaCategory(models.TextChoices):
    """As the commune's plan orders its projects."""

    ECONOMY = "economy", _("Economy")
    SOCIAL = "social", _("Social affairs")
    ENVIRONMENT = "environment", _("Environment")
    ADMINISTRATION = "administration", _("Administration and security")
    GENDER = "gender", pgettext_lazy("category of the plan", "Gender")


class CostBand(models.TextChoices):
    """About what an idea would cost, in riel."""

    SMALL = "small", _("Up to 4 million riel")
    MIDDLE = "middle", _("4 to 20 million riel")
    LARGE = "large", _("20 to 100 million riel")
    LARGEST = "largest", _("More than 100 million riel")


class IdeaStatus(models.TextChoices):
    """How far an idea has come; what leads from one to the other stands in `services/ideas/path.py`."""

    RECEIVED = "received", pgettext_lazy("idea", "Received")
    UNDER_REVIEW = "under_review", pgettext_lazy("idea", "Under review")
    IN_CIP = "in_cip", pgettext_lazy("idea", "In the CIP")
    FUNDED = "funded", pgettext_lazy("idea", "Funded")
    IN_WORK = "in_work", pgettext_lazy("idea", "In work")
    SAID_DONE = "said_done", pgettext_lazy("idea", "Said done")
    CONFIRMED = "confirmed", pgettext_lazy("idea", "Confirmed by residents")
    REFUSED = "refused", pgettext_lazy("idea", "Refused")

    @property
    def dye(self) -> str:
        """The colour of its tag; the word stands beside it always."""
        return {"confirmed": "ok", "said_done": "sun", "refused": "bad", "received": "", "under_review": ""}.get(
            self.value, "ok"
        )


class Refusal(models.TextChoices):
    """Why an office refuses an idea."""

    NOT_OURS = "not_ours", _("It is not the commune's to decide")
    MONEY = "money", _("There is no money for it")
    LAND = "land", _("There is no land or place for it")
    THERE = "there", _("It is there already, or planned")
    HARM = "harm", _("It would harm people or nature")
    LAW = "law", _("The law does not allow it")
    OTHER = "other_refusal", _("Another reason")


class StepBack(models.TextChoices):
    """Why an idea goes back a step."""

    MISTAKE = "mistake", _("The step was set by mistake")
    NO_MONEY = "no_money", _("The money did not come")
    PLAN = "plan", _("The plan changed")
    STOPPED = "stopped", _("The work stopped")
    LOOK = "look", _("We look at it again")
    OTHER = "other_step", _("Another reason")


class StepCare(models.TextChoices):
    """Whether everybody reads what a resident said of finished work, with its photo."""

    SHOWN = "shown", pgettext_lazy("words", "Shown")
    WAITS = "waits", pgettext_lazy("words", "Waits for a moderator")
    GONE = "gone", pgettext_lazy("words", "Taken out")


class TrustLevel(models.TextChoices):
    """How far the forum knows a person. Earned by reading, learning and attendance."""

    NEW = "new", pgettext_lazy("trust", "New here")
    KNOWN = "known", pgettext_lazy("trust", "Known")
    TRUSTED = "trusted", pgettext_lazy("trust", "Trusted")
    OFFICE = "office", pgettext_lazy("trust", "Answers for an office or the programme")


class HoldReason(models.TextChoices):
    """Why a post waits before others can read it."""

    FIRST = "first", _("It is the first post of somebody new here.")
    WORDS = "words", _("It holds a word that a moderator looks at first.")
    QUIET = "quiet", _("It holds party words, and this is the quiet time around an election.")


class SealReason(models.TextChoices):
    """Which danger to a person a seal is opened for; the kind stands in the public list."""

    YOUNG = "young", _("A danger to a young person")
    VIOLENCE = "violence", _("Somebody may be hurt or killed")
    ONESELF = "oneself", _("Whoever wrote it may hurt themselves")
    OTHER = "other_danger", _("Another danger to a person")


class WordEffect(models.TextChoices):
    """What a word of the list does."""

    HOLD = "hold", _("The post waits for a moderator")
    FLAG = "flag", _("The post stands, a moderator looks at it")
    QUIET = "quiet", _("It waits in the quiet time, else a moderator looks at it")


class PollWay(models.TextChoices):
    """How people choose."""

    SINGLE = "single", _("One option")
    SEVERAL = "several", _("Several options")
    RANKED = "ranked", _("Options in an order")


class PollShows(models.TextChoices):
    """When the numbers can be read."""

    ALWAYS = "always", _("At once, by everybody")
    VOTED = "voted", _("After one's own vote")
    END = "end", _("At the end")


class Rating(models.TextChoices):
    """What the asker says of the office's answer."""

    HELPED = "helped", pgettext_lazy("answer", "It helped")
    PARTLY = "partly", pgettext_lazy("answer", "It helped partly")
    NO = "no", pgettext_lazy("answer", "It did not help")
