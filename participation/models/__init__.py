from participation.models.attendance import CheckIn, DoorTap, GroupCount, HeadCount, SelfCount
from participation.models.choice import Choice, ChoiceOption, ChoiceQuestion
from participation.models.document import CommuneDocument, DocumentVersion
from participation.models.feedback import FeedbackReply, MeetingFeedback
from participation.models.follow import Follow
from participation.models.indicator import StandingIndicators
from participation.models.input import Input
from participation.models.invitation import Invitation, ShareLink, Untold
from participation.models.meeting import AgendaItem, Meeting, Rsvp
from participation.models.minutes import Decision, Minutes
from participation.models.room import Hand, LiveRoom, Question, QuestionReport, RoomEvent, ShowOfHands, Support
from participation.models.survey import BurstCheck, Survey, SurveyAnswer, SurveyTicket
from participation.models.year import PlanningStep, PlanningYear, StepReminder

__all__ = [
    "AgendaItem",
    "BurstCheck",
    "CheckIn",
    "Choice",
    "ChoiceOption",
    "ChoiceQuestion",
    "CommuneDocument",
    "Decision",
    "DocumentVersion",
    "DoorTap",
    "FeedbackReply",
    "Follow",
    "GroupCount",
    "Hand",
    "HeadCount",
    "Input",
    "Invitation",
    "LiveRoom",
    "Meeting",
    "MeetingFeedback",
    "Minutes",
    "PlanningStep",
    "PlanningYear",
    "Question",
    "QuestionReport",
    "RoomEvent",
    "Rsvp",
    "SelfCount",
    "ShareLink",
    "ShowOfHands",
    "StandingIndicators",
    "StepReminder",
    "Support",
    "Survey",
    "SurveyAnswer",
    "SurveyTicket",
    "Untold",
]
