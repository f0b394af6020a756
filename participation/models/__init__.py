from participation.models.attendance import CheckIn, DoorTap, HeadCount
from participation.models.document import CommuneDocument, DocumentVersion
from participation.models.follow import Follow
from participation.models.indicator import StandingIndicators
from participation.models.input import Input
from participation.models.meeting import AgendaItem, Meeting, Rsvp
from participation.models.minutes import Decision, Minutes
from participation.models.room import Hand, LiveRoom, Question, RoomEvent, ShowOfHands, Support
from participation.models.survey import Survey, SurveyAnswer, SurveyTicket
from participation.models.year import PlanningStep, PlanningYear, StepReminder

__all__ = [
    "AgendaItem",
    "CheckIn",
    "CommuneDocument",
    "Decision",
    "DocumentVersion",
    "DoorTap",
    "Follow",
    "Hand",
    "HeadCount",
    "Input",
    "LiveRoom",
    "Meeting",
    "Minutes",
    "PlanningStep",
    "PlanningYear",
    "Question",
    "RoomEvent",
    "Rsvp",
    "ShowOfHands",
    "StandingIndicators",
    "StepReminder",
    "Support",
    "Survey",
    "SurveyAnswer",
    "SurveyTicket",
]
