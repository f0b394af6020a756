"""Commune offices and NGOs, and who acts for them."""

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language, gettext, gettext_noop, pgettext_lazy

from accounts.enums import MembershipRole, OrganisationKind, Verification
from accounts.querysets import MembershipQuerySet, OrganisationQuerySet
from places.models import Commune

ADULTS_ONLY = gettext_noop(
    "Only people of 18 and over act for an office or NGO. Whoever is, adds the birth year in the settings first."
)


class Organisation(models.Model):
    """An office has exactly one commune, a commune at most one office."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=16, choices=OrganisationKind)
    name_km = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    commune = models.OneToOneField(Commune, models.PROTECT, null=True, blank=True, related_name="office")
    verification = models.CharField(max_length=10, choices=Verification, default=Verification.WAITING)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(kind=OrganisationKind.COMMUNE_OFFICE, commune__isnull=False)
                | Q(kind=OrganisationKind.NGO, commune__isnull=True),
                name="accounts_organisation_office_has_commune",
            ),
            models.CheckConstraint(
                condition=~Q(verification=Verification.VERIFIED) | Q(verified_at__isnull=False),
                name="accounts_organisation_verified_has_date",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if get_language() == "en" else self.name_km

    @property
    def is_verified(self) -> bool:
        return self.verification == Verification.VERIFIED

    @property
    def is_refused(self) -> bool:
        return self.verification == Verification.REFUSED


class Membership(models.Model):
    """A person acts for an organisation in one role; leaving sets `ended_at`, the row stays.

    Without `accepted_at` it is an invitation: it gives no rights, and the inviting side learns no name.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=MembershipRole)
    title_km = models.CharField(pgettext_lazy("post", "title in Khmer"), max_length=120, blank=True, default="")
    title_en = models.CharField(pgettext_lazy("post", "title in English"), max_length=120, blank=True, default="")
    started_at = models.DateTimeField(auto_now_add=True)
    accepted_at = models.DateTimeField(null=True, blank=True, default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("user", "organisation"),
                condition=Q(ended_at__isnull=True),
                name="accounts_membership_one_active",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation}"

    def clean(self) -> None:
        """Staff's form, too, takes adults only; a membership that ends may be anybody's."""
        if self.user_id and not self.ended_at and self.user.is_minor:
            raise ValidationError({"user": gettext(ADULTS_ONLY)})

    @property
    def title(self) -> str:
        """The post's title in the reader's language, else the role's name."""
        own = self.title_en if get_language() == "en" else self.title_km
        return own or str(MembershipRole(self.role).label)
