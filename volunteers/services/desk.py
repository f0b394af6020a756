"""What waits on a commune's desk."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, Subquery, Window

from accounts.models import User
from accounts.services import offices_of
from forums.models import Topic
from volunteers.enums import ApplicationStatus, PlacementStatus
from volunteers.models import Application, VolunteerRequest
from volunteers.services.conditions import CHOOSING
from volunteers.services.serving.desk import count_waiting
from volunteers.services.shortlist import Applicant, list_applicants

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
    hours: int
    attendance: int


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
class Questions:
    """Questions of residents that have no official answer yet: those that wait longest, and how many in all."""

    topics: list[Topic]
    count: int


def count_desk(user: User | AnonymousUser) -> DeskNumbers:
    """Over all offices the person acts for. Three queries."""
    waiting = count_waiting(user)
    counted = Application.objects.of_offices_of(user).aggregate(
        new=Count("pk", filter=Q(status=ApplicationStatus.SUBMITTED)),
        shortlisted=Count("pk", filter=Q(status=ApplicationStatus.SHORTLISTED)),
        offers=Count("pk", filter=Q(status=ApplicationStatus.OFFERED)),
        agreed=Count("pk", filter=Q(placement__status__in=(PlacementStatus.AGREED, PlacementStatus.ACTIVE))),
    )
    return DeskNumbers(
        new_applicants=counted["new"],
        shortlisted=counted["shortlisted"],
        offers=counted["offers"],
        agreed=counted["agreed"],
        open_requests=VolunteerRequest.objects.of_offices_of(user).open().count(),
        hours=waiting["hours"],
        attendance=waiting["rolls"] + waiting["appeals"],
    )


def find_pressing(user: User) -> Pressing | None:
    """None where nobody waits for a first look."""
    waiting = Application.objects.of_offices_of(user).filter(
        status=ApplicationStatus.SUBMITTED, request__status__in=CHOOSING
    )
    first = waiting.order_by("sent_at", "pk").values("request")[:1]
    row = VolunteerRequest.objects.filter(pk=Subquery(first)).with_place().prefetch_related("skill_rows").first()
    if row is None:
        return None
    new = list_applicants(row, by=user, only_new=True)
    return Pressing(row, new[:MOST_APPLICANTS], len(new) - len(new[:MOST_APPLICANTS]))


def list_held(user: User) -> list[Held]:
    """Decisions of the person's offices that one tap still takes back."""
    rows = Application.objects.of_offices_of(user).held()
    return [Held(row.public_id, row.code_name, row.get_status_display(), row.held_until) for row in rows]


def find_questions(user: User) -> Questions:
    """Of the boards of the person's communes, the longest waiting first. One query."""
    communes = [office.commune_id for office in offices_of(user)]
    topics = Topic.objects.visible_to(AnonymousUser()).unanswered().filter(board__commune__in=communes)
    counted = topics.annotate(total=Window(Count("pk"))).select_related("board").order_by("created_at", "pk")
    rows: list[Any] = list(counted[:MOST_QUESTIONS])
    return Questions(rows, rows[0].total if rows else 0)
