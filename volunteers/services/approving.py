"""What programme staff read and answer when an office that nobody verified wants to publish a request."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Language
from accounts.models import User
from volunteers.enums import ReworkReason, Term
from volunteers.models import RequestChange, Transition, VolunteerRequest
from volunteers.services.machine import NotReadyError
from volunteers.services.requests import change_request
from volunteers.services.writing.advice import advise, to_text

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LONGEST_NOTE = 600
# What the office does about it, in its own language: staff need not write the same words every time.
ADVICE: dict[str, "StrOrPromise"] = {
    ReworkReason.UNCLEAR: gettext_lazy("Write each task as one thing a person does, and where and when it is done."),
    ReworkReason.GUIDE: gettext_lazy("Name the person at the office, and let them finish the safeguarding guide."),
    ReworkReason.MINORS: gettext_lazy("Raise the youngest age to 18, or keep the work by day with a trained guide."),
    ReworkReason.RECORDS: gettext_lazy("Tick that residents' papers are touched and that the guide is always there."),
    ReworkReason.PRIVATE: gettext_lazy("Take out names and numbers of people. Contact comes after the offer."),
    ReworkReason.COSTS: gettext_lazy("Tick what the commune pays, or that it pays nothing."),
    ReworkReason.PAYMENT: gettext_lazy("No volunteer pays anything to help. Take it out."),
    ReworkReason.PARTY: gettext_lazy("The office is for everybody. Take out what speaks for or against a party."),
    ReworkReason.PAID_JOB: gettext_lazy("A volunteer does not replace a paid post. Ask for less, or for another task."),
    ReworkReason.OTHER: "",
}


@dataclass(frozen=True)
class Difference:
    """One term as it was when it was sent back, and as it is now."""

    label: "StrOrPromise"
    before: str
    after: str


def send_back(request: VolunteerRequest, *, by: User, reason: str, note: str = "") -> VolunteerRequest:
    """Back to the office with a reason from the list; "something else" needs words. Raises as `change_request`."""
    if reason == ReworkReason.OTHER and not note.strip():
        raise NotReadyError(_("Say in one or two sentences what the office should change."))
    return change_request(request, "send_back", by=by, reason=reason, note=note.strip()[:LONGEST_NOTE])


def find_last_return(request: VolunteerRequest) -> Transition | None:
    """When and why it was last sent back."""
    return request.transitions.filter(verb="send_back").last() if request.pk else None


def advise_on(line: Transition | None) -> str:
    """What the office does about the reason it was sent back for."""
    return str(ADVICE.get(line.reason, "")) if line else ""


def list_hints(request: VolunteerRequest) -> list[str]:
    """What could be said more plainly, in the languages the office wrote."""
    texts = {
        f"{name}_{language}": to_text(getattr(request, f"{name}_{language}"))
        for language in Language.values
        for name in ("title", "summary", "tasks", "questions")
    }
    return [hint for hints in advise(texts).values() for hint in hints]


def list_differences(request: VolunteerRequest, since: Transition | None) -> list[Difference]:
    """What the office changed since it was sent back: the first words before, the last words after."""
    if since is None:
        return []
    found: dict[str, list[RequestChange]] = {}
    for row in request.changes.filter(at__gte=since.at):
        found.setdefault(row.term, []).append(row)
    differences = [Difference(Term(term).label, rows[0].before, rows[-1].after) for term, rows in found.items()]
    return [each for each in differences if each.before != each.after]
