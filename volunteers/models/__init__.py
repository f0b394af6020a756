from volunteers.models.application import Application, Placement
from volunteers.models.request import RequestCourse, RequestSkill, VolunteerRequest
from volunteers.models.template import RequestTemplate
from volunteers.models.transition import Transition

__all__ = [
    "Application",
    "Placement",
    "RequestCourse",
    "RequestSkill",
    "RequestTemplate",
    "Transition",
    "VolunteerRequest",
]
