"""Says in words why a request fits a person: the reasons behind the points of `finding.points`."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from math import asin, cos, radians, sin, sqrt

from django.utils import timezone
from django.utils.translation import gettext as _

from places.models import Commune
from ui.words import to_digits
from volunteers.enums import TimeOfDay
from volunteers.models import VolunteerRequest
from volunteers.services.finding.records import say_record
from volunteers.services.finding.seeker import Seeker
from volunteers.services.learning import CourseLink, find_courses_for_skills, list_needed_skills

SOON = timedelta(days=3)
EARTH_KM = 6371


@dataclass(frozen=True)
class Reason:
    """One tag of a row: `kind` is hot, ok or sun; `url` only for what one can do about it."""

    kind: str
    icon: str
    text: str
    url: str = ""


@dataclass
class Match:
    """One request with why it fits, how far away it is (km between commune centres, None if unknown), and how soon its
    office answers.
    """

    request: VolunteerRequest
    reasons: list[Reason] = field(default_factory=list)
    distance_km: int | None = None
    answers: str = ""


def explain(requests: Sequence[VolunteerRequest], seeker: Seeker, *, times: Collection[TimeOfDay] = ()) -> list[Match]:
    """The same requests in the same order, each with its reasons. One query, however many rows."""
    held, home = seeker.granted, seeker.home
    needed = {skill.pk for request in requests for skill in list_needed_skills(request)}
    teachers = find_courses_for_skills(needed - held)
    return [
        Match(
            request,
            [
                *_clock_reasons(request),
                *_near_reasons(request, seeker),
                *_skill_reasons(request, seeker, teachers),
                *_time_reasons(request, set(times) | seeker.times),
            ],
            measure_km(home, request.office.commune),
            say_record(getattr(request.office, "response_record", None)),
        )
        for request in requests
    ]


def _clock_reasons(request: VolunteerRequest) -> list[Reason]:
    now = timezone.now()
    if not request.is_open or request.expires_at is None or request.expires_at - now > SOON:
        return []
    days = (timezone.localtime(request.expires_at).date() - timezone.localdate()).days
    texts = {0: _("Closes today"), 1: _("Closes tomorrow")}
    text = texts.get(days) or to_digits(_("Closes in %(days)s days") % {"days": days})
    return [Reason("hot", "hourglass-high", text)]


def _near_reasons(request: VolunteerRequest, seeker: Seeker) -> list[Reason]:
    reasons = []
    home, office = seeker.home, request.office.commune
    if office is not None:
        if text := _say_near(home, office):
            reasons.append(Reason("ok", "check", text))
        elif int(office.code) in seeker.reach:
            reasons.append(Reason("ok", "check", _("You can get there")))
    if request.is_remote:
        reasons.append(Reason("ok", "check", _("From home")))
    return reasons


def _say_near(home: Commune | None, office: Commune) -> str:
    if home is None:
        return ""
    bands = ((6, _("In your commune")), (4, _("In your district")), (2, _("In your province")))
    return next((text for digits, text in bands if home.code[:digits] == office.code[:digits]), "")


def _skill_reasons(request: VolunteerRequest, seeker: Seeker, teachers: dict[int, CourseLink]) -> list[Reason]:
    skills, held = list_needed_skills(request), seeker.granted
    reasons = [
        Reason("ok", "check", _("You know: %(skill)s") % {"skill": skill.name}) for skill in skills if skill.pk in held
    ]
    reasons += [
        Reason("ok", "check", _("You want to learn: %(skill)s") % {"skill": skill.name})
        for skill in skills
        if skill.pk in seeker.growth - held
    ]
    for skill in skills:
        course = teachers.get(skill.pk)
        if course is not None and skill.pk not in held:
            text = to_digits(
                _("Learn: %(course)s · %(minutes)s min") % {"course": course.title, "minutes": course.minutes}
            )
            reasons.append(Reason("sun", "plus", text, course.url))
    return list(dict.fromkeys(reasons))


def _time_reasons(request: VolunteerRequest, times: Collection[TimeOfDay]) -> list[Reason]:
    return [
        Reason("ok", "check", _("You are free: %(time)s") % {"time": time.label})
        for time in request.times
        if time in times
    ]


def measure_km(home: Commune | None, office: Commune | None) -> int | None:
    """Whole kilometres between two commune centres as the crow flies; None where a centre is unknown or the same."""
    if home is None or office is None or home.pk == office.pk:
        return None
    here, there = (home.latitude, home.longitude), (office.latitude, office.longitude)
    if here[0] is None or here[1] is None or there[0] is None or there[1] is None:
        return None
    north, east = radians(there[0] - here[0]), radians(there[1] - here[1])
    across = sin(north / 2) ** 2 + cos(radians(here[0])) * cos(radians(there[0])) * sin(east / 2) ** 2
    return max(1, round(2 * EARTH_KM * asin(sqrt(across))))
