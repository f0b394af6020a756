from volunteers.models.application import Application, Placement
from volunteers.models.request import RequestCourse, RequestSkill, VolunteerRequest
from volunteers.models.serving import HoursEntry, Shift, ShiftSignup
from volunteers.models.template import RequestTemplate
from volunteers.models.transition import Transition

__all__ = [
    "Application",
    "HoursEntry",
    "Placement",
    "RequestCourse",
    "RequestSkill",
    "RequestTemplate",
    "Shift",
    "ShiftSignup",
    "Transition",
    "VolunteerRequest",
]
