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


class DocumentKind(models.TextChoices):
    """Papers of a commune that everybody may read."""

    CIP = "cip", _("Investment programme (CIP)")
    BUDGET = "budget", _("Budget")
    MINUTES = "minutes", pgettext_lazy("paper", "Minutes")
    OTHER = "other", pgettext_lazy("paper", "Other")


class SurveyAccess(models.TextChoices):
    """How people come to a survey. What each protects from, and what not, says decision 0054."""

    LINK = "link", _("Anybody with the link or the code")
    TICKET = "ticket", _("One paper ticket for each person")


class LeftOut(models.TextChoices):
    """Why an answer is kept but stays out of the figures; how many there are of each is public."""

    FAST = "fast", _("filled in faster than a person reads")
    PHONE = "phone", _("more answers from one phone than a household gives")
    BURST = "burst", _("more at once than people who could be there")
    CROWD = "crowd", _("more from one network than people who share it")


class InvitedBy(models.TextChoices):
    CHIEF = "chief", _("The village chief")
    COMMUNE = "commune", _("The commune office")
    NEIGHBOUR = "neighbour", _("A neighbour or the family")
    VOLUNTEER = "volunteer", _("A volunteer or an NGO")
    ONLINE = "online", _("Telegram or Facebook")
    PUBLIC = "public", _("A poster or loudspeaker")
    OTHER = "other", pgettext_lazy("survey", "Somebody else")


class WhyNot(models.TextChoices):
    UNKNOWN = "unknown", _("I did not know of it")
    UNINVITED = "uninvited", _("Nobody invited me")
    TIME = "time", _("I had no time")
    AWAY = "away", _("I live or work elsewhere")
    FAR = "far", _("Too far, or hard to get there")
    USELESS = "useless", _("It changes nothing")
    UNWELCOME = "unwelcome", _("I did not feel welcome")
    OTHER = "other", pgettext_lazy("reason", "Another reason")


class Satisfaction(models.TextChoices):
    """`is_satisfied` counts the two upper ones: the study counted people who were at least somewhat satisfied."""

    VERY = "very", _("Very satisfied")
    SOMEWHAT = "somewhat", _("Somewhat satisfied")
    HARDLY = "hardly", _("Hardly satisfied")
    NOT = "not", _("Not satisfied")
    UNSURE = "unsure", _("I cannot say")

    @property
    def is_satisfied(self) -> bool:
        return self in (Satisfaction.VERY, Satisfaction.SOMEWHAT)


class AgeBand(models.TextChoices):
    """Bands in which the study told ages: youth are 18 to 35, the elderly over 60."""

    MINOR = "15-17", _("15 to 17")
    YOUTH = "18-35", _("18 to 35")
    MIDDLE = "36-60", _("36 to 60")
    ELDERLY = "61-", _("Over 60")


class Sex(models.TextChoices):
    FEMALE = "female", pgettext_lazy("sex", "Female")
    MALE = "male", pgettext_lazy("sex", "Male")


class SurveyGroup(models.TextChoices):
    """Groups the study watches; a survey asks for the last three together, as an optional question."""

    FEMALE = "female", _("Women")
    YOUTH = "youth", _("Youth, 18 to 35")
    ELDERLY = "elderly", _("Over 60")
    DISABILITY = "disability", _("People with disability")
    MIGRANT = "migrant", _("Migrant households")
    MINORITY = "minority", _("Minorities")


class FunnelStep(models.TextChoices):
    """From hearing of the plan to being satisfied with how it is made."""

    HEARD = "heard", _("Heard of it")
    INVITED = "invited", _("Were invited")
    JOINED = "joined", _("Joined")
    INPUT = "input", _("Gave input")
    SATISFIED = "satisfied", _("Were satisfied")


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


class CountedBy(models.TextChoices):
    """Who counted people at a meeting."""

    CODE = "code", pgettext_lazy("counted", "With a phone")
    DOOR = "door", pgettext_lazy("counted", "By the office")
    SELF = "self", pgettext_lazy("counted", "With a phone, without an account")


class DoorMeans(models.TextChoices):
    """Whom the office counted at its door; "" is not said, and taken for the others alone, as the door's page asks."""

    OTHERS = "others", pgettext_lazy("door", "Only people who did not count themselves by phone")
    ALL = "all", pgettext_lazy("door", "Everybody who came in")


class CountedGroup(models.TextChoices):
    """What people may say of themselves beside sex and age; only ever a sum."""

    DISABILITY = "disability", _("People with a disability")
    MINORITY = "minority", _("Minorities and indigenous peoples")
    MIGRANT = "migrant", _("Households with migrants")
    ID_POOR = "id_poor", _("ID Poor households")


class ToldStep(models.TextChoices):
    """At which steps people may say something of themselves beside the door, for sums."""

    INPUT = "input", pgettext_lazy("counted", "Sent input")
    FEEDBACK = "feedback", pgettext_lazy("counted", "Said what they thought")


class UntoldReason(models.TextChoices):
    """Why somebody thinks that nobody told them; read by the programme alone."""

    FORGOTTEN = "forgotten", _("Nobody came to our house")
    LATE = "late", _("I heard of it too late")
    AWAY = "away", _("I live or work elsewhere")
    VIEWS = "views", _("Because of my views")
    OTHER = "other", pgettext_lazy("reason", "Another reason")


class FeedbackStage(models.TextChoices):
    """When people are asked what they thought of a meeting."""

    HOURS = "hours", pgettext_lazy("feedback", "After two hours")
    DAYS = "days", pgettext_lazy("feedback", "After seven days")


class Opinion(models.TextChoices):
    """Of a meeting, in three steps, by whoever came."""

    GOOD = "good", pgettext_lazy("opinion", "Good: I was heard")
    PARTLY = "partly", pgettext_lazy("opinion", "Partly good")
    BAD = "bad", pgettext_lazy("opinion", "Not good")


class MissedBecause(models.TextChoices):
    """Why somebody did not come."""

    UNTOLD = "untold", _("nobody told me")
    CLOSED = "closed", _("I did not know that anybody may come")
    TIME = "time", _("I had no time")
    FAR = "far", _("too far, or hard to get there")
    MONEY = "money", _("it costs money, or a day's pay")
    UNWELCOME = "unwelcome", _("I did not feel welcome")
    USELESS = "useless", _("it changes nothing")
    SENT = "sent", _("I sent my input instead")
    OTHER = "other", pgettext_lazy("reason", "another reason")


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


ROOM = "meeting"  # the kind of room that the readers of a meeting sit in


class QuestionState(models.TextChoices):
    """What the moderator of a live room does with a question."""

    WAITING = "waiting", pgettext_lazy("question", "Waiting")
    NEXT = "next", pgettext_lazy("question", "Comes next")
    ANSWERED = "answered", pgettext_lazy("question", "Answered")
    ASIDE = "aside", pgettext_lazy("question", "Set aside")


class AsideReason(models.TextChoices):
    """Why a question was set aside; the asker and everybody reads it."""

    ASKED = "asked", _("It was asked already")
    ELSEWHERE = "elsewhere", _("It belongs to another meeting or office")
    TIME = "time", _("There was no time for it")
    PERSONAL = "personal", _("It names or insults a person")
    PARTY = "party", _("It is party content")

    @classmethod
    def unreadable(cls) -> tuple[str, ...]:
        """For these nobody but the office reads the words any more."""
        return (cls.PERSONAL.value, cls.PARTY.value)


class RoomPart(models.TextChoices):
    """Parts of a live room's pages beside its questions."""

    STATE = "state", _("Open or closed")
    SCREEN = "screen", _("On the screen")
    TOP = "top", _("Most supported")
    HANDS = "hands", _("Show of hands")
