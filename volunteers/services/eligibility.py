"""Whether a person may apply, and in plain words what is missing and where to get it."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules import may_volunteer
from ui.words import to_digits
from volunteers.matching.instance import MOST_CHOICES
from volunteers.models import VolunteerRequest
from volunteers.rules import is_of_office, was_reviewer
from volunteers.services.learning import link_courses, list_finished_courses
from volunteers.services.rounds.conditions import find_active
from volunteers.services.rounds.lists import count_choices


@dataclass(frozen=True)
class Obstacle:
    """One thing in the way: a sentence, and a link that helps where there is one."""

    code: str
    text: str
    url: str = ""
    action: str = ""


def find_obstacles(request: VolunteerRequest, user: User | AnonymousUser) -> list[Obstacle]:
    """Empty when the person may send an application now. A visitor's age and courses are looked at after sign-in."""
    if not request.is_open:
        return [Obstacle("closed", _("This request takes no applications now."), reverse("requests"), _("See others"))]
    if not isinstance(user, User):
        return [Obstacle("visitor", _("Sign in to send your application. What you write here is kept."))]
    if is_of_office(user, request):
        return [Obstacle("own_office", _("You act for this office, so you cannot apply to it."))]
    if was_reviewer(user, request):
        return [Obstacle("reviewer", _("You were appointed to choose for this request, so you cannot apply to it."))]
    if request.applications.live_as_shown().filter(applicant=user).exists():
        return [Obstacle("applied", _("You have applied to this request."))]
    return [
        *_find_round_obstacles(request, user),
        *_find_age_obstacles(request, user),
        *_find_course_obstacles(request, user),
    ]


def _find_round_obstacles(request: VolunteerRequest, user: User) -> list[Obstacle]:
    """A request in a round is chosen while its lists are open."""
    place = find_active(request.pk)
    if place is None:
        return []
    url, action = place.round.get_absolute_url(), _("See the round")
    if not place.round.takes_choices:
        text = _("The places of this request are given in a round, which takes no choices now.")
        return [Obstacle("round", text, url, action)]
    if count_choices(place.round, user) >= MOST_CHOICES:
        return [Obstacle("full_list", _("Your list of this round is full: it has 10 choices."), url, action)]
    return []


def _find_age_obstacles(request: VolunteerRequest, user: User) -> list[Obstacle]:
    settings = reverse("settings")
    if user.age is None:
        return [Obstacle("age_unknown", _("Tell us your birth year first."), settings, _("Open settings"))]
    if user.age < request.minimum_age:
        text = _("This work is for people aged %(age)s and over. We count by birth year.")
        return [
            Obstacle("too_young", to_digits(text % {"age": request.minimum_age}), reverse("requests"), _("See others"))
        ]
    if not may_volunteer(user):
        text = _("From 15 to 17 a parent or guardian agrees first.")
        return [Obstacle("guardian", text, settings, _("Record the consent"))]
    return []


def _find_course_obstacles(request: VolunteerRequest, user: User) -> list[Obstacle]:
    keys = [row.course_key for row in request.course_rows.all()]
    courses = link_courses(keys)
    done = list_finished_courses(user, keys)
    return [
        Obstacle("course", _("Finish “%(course)s” first.") % {"course": course.title}, course.url, _("Open the course"))
        for key, course in courses.items()
        if key not in done
    ]
