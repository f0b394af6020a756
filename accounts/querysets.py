"""Reads of organisations and memberships."""

from typing import TYPE_CHECKING

from django.db import models

from accounts.enums import OrganisationKind, Verification

if TYPE_CHECKING:
    from accounts.models import Membership, Organisation  # noqa: F401  in the annotations below


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def verified(self) -> "OrganisationQuerySet":
        return self.filter(verification=Verification.VERIFIED)

    def commune_offices(self) -> "OrganisationQuerySet":
        return self.filter(kind=OrganisationKind.COMMUNE_OFFICE)

    def ngos(self) -> "OrganisationQuerySet":
        return self.filter(kind=OrganisationKind.NGO)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self) -> "MembershipQuerySet":
        """Who acts for an organisation now: taken up by the person, and not ended."""
        return self.current().filter(accepted_at__isnull=False)

    def invited(self) -> "MembershipQuerySet":
        """What a colleague offered and the person has not answered yet."""
        return self.current().filter(accepted_at__isnull=True)

    def current(self) -> "MembershipQuerySet":
        return self.filter(ended_at__isnull=True)

    def of_offices(self) -> "MembershipQuerySet":
        return self.filter(organisation__kind=OrganisationKind.COMMUNE_OFFICE)
