from participation.models.follow import Follow
from participation.models.meeting import AgendaItem, Meeting, Rsvp
from participation.models.year import PlanningStep, PlanningYear, StepReminder

__all__ = ["AgendaItem", "Follow", "Meeting", "PlanningStep", "PlanningYear", "Rsvp", "StepReminder"]
