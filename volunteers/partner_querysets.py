"""Reads of partnerships, and of where a partner takes part."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.enums import OrganisationKind
from accounts.models import User
from accounts.rules import is_programme_staff
from volunteers.enums import PartnershipStatus
from volunteers.querysets import list_office_ids

if TYPE_CHECKING:
    from volunteers.models import Partnership, RequestPartner  # noqa: F401 named in strings below


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    def visible_to(self, user: User | AnonymousUser) -> "PartnershipQuerySet":
        """Whoever acts for the office, the NGO's members, the programme's staff."""
        if not isinstance(user, User) or not user.is_active:
            return self.none()
        if is_programme_staff(user):
            return self
        own = [row.organisation_id for row in user.active_memberships if row.organisation.kind == OrganisationKind.NGO]
        return self.filter(Q(office__in=list_office_ids(user)) | Q(ngo__in=own))

    def live(self) -> "PartnershipQuerySet":
        return self.filter(status__in=(PartnershipStatus.PROPOSED, PartnershipStatus.ACTIVE))

    def in_force(self) -> "PartnershipQuerySet":
        """Agreed, and today is one of its days."""
        today = timezone.localdate()
        return self.filter(status=PartnershipStatus.ACTIVE, start_date__lte=today, end_date__gte=today)

    def over_by_date(self) -> "PartnershipQuerySet":
        """The last day passed before any clock wrote so."""
        return self.live().filter(end_date__lt=timezone.localdate())

    def with_sides(self) -> "PartnershipQuerySet":
        return self.select_related("ngo", "office__commune__district__province")


class RequestPartnerQuerySet(models.QuerySet["RequestPartner"]):
    def taking_part(self) -> "RequestPartnerQuerySet":
        return self.filter(removed_at=None)

    def shown(self) -> "RequestPartnerQuerySet":
        """Of partnerships in force today: what readers of the request see."""
        today = timezone.localdate()
        rows = self.taking_part().filter(
            partnership__status=PartnershipStatus.ACTIVE,
            partnership__start_date__lte=today,
            partnership__end_date__gte=today,
        )
        return rows.select_related("partnership__ngo", "supervisor__user", "supervisor__organisation")

    def guided_by(self, user: User | AnonymousUser) -> "RequestPartnerQuerySet":
        """Where this person guides volunteers now: named in the request, still of the NGO, and as the two agreed."""
        if not isinstance(user, User) or not (own := list_ngo_seats(user)):
            return self.none()
        rows = self.shown().filter(supervisor__in=own, partnership__may_supervise=True)
        return rows.filter(partnership__ngo=F("supervisor__organisation"), request__office=F("partnership__office"))

    def take_out(self) -> int:
        """The rows stay, with the time."""
        return self.update(removed_at=timezone.now())


def list_ngo_seats(user: User) -> list[int]:
    """The person's memberships of verified NGOs now; asked once per user object."""
    if not user.is_active:
        return []
    rows = [row for row in user.active_memberships if row.organisation.kind == OrganisationKind.NGO]
    return [row.pk for row in rows if row.organisation.is_verified]
