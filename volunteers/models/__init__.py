from volunteers.models.application import Application, Placement
from volunteers.models.request import RequestCourse, RequestSkill, VolunteerRequest
from volunteers.models.scoring import Criterion, Score
from volunteers.models.serving import HoursEntry, Shift, ShiftSignup
from volunteers.models.template import RequestTemplate
from volunteers.models.transition import Transition

__all__ = [
    "Application",
    "Criterion",
    "HoursEntry",
    "Placement",
    "RequestCourse",
    "RequestSkill",
    "RequestTemplate",
    "Score",
    "Shift",
    "ShiftSignup",
    "Transition",
    "VolunteerRequest",
]
