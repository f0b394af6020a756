"""Closed lists of the learning part."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class QuestionKind(models.TextChoices):
    SINGLE = "single", _("One right answer")
    SEVERAL = "several", _("Several right answers")
    ORDER = "order", _("Put in order")
    NUMBER = "number", _("Number")
    SHORT = "short", _("Short text")
    MATCH = "match", _("Match pairs")


class AttemptStatus(models.TextChoices):
    OPEN = "open", _("Going on")
    FINISHED = "finished", _("Finished")
    SET_ASIDE = "set_aside", _("Set aside")  # another device had an open one when the two learners became one


class TaskKind(models.TextChoices):
    """What a practical task asks for."""

    LETTER = "letter", _("Official letter")
    MINUTES = "minutes", _("Minutes of a meeting")
    PROJECT_LIST = "project_list", _("CIP project list")
    CASH_BOOK = "cash_book", _("Cash book")
    POSTER = "poster", _("Poster")
    OTHER = "other", _("Other work")


class Confirmer(models.TextChoices):
    """Who decides about the work handed in: asked by the task; a submission has one of the first two."""

    FACILITATOR = "facilitator", _("A facilitator")
    CLERK = "clerk", _("A commune clerk")
    EITHER = "either", _("Whichever the learner chooses")


class SubmissionStatus(models.TextChoices):
    HANDED_IN = "handed_in", _("Handed in")
    RETURNED = "returned", pgettext_lazy("submission", "Returned")
    ACCEPTED = "accepted", pgettext_lazy("submission", "Accepted")


class CommuneWork(models.TextChoices):
    """The one kind of commune work that a course is for: a filter of the catalogue."""

    LETTERS = "letters", _("Letters")
    TABLES = "tables", _("Lists and tables")
    BUDGET = "budget", _("Budget and cash book")
    MINUTES = "minutes", _("Minutes and reports")
    SAFETY = "safety", _("Safe phone and data")
    PLANNING = "planning", _("Planning, CIP")
    MEETINGS = "meetings", _("Meetings for everyone")


class EventKind(models.TextChoices):
    """What a phone tells about learning."""

    ENROLLED = "enrolled", _("Began the course")
    OPENED = "opened", _("Opened the lesson")
    STUDIED = "studied", _("Spent time in the lesson")
    DONE = "done", _("Said the lesson is done")


class EventOutcome(models.TextChoices):
    """What became of an event or an answer that a phone sent."""

    STORED = "stored", _("Stored")
    KNOWN = "known", _("Known already")
    GONE = "gone", _("There is no such lesson, course or question any more")
    REFUSED = "refused", _("This id belongs to somebody else's event")
    UNFIT = "unfit", _("The answer does not fit the question")
    NOT_NOW = "not_now", _("The quiz allows no new attempt now")


class AttemptPurpose(models.TextChoices):
    """Only QUIZ can pass a lesson. BEFORE and AFTER are the two checks of a course."""

    QUIZ = "quiz", _("Quiz")
    PRACTICE = "practice", _("Practice")
    BEFORE = "before", _("Check before the course")
    AFTER = "after", _("Check after the course")


class CourseLength(models.TextChoices):
    """How much time a course takes, as the catalogue asks."""

    HALF_HOUR = "30", _("Up to 30 minutes")
    HOUR = "60", _("Up to 1 hour")
    LONGER = "more", _("Longer")


class CourseSize(models.TextChoices):
    """What opening all lessons of a course costs, as the catalogue asks."""

    SMALL = "small", _("Up to 200 KB")
    MEDIUM = "medium", _("Up to 1 MB")
    LARGE = "large", _("Larger")


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


class CohortState(models.TextChoices):
    """Where a cohort stands in time; nobody sets it."""

    PLANNED = "planned", pgettext_lazy("cohort", "Not begun yet")
    OPEN = "open", pgettext_lazy("cohort", "Going on")
    ENDED = "ended", pgettext_lazy("cohort", "Ended")
    ARCHIVED = "archived", pgettext_lazy("cohort", "Archived")


class Presence(models.TextChoices):
    PRESENT = "present", _("Present")
    EXCUSED = "excused", _("Excused")
    ABSENT = "absent", _("Absent")


class NudgeSentence(models.TextChoices):
    """What a facilitator may say with one tap; each reader gets it in their own language."""

    CARRY_ON = "carry_on", _("Your next lesson is waiting for you. Ten minutes are enough.")
    HELP = "help", _("Are you stuck? Ask on the course's board: we help you.")
    TASK = "task", _("Your practical task is still open. Hand in what you have; we look at it together.")
    MEET = "meet", _("We meet soon. Please read the lessons before that day.")
    WELL_DONE = "well_done", _("You are doing well. Keep going until the certificate.")
    LAST_DAYS = "last_days", _("The cohort ends soon. You can still finish the course.")


class JoinObstacle(models.TextChoices):
    """Why somebody with the link cannot join a cohort, in a sentence to them."""

    NO_AGE = "no_age", _("We do not know your age yet. Add your birth year in the settings, then come back here.")
    TOO_YOUNG = "too_young", _("Under 15 you can read every lesson here, but not join a cohort.")
    NO_CONSENT = (
        "no_consent",
        _("You are under 18: a parent or guardian must agree first. The facilitator can record that they agree."),
    )
    CLOSED = "closed", _("This invitation is closed. Ask the facilitator for a new one.")
    FULL = "full", _("All places are taken. Ask the facilitator whether one becomes free.")


class CertificateState(models.TextChoices):
    """What a certificate's code answers."""

    VALID = "valid", pgettext_lazy("certificate", "Valid")
    SUPERSEDED = "superseded", pgettext_lazy("certificate", "Replaced by a newer one")
    REVOKED = "revoked", pgettext_lazy("certificate", "Withdrawn by the issuer")
    ERASED = "erased", pgettext_lazy("certificate", "Its owner has left")


class ReissueReason(models.TextChoices):
    SPELLING = "spelling", _("The name was misspelt")
    NEW_NAME = "new_name", _("The person has a new name")
    SCRIPT = "script", _("The name was missing in one script")


class RevocationReason(models.TextChoices):
    NOT_OWN_WORK = "not_own_work", _("The work was another person's")
    WRONG_PERSON = "wrong_person", _("It was issued to the wrong person")
    MISTAKE = "mistake", _("It was issued by mistake")
    ASKED_BY_OWNER = "asked_by_owner", _("Its owner asked for it")


class ConfirmationStatus(models.TextChoices):
    ASKED = "asked", pgettext_lazy("confirmation", "Waiting for the office")
    CONFIRMED = "confirmed", pgettext_lazy("confirmation", "Confirmed")
    REFUSED = "refused", pgettext_lazy("confirmation", "Not confirmed")


class RefusalReason(models.TextChoices):
    """Why an office does not confirm; said to the learner, each with a way on."""

    UNKNOWN_PERSON = "unknown_person", _("We do not know this person yet. Please visit the office.")
    NOT_SEEN = "not_seen", _("We have not seen the work yet. Please show it to us.")
    NOT_DONE = "not_done", _("The work is not as it should be yet.")
    OTHER_OFFICE = "other_office", _("Another commune office should answer this.")


class SkillLevel(models.TextChoices):
    """How an office saw somebody use a skill at work."""

    ALONE = "alone", _("Uses it alone")
    WITH_HELP = "with_help", _("Uses it with help")
    NOT_SEEN = "not_seen", _("Not seen yet")


class GrantSource(models.TextChoices):
    """What a skill was proved by."""

    COURSE = "course", _("From a course")
    WORK = "work", _("Confirmed at work")
