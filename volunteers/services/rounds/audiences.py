"""Who hears of a round."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import Membership, User
from accounts.rules import CLERK_ROLES, STAFF
from volunteers.enums import ApplicationStatus
from volunteers.models import Round, RoundEntry
from volunteers.services.audiences import Hearer

ASKED = (
    ApplicationStatus.OFFERED,
    ApplicationStatus.ACCEPTED,
    ApplicationStatus.DECLINED,
    ApplicationStatus.LAPSED,
)


def to_round_offices(row: Round) -> list[Hearer]:
    """Whoever acts for an office with a request in the round; to its page of the round."""
    members = Membership.objects.active().filter(
        organisation__in=row.requests.values("request__office"), role__in=CLERK_ROLES, user__is_active=True
    )
    people = {member.user for member in members.select_related("user")}
    return _lead(people, reverse("round-office", args=[row.public_id]))


def to_late_offices(row: Round) -> list[Hearer]:
    """The same of offices that have somebody without points."""
    late = row.requests.active().choosing().with_counts().waiting().values_list("request__office")
    members = Membership.objects.active().filter(
        organisation__in=[office for (office,) in late], role__in=CLERK_ROLES, user__is_active=True
    )
    people = {member.user for member in members.select_related("user")}
    return _lead(people, reverse("round-office", args=[row.public_id]))


def to_entrants(row: Round) -> list[Hearer]:
    """Everybody with a list."""
    return _lead(_of(_with_list(row)), row.get_absolute_url())


def to_unplaced(row: Round) -> list[Hearer]:
    """Everybody with a list whom nobody offered a place."""
    asked = _with_list(row).filter(choices__application__status__in=ASKED)
    return _lead(_of(_with_list(row).exclude(pk__in=asked.values("pk"))), row.get_absolute_url())


def to_round_staff(row: Round) -> list[Hearer]:
    """The programme's staff; to the page where they lead the round."""
    staff = User.objects.filter(groups__name=STAFF, is_active=True)
    return _lead(staff, reverse("round-staff", args=[row.public_id]))


def _with_list(row: Round) -> QuerySet[RoundEntry]:
    return RoundEntry.objects.filter(round=row, choices__isnull=False, person__is_active=True).distinct()


def _of(entries: QuerySet[RoundEntry]) -> Iterable[User]:
    return [entry.person for entry in entries.select_related("person")]


def _lead(people: Iterable[User], url: str) -> list[Hearer]:
    return [Hearer(user, url) for user in people]
