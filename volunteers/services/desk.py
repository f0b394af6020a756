"""What waits on a commune's desk."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, F, QuerySet, Sum, Value, When, Window
from django.utils import timezone

from accounts.models import User
from forums.models import Topic
from forums.services.questions.ratings import list_unread_ratings
from forums.services.questions.waiting import BY_DUE, list_waiting
from volunteers.enums import ApplicationStatus, PlacementStatus
from volunteers.models import Application, Placement, VolunteerRequest
from volunteers.services.conditions import CHOOSING
from volunteers.services.serving.desk import find_appeals, find_due_rolls
from volunteers.services.shortlist import Applicant, list_new_applicants
from volunteers.signals import filling_desk

MOST_APPLICANTS = 4
MOST_QUESTIONS = 3


@dataclass(frozen=True)
class DeskNumbers:
    """Counters; a page hides those that are zero."""

    new_applicants: int
    shortlisted: int
    offers: int
    agreed: int
    open_requests: int
    attendance: int
    ratings: int


@dataclass(frozen=True)
class Held:
    """A decision that one tap takes back until then."""

    application_id: UUID
    code_name: str
    status_label: str
    held_until: datetime | None


@dataclass(frozen=True)
class Pressing:
    """The request whose new applicants have waited longest: the first of them, and how many more there are."""

    request: VolunteerRequest
    applicants: list[Applicant]
    more: int


@dataclass(frozen=True)
class DeskPart:
    """What an app above adds to the desk: a template, which reads `shown`."""

    template: str
    shown: object


@dataclass(frozen=True)
class Questions:
    """Questions of residents without an official answer: those due first, how many in all, and how many are late."""

    topics: list[Topic]
    count: int
    late: int = 0


def collect_parts(user: User) -> list[DeskPart]:
    """What the apps above have for this person's desk."""
    parts: list[DeskPart] = []
    filling_desk.send(sender=None, user=user, parts=parts)
    return parts


def count_desk(user: User) -> DeskNumbers:
    """Over all offices the person acts for, without what rounds decide; hours and questions count themselves.

    One query.
    """
    live = (PlacementStatus.AGREED, PlacementStatus.ACTIVE)
    found = _count_kinds(
        {
            "open": VolunteerRequest.objects.of_offices_of(user).open(),
            "agreed": Placement.objects.of_offices_of(user).filter(status__in=live),
            "rolls": find_due_rolls(user),
            "appeals": find_appeals(user),
            "ratings": list_unread_ratings(user),
        },
        Application.objects.of_offices_of(user).on_the_desk().outside_rounds(),
    )
    return DeskNumbers(
        new_applicants=found.get(ApplicationStatus.SUBMITTED, 0),
        shortlisted=found.get(ApplicationStatus.SHORTLISTED, 0),
        offers=found.get(ApplicationStatus.OFFERED, 0),
        agreed=found.get("agreed", 0),
        open_requests=found.get("open", 0),
        attendance=found.get("rolls", 0) + found.get("appeals", 0),
        ratings=found.get("ratings", 0),
    )


def _count_kinds(counted: dict[str, QuerySet[Any]], applications: QuerySet[Application]) -> dict[str, int]:
    """How many of each kind, and how many applications in each state; a kind without any is missing."""
    parts = [rows.order_by().annotate(kind=Value(kind)) for kind, rows in counted.items()]
    first, *rest = (
        rows.values("kind").annotate(n=Count("pk")).values_list("kind", "n")
        for rows in (*parts, applications.order_by().annotate(kind=F("status")))
    )
    return dict(first.union(*rest, all=True))


def find_pressing(user: User) -> Pressing | None:
    """None where nobody waits for a first look. Five queries."""
    waiting = Application.objects.of_offices_of(user).filter(
        status=ApplicationStatus.SUBMITTED, request__status__in=CHOOSING
    )
    first = waiting.outside_rounds().order_by("sent_at", "pk").values("request")[:1]
    new = list_new_applicants(first, by=user)
    if new is None:
        return None
    request, rows = new
    return Pressing(request, rows[:MOST_APPLICANTS], len(rows) - len(rows[:MOST_APPLICANTS]))


def list_held(user: User) -> list[Held]:
    """Decisions of the person's offices that one tap still takes back."""
    rows = Application.objects.of_offices_of(user).held()
    return [Held(row.public_id, row.code_name, row.get_status_display(), row.held_until) for row in rows]


def find_questions(user: User) -> Questions:
    """Of the boards of the person's communes, what is due first, and how many are past it. One query."""
    topics = list_waiting(user)
    is_late = Case(When(due__lt=timezone.now(), then=1), default=0)
    counted = topics.annotate(total=Window(Count("pk")), late=Window(Sum(is_late)))
    rows: list[Any] = list(counted.select_related("board", "asked").order_by(*BY_DUE)[:MOST_QUESTIONS])
    return Questions(rows, rows[0].total, rows[0].late) if rows else Questions([], 0)
