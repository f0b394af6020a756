"""Why a request stands where it stands in a person's list: each part in words, with its points and how to get more."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ui.words import to_digits
from volunteers.models import RequestListing, VolunteerRequest
from volunteers.services.finding.filters import Filters
from volunteers.services.finding.points import (
    COMMUNE_POINTS,
    DISTRICT_POINTS,
    PROVINCE_POINTS,
    Part,
    list_parts,
)
from volunteers.services.finding.records import say_record_in_full
from volunteers.services.finding.search import search
from volunteers.services.finding.seeker import Seeker
from volunteers.services.learning import list_needed_skills


@dataclass(frozen=True)
class Line:
    """One part: its name, what it says of this request, and what the person can do for more (with a link)."""

    part: Part
    label: str
    text: str
    rise: str = ""
    url: str = ""


@dataclass(frozen=True)
class Why:
    """`place` of `total` in the whole list of this person; None where the request takes nobody now."""

    lines: list[Line]
    points: int
    place: int | None
    total: int
    is_lifted: bool


def explain_place(request: VolunteerRequest, listing: RequestListing, seeker: Seeker) -> Why:
    """Two queries."""
    needed = frozenset(skill.pk for skill in list_needed_skills(request))
    parts = list_parts(listing, seeker, needed)
    points = sum(part.points for part in parts)
    found: Any = search(Filters(), seeker)
    before = found.filter(score__gt=points).count()
    before += found.filter(score=points, opened_at__gt=listing.opened_at).count() if listing.opened_at else 0
    lines = [SAY[part.code](part, request, listing, seeker) for part in parts]
    return Why(lines, points, before + 1 if request.is_open else None, found.count(), listing.is_lifted)


def describe_points(listing: RequestListing, seeker: Seeker, needed: frozenset[int]) -> dict[str, Any]:
    """For machines: the parts by name, their sum, and whether a place on the first page is kept."""
    parts = list_parts(listing, seeker, needed)
    return {
        "total": sum(part.points for part in parts),
        "parts": {part.code: part.points for part in parts},
        "is_lifted": listing.is_lifted,
    }


def _say_skills(part: Part, request: VolunteerRequest, listing: RequestListing, seeker: Seeker) -> Line:
    skills, label = list_needed_skills(request), _("Skills")
    if not skills:
        return Line(part, label, _("No skill is asked for: half of the points for everybody."))
    missing = [skill.name for skill in skills if skill.pk not in seeker.granted]
    rise = _("It rises once you have shown: %(skills)s.") % {"skills": ", ".join(missing)} if missing else ""
    courses = request.get_absolute_url() if missing else ""
    if not seeker.has_skills:
        return Line(part, label, _("You have proved no skill yet, so skills do not count for you."), rise, courses)
    said = sum(skill.pk in seeker.claimed for skill in skills)
    held = {"held": len(skills) - len(missing), "count": len(skills), "said": said}
    text = _("You have proved %(held)s of %(count)s.")
    if said:
        text = _("You have proved %(held)s of %(count)s and claim %(said)s more, which counts half.")
    return Line(part, label, to_digits(text % held), rise, courses)


def _say_growth(part: Part, request: VolunteerRequest, listing: RequestListing, seeker: Seeker) -> Line:
    label = _("What you want to learn")
    if part.points:
        return Line(part, label, _("The work asks for a skill you want to learn."))
    return Line(
        part,
        label,
        _("The work asks for no skill you want to learn."),
        _("Say in your volunteer profile what you want to learn."),
        reverse("volunteer-profile"),
    )


def _say_near(part: Part, request: VolunteerRequest, listing: RequestListing, seeker: Seeker) -> Line:
    label = _("Nearness")
    if not seeker.place and not part.points:
        return Line(
            part, label, _("We do not know where you live."), _("Tell us your commune."), reverse("settings-profile")
        )
    if part.points == COMMUNE_POINTS:
        return Line(part, label, _("It is in your commune."))
    if listing.place in seeker.reach:
        return Line(part, label, _("You said that you can get to this commune."))
    rise = _("If you can get there, add the commune to your volunteer profile.")
    texts = {
        DISTRICT_POINTS: _("It can be done from home.") if listing.is_remote else _("It is in your district."),
        PROVINCE_POINTS: _("It is in your province."),
    }
    far = part.points != DISTRICT_POINTS
    text = texts.get(part.points, _("It is in another province."))
    return Line(part, label, text, rise if far else "", reverse("volunteer-profile") if far else "")


def _say_times(part: Part, request: VolunteerRequest, listing: RequestListing, seeker: Seeker) -> Line:
    label = _("Time")
    if not seeker.times:
        return Line(
            part,
            label,
            _("You have not told when you are free."),
            _("Tick your free times in the volunteer profile."),
            reverse("volunteer-profile"),
        )
    if part.points:
        return Line(part, label, _("You are free at one of its times."))
    return Line(part, label, _("You are free at none of its times."))


def _say_fresh(part: Part, request: VolunteerRequest, listing: RequestListing, seeker: Seeker) -> Line:
    texts = {
        10: _("It was opened in the last 3 days."),
        7: _("It was opened in the last 7 days."),
        4: _("It was opened in the last 14 days."),
    }
    return Line(part, _("How new it is"), texts.get(part.points, _("It has been open for more than 14 days.")))


def _say_response(part: Part, request: VolunteerRequest, listing: RequestListing, seeker: Seeker) -> Line:
    record = getattr(request.office, "response_record", None)
    return Line(part, _("How the office answers"), say_record_in_full(record))


def _say_penalty(part: Part, request: VolunteerRequest, listing: RequestListing, seeker: Seeker) -> Line:
    text = ngettext(
        "%(count)s application was received by this morning.",
        "%(count)s applications were received by this morning.",
        listing.penalty,
    )
    return Line(part, _("Already received"), to_digits(text % {"count": listing.penalty}))


SAY = {
    "skills": _say_skills,
    "growth": _say_growth,
    "near": _say_near,
    "times": _say_times,
    "fresh": _say_fresh,
    "response": _say_response,
    "penalty": _say_penalty,
}
