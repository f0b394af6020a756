from participation.models.follow import Follow
from participation.models.year import PlanningStep, PlanningYear, StepReminder

__all__ = ["Follow", "PlanningStep", "PlanningYear", "StepReminder"]
