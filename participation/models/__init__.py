from participation.models.follow import Follow
from participation.models.input import Input
from participation.models.meeting import AgendaItem, Meeting, Rsvp
from participation.models.minutes import Decision, Minutes
from participation.models.year import PlanningStep, PlanningYear, StepReminder

__all__ = [
    "AgendaItem",
    "Decision",
    "Follow",
    "Input",
    "Meeting",
    "Minutes",
    "PlanningStep",
    "PlanningYear",
    "Rsvp",
    "StepReminder",
]
