"""An NGO and a commune office work together: what they agreed, and where the NGO takes part."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Organisation
from courses.models import Cohort
from volunteers.enums import PartnershipStatus
from volunteers.models.request import VolunteerRequest
from volunteers.partner_querysets import PartnershipQuerySet, RequestPartnerQuerySet

LONGEST_YEARS = 3
LIVE_PARTNERSHIP = (PartnershipStatus.PROPOSED, PartnershipStatus.ACTIVE)


class Partnership(models.Model):
    """Proposed by one side, in force once the other agreed, ended by either. The row stays."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    ngo = models.ForeignKey(Organisation, models.PROTECT, related_name="partnerships_as_ngo")
    office = models.ForeignKey(Organisation, models.PROTECT, related_name="partnerships_as_office")
    status = models.CharField(
        max_length=12, choices=PartnershipStatus, default=PartnershipStatus.PROPOSED, editable=False
    )
    is_from_ngo = models.BooleanField(editable=False)
    purpose = models.TextField(_("what you do together"), max_length=600)
    may_supervise = models.BooleanField(_("the NGO guides volunteers together with the office"), default=False)
    sponsors_costs = models.BooleanField(_("the NGO pays costs of volunteers"), default=False)
    leads_cohorts = models.BooleanField(_("the NGO leads cohorts for the commune's volunteers"), default=False)
    reads_figures = models.BooleanField(_("the NGO reads the commune's figures of volunteering"), default=False)
    start_date = models.DateField(_("first day"))
    end_date = models.DateField(_("last day"))
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        indexes = (
            models.Index(fields=("office", "-created_at", "-id"), name="volunteers_partnership_office"),
            models.Index(fields=("ngo", "-created_at", "-id"), name="volunteers_partnership_ngo"),
            models.Index(fields=("status", "end_date"), name="volunteers_partnership_clock"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("ngo", "office"),
                condition=Q(status__in=LIVE_PARTNERSHIP),
                name="volunteers_partnership_one_live",
            ),
            models.CheckConstraint(
                condition=Q(end_date__gte=F("start_date")), name="volunteers_partnership_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(may_supervise=True)
                | Q(sponsors_costs=True)
                | Q(leads_cohorts=True)
                | Q(reads_figures=True),
                name="volunteers_partnership_has_scope",
            ),
        )

    def __str__(self) -> str:
        return str(self.public_id)

    def get_absolute_url(self) -> str:
        return reverse("partnership", args=[self.public_id])

    @property
    def is_in_force(self) -> bool:
        """Agreed, and today is one of its days."""
        return self.status == PartnershipStatus.ACTIVE and self.start_date <= timezone.localdate() <= self.end_date

    @property
    def is_over_by_date(self) -> bool:
        """Its last day passed before any clock wrote so."""
        return self.status in LIVE_PARTNERSHIP and self.end_date < timezone.localdate()

    @property
    def scope_labels(self) -> list[str]:
        """What the two agreed on, in the reader's words."""
        names = ("may_supervise", "sponsors_costs", "leads_cohorts", "reads_figures")
        return [str(self._meta.get_field(name).verbose_name) for name in names if getattr(self, name)]  # type: ignore[union-attr]


class RequestPartner(models.Model):
    """The NGO's part in one request: who guides beside the office, whether it pays. Taking it back keeps the row."""

    request = models.ForeignKey(VolunteerRequest, models.CASCADE, related_name="partners")
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="requests")
    supervisor = models.ForeignKey(Membership, models.SET_NULL, null=True, blank=True, related_name="+")
    pays_costs = models.BooleanField(_("pays the costs named in the request"), default=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = RequestPartnerQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("request", "partnership"),
                condition=Q(removed_at=None),
                name="volunteers_requestpartner_once",
            ),
            models.CheckConstraint(
                condition=Q(pays_costs=True) | Q(supervisor__isnull=False) | Q(removed_at__isnull=False),
                name="volunteers_requestpartner_takes_part",
            ),
        )

    def __str__(self) -> str:
        return f"{self.request_id} · {self.partnership_id}"


class PartnerCohort(models.Model):
    """A cohort of the NGO that it leads for the commune's volunteers; they were told of it at `offered_at`."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="cohorts")
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="+")
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    offered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-offered_at", "-pk")
        constraints = (models.UniqueConstraint(fields=("partnership", "cohort"), name="volunteers_partnercohort_once"),)

    def __str__(self) -> str:
        return f"{self.partnership_id} · {self.cohort_id}"
