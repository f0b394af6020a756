from volunteers.models.after import Feedback, FeedbackAsk, OfficeFigures, RequestInvitation, ReturnWish
from volunteers.models.agreement import Agreement
from volunteers.models.alert import Alert
from volunteers.models.application import Application, Placement
from volunteers.models.calendar import CalendarFeed
from volunteers.models.change import RequestChange
from volunteers.models.claim import SkillClaim
from volunteers.models.concern import Concern, ConcernLine
from volunteers.models.finding import Exposure, ResponseRecord, SavedSearch
from volunteers.models.induction import InductionCourse
from volunteers.models.interview import Interview, InterviewSlot
from volunteers.models.ledger import LedgerChain, LedgerEntry
from volunteers.models.listing import RequestListing, RequestText, SkillSet
from volunteers.models.message import Message, MessageReport
from volunteers.models.partnership import PartnerCohort, Partnership, RequestPartner
from volunteers.models.profile import VolunteerProfile
from volunteers.models.record import ServiceRecord
from volunteers.models.request import RequestCourse, RequestSkill, VolunteerRequest
from volunteers.models.reviewer import ReviewerAppointment
from volunteers.models.round import Round, RoundChoice, RoundEntry, RoundRequest
from volunteers.models.round_run import RequestOutcome, RoundOutcome, RoundOverride, RoundRun
from volunteers.models.scoring import Criterion, Score, ScoreChange
from volunteers.models.serving import HoursEntry, Shift, ShiftSignup
from volunteers.models.standing import StandingFigures
from volunteers.models.tap import ShiftTap
from volunteers.models.template import RequestTemplate
from volunteers.models.terms import GuideTraining
from volunteers.models.transition import Transition

__all__ = [
    "Agreement",
    "Alert",
    "Application",
    "CalendarFeed",
    "Concern",
    "ConcernLine",
    "Criterion",
    "Exposure",
    "Feedback",
    "FeedbackAsk",
    "GuideTraining",
    "HoursEntry",
    "InductionCourse",
    "Interview",
    "InterviewSlot",
    "LedgerChain",
    "LedgerEntry",
    "Message",
    "MessageReport",
    "OfficeFigures",
    "PartnerCohort",
    "Partnership",
    "Placement",
    "RequestChange",
    "RequestCourse",
    "RequestInvitation",
    "RequestListing",
    "RequestOutcome",
    "RequestPartner",
    "RequestSkill",
    "RequestTemplate",
    "RequestText",
    "ResponseRecord",
    "ReturnWish",
    "ReviewerAppointment",
    "Round",
    "RoundChoice",
    "RoundEntry",
    "RoundOutcome",
    "RoundOverride",
    "RoundRequest",
    "RoundRun",
    "SavedSearch",
    "Score",
    "ScoreChange",
    "ServiceRecord",
    "Shift",
    "ShiftSignup",
    "ShiftTap",
    "SkillClaim",
    "SkillSet",
    "StandingFigures",
    "Transition",
    "VolunteerProfile",
    "VolunteerRequest",
]
