"""The words of volunteering: states, verbs of change, reasons. Each state's meaning is in `services/states`."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from volunteers.enums.ending import CancelReason as CancelReason
from volunteers.enums.ending import EndReason as EndReason
from volunteers.enums.partnership import PartnershipStatus as PartnershipStatus
from volunteers.enums.partnership import PartReason as PartReason
from volunteers.enums.serving import Appeal as Appeal
from volunteers.enums.serving import Arrival as Arrival
from volunteers.enums.serving import CheckInOutcome as CheckInOutcome
from volunteers.enums.serving import SignupVerb as SignupVerb


class RequestStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", pgettext_lazy("request", "Waiting for approval")
    RETURNED = "returned", _("Sent back")
    OPEN = "open", pgettext_lazy("request", "Open")
    REVIEW = "review", _("Choosing")
    FILLED = "filled", _("Filled")
    CLOSED = "closed", pgettext_lazy("request", "Closed")
    EXPIRED = "expired", _("Expired")
    CANCELLED = "cancelled", _("Cancelled")


class ApplicationStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", pgettext_lazy("application", "Sent")
    SHORTLISTED = "shortlisted", _("Shortlisted")
    OFFERED = "offered", _("Place offered")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Offer declined")
    LAPSED = "lapsed", _("Offer lapsed")
    NOT_PLACED = "not_placed", _("Not placed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class PlacementStatus(models.TextChoices):
    AGREED = "agreed", _("Agreed")
    ACTIVE = "active", _("Serving")
    PAUSED = "paused", _("Paused")
    COMPLETED = "completed", _("Completed")
    ENDED_EARLY = "ended_early", _("Ended early")


class SignupStatus(models.TextChoices):
    """A person's place in a shift; the last four are the attendance."""

    SIGNED_UP = "signed_up", pgettext_lazy("shift", "Coming")
    WAITING = "waiting", pgettext_lazy("shift", "On the waiting list")
    CALLED = "called", pgettext_lazy("shift", "A seat is free: please confirm")
    CANCELLED = "cancelled", pgettext_lazy("shift", "Not coming")
    ATTENDED = "attended", pgettext_lazy("shift", "Came")
    EXCUSED = "excused", pgettext_lazy("shift", "Excused")
    NO_SHOW = "no_show", pgettext_lazy("shift", "Did not come")
    NOT_TRACKED = "not_tracked", pgettext_lazy("shift", "Not recorded")


class HoursStatus(models.TextChoices):
    CLAIMED = "claimed", pgettext_lazy("hours", "Claimed")
    CONFIRMED = "confirmed", pgettext_lazy("hours", "Confirmed")
    DISPUTED = "disputed", pgettext_lazy("hours", "Disputed")
    SETTLED = "settled", pgettext_lazy("hours", "Settled")


class Side(models.TextChoices):
    """From where a concern comes."""

    VOLUNTEER = "volunteer", _("The volunteer")
    OFFICE = "office", _("The commune office")
    GUIDE = "guide", _("The partner's guide")
    STAFF = "staff", _("The programme")


class ConcernStep(models.TextChoices):
    RAISED = "raised", pgettext_lazy("concern", "Raised")
    READ = "read", pgettext_lazy("concern", "Read")
    NOTED = "noted", pgettext_lazy("concern", "Noted")
    LIFTED = "lifted", pgettext_lazy("concern", "Closed: the place goes on")
    ENDED = "ended", pgettext_lazy("concern", "Closed: the place ended")


class TimeOfDay(models.TextChoices):
    """When one is needed or free; each is a column `is_<value>` of the models that have times."""

    MORNING = "morning", _("Mornings")
    AFTERNOON = "afternoon", _("Afternoons")
    EVENING = "evening", _("Evenings")
    WEEKEND = "weekend", _("Weekends")


class Cost(models.TextChoices):
    """What a commune pays; each is a column `covers_<value>` of a request."""

    TRANSPORT = "transport", _("Transport")
    MEALS = "meals", _("Meals")
    PHONE = "phone", _("Phone data")
    NOTHING = "nothing", _("Nothing: the volunteer pays")


class StipendPer(models.TextChoices):
    DAY = "day", pgettext_lazy("stipend", "a day")
    MONTH = "month", pgettext_lazy("stipend", "a month")
    WHOLE = "whole", pgettext_lazy("stipend", "for the whole work")


class Term(models.TextChoices):
    """One thing that people read in a request and that an edit may change."""

    TITLE = "title", _("Title")
    SUMMARY = "summary", _("What it is about")
    TASKS = "tasks", pgettext_lazy("request", "Tasks")
    QUESTIONS = "questions", _("Questions")
    SEATS = "seats", _("People needed")
    START = "start", _("First day")
    END = "end", _("Last day")
    HOURS = "hours", _("Hours a week")
    TIMES = "times", _("Times of day")
    PLACE = "place", _("Where")
    REMOTE = "remote", _("From home")
    COSTS = "costs", _("Costs covered")
    GUIDE = "guide", _("Your guide")
    AGE = "age", _("Youngest age")
    SKILLS = "skills", _("Skills that help")
    COURSES = "courses", _("Courses to finish first")
    RECORDS = "records", _("Papers of residents")


class SpokenLanguage(models.TextChoices):
    """What people of Cambodia speak with each other and with a commune office."""

    KHMER = "khmer", _("Khmer")
    ENGLISH = "english", _("English")
    BUNONG = "bunong", _("Bunong")
    JARAI = "jarai", _("Jarai")
    TAMPUAN = "tampuan", _("Tampuan")
    KREUNG = "kreung", _("Kreung")
    BRAO = "brao", _("Brao")
    KAVET = "kavet", _("Kavet")
    KUY = "kuy", _("Kuy")
    STIENG = "stieng", _("Stieng")
    CHAM = "cham", _("Cham")
    VIETNAMESE = "vietnamese", _("Vietnamese")
    THAI = "thai", _("Thai")
    LAO = "lao", _("Lao")
    CHINESE = "chinese", _("Chinese")
    FRENCH = "french", _("French")
    SIGN = "sign", _("Cambodian Sign Language")


class Distance(models.TextChoices):
    """How far a person lives from the office, in bands: a shortlist must not tell the village."""

    COMMUNE = "commune", _("Same commune")
    DISTRICT = "district", _("Same district")
    PROVINCE = "province", _("Same province")
    FAR = "far", _("Another province")
    UNKNOWN = "unknown", _("Not said")


class NoPlaceReason(models.TextChoices):
    """Why an office gives no place. Read by the applicant."""

    SKILLS = "skills", _("Another applicant's skills fit this work better")
    TIMES = "times", _("The free times do not fit")
    DISTANCE = "distance", _("Too far to come safely")
    ANSWERS = "answers", _("The answers did not say enough about the work")
    SEATS = "seats", _("All places are taken")
    CHANGED = "changed", _("The commune no longer needs this help")


class OverrideReason(models.TextChoices):
    """Why an office puts somebody before another whom it scored higher, or before all are scored. In the ledger."""

    NEARER = "over_distance", _("Comes from nearer, so travel is safer and cheaper")
    FREE_TIMES = "over_times", _("The free times fit this work better")
    TALKED = "over_interview", _("The talk showed more than the form did")
    SPREAD = "over_spread", _("Gives a first chance to somebody new")
    ASKED = "over_unready", _("The others cannot begin on the first day")
    UNSCORED = "over_unscored", _("There was no time to give everybody points")


class LeaveReason(models.TextChoices):
    """Why a person withdraws, declines an offer or ends early."""

    TIMES = "times", _("I no longer have time")
    OTHER_WORK = "other_work", _("I found other work or study")
    DISTANCE = "distance", _("It is too far")
    FAMILY = "family", _("My family needs me")
    CHANGED = "terms_changed", _("The commune changed what I applied to")
    GONE = "request_gone", _("The commune ended this work")
    TERMS = "terms", _("The work is not what I expected")
    NOT_SAID = "not_said", _("I would rather not say")


class ReworkReason(models.TextChoices):
    """Why staff send a request back. The office reads it, with `services.approving.ADVICE`."""

    UNCLEAR = "fix_unclear", _("It is not clear what the volunteer does")
    GUIDE = "fix_guide", _("The guide is missing or not trained")
    MINORS = "fix_minors", _("Not safe for people under 18")
    RECORDS = "fix_records", _("Residents' papers need the guide present")
    PRIVATE = "fix_private", _("It names people or their numbers")
    COSTS = "fix_costs", _("It does not say what is paid")
    PAYMENT = "fix_payment", _("It asks the volunteer for money")
    PARTY = "fix_party", _("It speaks for a party")
    PAID_JOB = "fix_paid_job", _("This is a job that must be paid")
    OTHER = "fix_other", _("Something else")


class Clock(models.TextChoices):
    """Changes that nobody in the office or among the applicants makes; they carry no person."""

    OFFER = "offer_clock", _("72 hours passed without an answer")
    EXPIRY = "expiry_clock", _("The closing date passed")
    SEATS = "seats_clock", _("All places are taken")
    STANDBY = "standby", _("The next on the standby list")
    SEAT_FREE = "seat_free", _("A place became free again")
    OFFICE = "office_refused", _("The programme could not confirm the office")
    ROUND = "round_clock", _("The calendar of the round")
    PART_TIME = "part_time", _("The agreed time is over")
    CONSENT = "consent_withdrawn", _("The guardian took the consent back")
    ROLL = "roll_clock", _("The office recorded nothing for 7 days")
    HOURS = "hours_clock", _("14 days passed without an answer to the correction")
    APPEAL = "appeal_clock", _("The office did not answer the appeal for 7 days")
    ATTENDANCE = "attendance", _("The attendance at the shift was changed")
    CALL = "call_clock", _("The time to confirm passed")
    SHIFT_OFF = "shift_off", _("The office called the shift off")
    CLASH = "shift_clash", _("The new time overlaps another shift")
    NIGHT = "shift_night", _("People under 18 help by day only")
    PLACE_RESTS = "place_rests", _("The place is paused or over")
    WORK_OVER = "work_over", _("The work is over")
    SAFEGUARD = "safeguard", _("The programme looks at it")


class LedgerKind(models.TextChoices):
    """What a line of the ledger counts."""

    OPENED = "opened", pgettext_lazy("ledger", "Chain opened")
    DAY = "day", pgettext_lazy("ledger", "Day written")
    SEEN = "seen", pgettext_lazy("ledger", "Seen in lists")
    INVITED = "invited", pgettext_lazy("ledger", "Invited to apply")
    APPLIED = "applied", pgettext_lazy("ledger", "Applied")
    SHORTLISTED = "shortlisted", pgettext_lazy("ledger", "Shortlisted")
    OFFERED = "offered", pgettext_lazy("ledger", "Offered a place")
    OVERRIDE = "override", pgettext_lazy("ledger", "Chosen against the office's own points, or without them")
    RESCORED = "rescored", pgettext_lazy("ledger", "Points changed after they were given")
    ACCEPTED = "accepted", pgettext_lazy("ledger", "Accepted")
    DECLINED = "declined", pgettext_lazy("ledger", "Declined the offer")
    LAPSED = "lapsed", pgettext_lazy("ledger", "Let the offer lapse")
    REFUSED = "refused", pgettext_lazy("ledger", "Not placed")
    WITHDRAWN = "withdrawn", pgettext_lazy("ledger", "Withdrew")
    UNDONE = "undone", pgettext_lazy("ledger", "Taken back by the office at once")
    BEGAN = "began", pgettext_lazy("ledger", "Began to serve")
    SERVED = "served", pgettext_lazy("ledger", "Completed the service")
    LEFT = "left", pgettext_lazy("ledger", "Ended early")
    CHOSEN = "chosen", pgettext_lazy("ledger", "Summed up by groups: choosing")
    ENDED = "ended", pgettext_lazy("ledger", "Summed up by groups: service")


class AlertKind(models.TextChoices):
    """Why programme staff should look."""

    RATIO = "ratio", _("A group is offered places less often")
    SILENT = "silent", _("An office does not answer")
    OVERRIDES = "overrides", _("An office often passes its own order")


class RoundStatus(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("round", "Planned")
    OPEN = "open", pgettext_lazy("round", "Choosing is open")
    SCORING = "scoring", pgettext_lazy("round", "Offices score")
    READY = "ready", pgettext_lazy("round", "Before the draw")
    CONFIRMED = "confirmed", pgettext_lazy("round", "Confirmed")
    OFFERS = "offers", pgettext_lazy("round", "Offers are out")
    SECOND = "second", pgettext_lazy("round", "Second round")
    FINISHED = "finished", pgettext_lazy("round", "Finished")
    CANCELLED = "cancelled", pgettext_lazy("round", "Cancelled")


class RoundStage(models.TextChoices):
    FIRST = "first", _("First round")
    SECOND = "second", _("Second round")


class SecondMode(models.TextChoices):
    """What happens with places that are still free, and with people who got none."""

    LARGER = "larger", _("Once more with the same lists, so that as many as possible get a place")
    CHOICE = "choice", _("Free places open for everybody in the ordinary way")
    NONE = "none", _("None: the round ends after the first offers")


class ReserveFlag(models.TextChoices):
    """Whom a kept seat goes to first; each is a yes-or-no answer of the person's inclusion data."""

    WOMEN = "is_female", _("women and girls")
    DISABILITY = "has_disability", _("people with a disability")
    ID_POOR = "has_id_poor", _("ID Poor households")
    MINORITY = "is_minority", _("minority and indigenous people")
    MIGRANT = "has_migrant_household", _("households with somebody away for work")


class OverrideKind(models.TextChoices):
    WITHHOLD = "withhold", _("Withhold the place")
    GIVE = "give", _("Give a free place")


class ByHandReason(models.TextChoices):
    """Why a person decides against the run. Counted for each round."""

    SAFETY = "safety", _("Somebody's safety")
    MISTAKE = "mistake", _("A mistake in the data was found")
    DUPLICATE = "duplicate", _("The same person takes part twice")
    CONFLICT = "conflict", _("A close relation to the office")
    OFFICE = "office", _("The office cannot take this person for the reason noted")


class RoundReason(models.TextChoices):
    """Why a round gives no place at one request. Read by the applicant; the round's page explains it in full."""

    LINE = "round_line", _("Others stood before you in the round")
    DEARER = "round_dearer", _("You got a place that you wished more")
    PLACED = "round_placed", _("The round gave you a place")
    WITHHELD = "round_withheld", _("The programme withheld the place, for the reason it noted")
    ENDED = "round_ended", _("The round ended")
    CALLED_OFF = "round_off", _("The round was cancelled")


class Speaker(models.TextChoices):
    """Who speaks about an ended placement."""

    VOLUNTEER = "volunteer", _("The volunteer")
    OFFICE = "office", _("The office")


class Sharing(models.TextChoices):
    """What the public page of a service record shows, by its owner's choice."""

    NAMED = "named", _("Everything on it, with my name")
    NAMELESS = "nameless", _("Everything on it, without my name")
    HIDDEN = "hidden", _("Nothing: only that the record is real")


class RecordReason(models.TextChoices):
    """Why a service record was replaced by a newer one."""

    HOURS = "hours", _("More hours were confirmed")
    SKILLS = "skills", _("The office rated the skills")
    NAME = "name", _("The name was corrected")


class ReviewerEnd(models.TextChoices):
    """Why an appointed reviewer no longer decides."""

    ANSWERED = "answered", _("The office answers again")
    TIME = "time", _("The time is over")
    STOPPED = "stopped", _("The programme ended it")


class MessageReason(models.TextChoices):
    """Why a message is returned, reported or hidden."""

    CONTACT = "post_contact", _("Asks for or gives contact data too early")
    PRIVATE = "post_private", _("Asks private questions that have nothing to do with the work")
    RUDE = "post_rude", _("Rude or threatening")
    MEETING = "post_meeting", _("Proposes to meet alone or in secret")
    MONEY = "post_money", _("Asks for money or gifts")
    PARTY = "post_party", _("Party content")
    OTHER = "post_other", pgettext_lazy("message", "Does not belong here")


class InterviewWay(models.TextChoices):
    OFFICE = "office", _("At the commune office")
    PHONE = "phone", _("By phone: the applicant calls")
    VIDEO = "video", _("By video")


class InterviewCancel(models.TextChoices):
    """Why a talk does not take place. Read by the other side."""

    TIMES = "talk_times", _("I cannot at that time after all")
    ILL = "talk_ill", _("Illness or family")
    DECIDED = "talk_decided", _("The office can decide without it")
    WITHDRAWN = "talk_withdrawn", _("The application was withdrawn")
