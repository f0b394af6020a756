"""What a request still lacks before people may see it. One list for the form, the button and the approval."""

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import Language
from volunteers.models import VolunteerRequest

TEXTS = ("title", "summary", "tasks", "first_question", "second_question")


def find_problems(request: VolunteerRequest) -> dict[str, str]:
    """Field name to sentence; empty when the request may be published."""
    return {**_find_text_problems(request), **_find_time_problems(request), **_find_safety_problems(request)}


def _find_text_problems(request: VolunteerRequest) -> dict[str, str]:
    """Whatever language has a title must have the rest too: a reader never meets half a request."""
    sentences = {
        "summary": _("Say in one or two sentences what the work is about."),
        "tasks": _("Write at least one task."),
        "first_question": _("Ask the applicants a first question."),
        "second_question": _("Ask the applicants a second question."),
    }
    problems = {}
    for language in Language:
        written = [name for name in TEXTS if getattr(request, f"{name}_{language.value}")]
        if written and "title" not in written:
            problems[f"title_{language.value}"] = _("Give it a title in this language too, or empty these fields.")
        if "title" in written:
            problems |= {f"{name}_{language.value}": text for name, text in sentences.items() if name not in written}
    if not request.title_km and not request.title_en:
        problems.setdefault("title_km", _("Give the request a title."))
    return problems


def _find_time_problems(request: VolunteerRequest) -> dict[str, str]:
    problems = {}
    if request.start_date is None:
        problems["start_date"] = _("Say on which day the work begins.")
    if request.end_date is None:
        problems["end_date"] = _("Say on which day the work ends.")
    elif request.end_date < timezone.localdate():
        problems["end_date"] = _("The last day is past.")
    if not request.times and not request.is_remote:
        problems["times"] = _("Say at which times of day you need help.")
    return problems


def _find_safety_problems(request: VolunteerRequest) -> dict[str, str]:
    problems = {}
    if not (request.place_km or request.place_en) and not request.is_remote:
        problems["place_km"] = _("Say where the work is done.")
    if not request.has_supervisor:
        problems["supervisor"] = _("Name the person who guides the volunteer, and their post.")
    if request.takes_minors and request.is_evening:
        problems["times"] = _("People under 18 help by day only: untick evenings or raise the youngest age.")
    return problems
