"""What a request still lacks before people may see it. One list for the form, the button and the approval."""

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import Language
from volunteers.models import VolunteerRequest
from volunteers.models.texts import MOST_QUESTIONS
from volunteers.services.writing.forbidden import find_forbidden
from volunteers.services.writing.records import speaks_of_records

NEEDED = ("title", "summary", "tasks")
WORDS = (*NEEDED, "questions", "place", "costs")


def find_problems(request: VolunteerRequest) -> dict[str, str]:
    """Field name to sentence; empty when the request may be published."""
    return {
        **_find_safety_problems(request),
        **_find_records_problems(request),
        **_find_term_problems(request),
        **_find_text_problems(request),
        **_find_question_problems(request),
        **_find_forbidden_words(request),
    }


def _find_text_problems(request: VolunteerRequest) -> dict[str, str]:
    """Whatever language has a title must have the rest too: a reader never meets half a request."""
    sentences = {
        "summary": _("Say in one or two sentences what the work is about."),
        "tasks": _("Write at least one task."),
    }
    problems = {}
    for language in Language:
        written = [name for name in (*NEEDED, "questions") if getattr(request, f"{name}_{language.value}")]
        if written and "title" not in written:
            problems[f"title_{language.value}"] = _("Give it a title in this language too, or empty these fields.")
        if "title" in written:
            problems |= {f"{name}_{language.value}": text for name, text in sentences.items() if name not in written}
    if not request.title_km and not request.title_en:
        problems.setdefault("title_km", _("Give the request a title."))
    return problems


def _find_question_problems(request: VolunteerRequest) -> dict[str, str]:
    """At most three, and the same ones in both languages: answers belong to questions by their number."""
    problems = {}
    for language in Language:
        if len(getattr(request, f"questions_{language.value}")) > MOST_QUESTIONS:
            problems[f"questions_{language.value}"] = _("Ask at most three questions.")
    if request.title_km and request.title_en and len(request.questions_km) != len(request.questions_en):
        problems.setdefault("questions_en", _("Write the same questions in both languages."))
    return problems


def _find_forbidden_words(request: VolunteerRequest) -> dict[str, str]:
    problems = {}
    for name in WORDS:
        for language in Language:
            column = f"{name}_{language.value}"
            value = getattr(request, column)
            text = "\n".join(value) if isinstance(value, list) else value
            if sentence := find_forbidden(text):
                problems[column] = sentence
    return problems


def _find_term_problems(request: VolunteerRequest) -> dict[str, str]:
    problems = {}
    if request.start_date is None:
        problems["start_date"] = _("Say on which day the work begins.")
    if request.end_date is None:
        problems["end_date"] = _("Say on which day the work ends.")
    elif request.end_date < timezone.localdate():
        problems["end_date"] = _("The last day is past.")
    if not request.times and not request.is_remote:
        problems["times"] = _("Say at which times of day you need help.")
    if not (request.place_km or request.place_en) and request.remote_share < 100:
        problems["place_km"] = _("Say where the work is done.")
    if not request.has_said_costs:
        problems["costs_covered"] = _("Tick what the commune pays, or that it pays nothing.")
    return problems


def _find_safety_problems(request: VolunteerRequest) -> dict[str, str]:
    problems = {}
    if not request.has_supervisor:
        problems["supervisor"] = _("Name the person who guides the volunteer, and their post.")
    if request.takes_minors and request.is_evening:
        problems["times"] = _("People under 18 help by day only: untick evenings or raise the youngest age.")
    if request.takes_minors and request.trained_date is None:
        problems["declares_trained"] = _(
            "With people under 18 the guide has finished the safeguarding guide: tick it, or raise the youngest age."
        )
    return problems


def _find_records_problems(request: VolunteerRequest) -> dict[str, str]:
    """Papers of residents: said so, for adults, at the office, and never alone."""
    problems = {}
    if not request.touches_records:
        texts = (request.title_km, request.title_en, request.summary_km, request.summary_en)
        if speaks_of_records(*texts, *request.tasks_km, *request.tasks_en):
            problems["touches_records"] = _(
                "The text speaks of civil registry, ID Poor or voter data. Tick this, or take it out of the work."
            )
        return problems
    if not request.is_guide_present:
        problems["is_guide_present"] = _("Nobody handles these papers alone: the guide must be present.")
    if request.takes_minors:
        problems["minimum_age"] = _("These papers are not for people under 18.")
    if request.is_remote:
        problems["remote_share"] = _("These papers stay at the office.")
    return problems
