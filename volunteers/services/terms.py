"""The terms of a request as its readers see them, in both languages: to say what an edit changed."""

from collections.abc import Collection, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.enums import Language
from courses.models import Skill
from ui.dates import to_day
from ui.words import to_digits, to_number
from volunteers.enums import StipendPer, Term
from volunteers.models import VolunteerRequest
from volunteers.services.learning import link_courses

Words = dict[str, str]  # language code to text


def describe_terms(
    request: VolunteerRequest, *, skills: Sequence[Skill], course_keys: Collection[Any]
) -> dict[Term, Words]:
    """Every term in each language. Compare two of these to know what a person would notice."""
    terms: dict[Term, Words] = {term: {} for term in Term}
    for language in Language:
        with override(language.value):
            for term, text in _describe(request, skills, course_keys).items():
                terms[term][language.value] = text
    return terms


def find_changes(before: dict[Term, Words], after: dict[Term, Words]) -> dict[Term, tuple[Words, Words]]:
    """The terms that read differently now, each as it was and as it is."""
    return {term: (before[term], after[term]) for term in Term if before[term] != after[term]}


def say_costs(request: VolunteerRequest) -> str:
    """All that is paid, in one line: "Transport, Meals, 5 000 riel a day. Own words". "" if nobody said anything."""
    parts = [str(label) for label in request.cost_labels]
    if request.stipend_riel:
        said = _("%(amount)s riel %(per)s")
        per = StipendPer(request.stipend_per).label
        parts.append(said % {"amount": to_number(request.stipend_riel), "per": per})
    return ". ".join(filter(None, [", ".join(parts), request.costs]))


def say_remote(request: VolunteerRequest) -> str:
    if request.remote_share == 0:
        return _("All at the office")
    if request.remote_share == 100:
        return _("All from home")
    return to_digits(_("%(share)s%% from home") % {"share": request.remote_share})


def _describe(request: VolunteerRequest, skills: Sequence[Skill], course_keys: Collection[Any]) -> dict[Term, str]:
    courses = link_courses(list(course_keys))
    return {
        Term.TITLE: request.title,
        Term.SUMMARY: request.summary,
        Term.TASKS: "\n".join(request.tasks),
        Term.QUESTIONS: "\n".join(request.questions),
        Term.SEATS: to_digits(request.seats),
        Term.START: to_day(request.start_date) if request.start_date else "",
        Term.END: to_day(request.end_date) if request.end_date else "",
        Term.HOURS: to_digits(request.weekly_hours),
        Term.TIMES: ", ".join(str(label) for label in request.time_labels),
        Term.PLACE: request.place,
        Term.REMOTE: say_remote(request),
        Term.COSTS: say_costs(request),
        Term.GUIDE: request.supervisor_shown,
        Term.AGE: to_digits(request.minimum_age),
        Term.SKILLS: ", ".join(sorted(skill.name for skill in skills)),
        Term.COURSES: ", ".join(sorted(course.title for course in courses.values())),
        Term.RECORDS: _("Only with the guide present") if request.touches_records else "",
    }
