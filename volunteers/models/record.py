"""The proof of a served place."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import Organisation
from courses.models.papers import Paper
from volunteers.after_querysets import RecordQuerySet
from volunteers.enums import RecordReason, Sharing
from volunteers.models.application import Placement


class ServiceRecord(Paper):
    """What a person did for a commune, as its office confirmed it.

    `facts` beside those of every paper: `{commune, work: {km, en}, start_date, end_date, days}`; a skill has a `level`
    besides. `minutes` are the confirmed ones. One a placement is current; what is confirmed later makes a new version,
    which supersedes the old one. `sharing` is the owner's word about the public page, and may change.
    """

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="records")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="service_records"
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="service_records")
    version = models.PositiveSmallIntegerField(default=1)
    minutes = models.PositiveIntegerField(default=0)
    sharing = models.CharField(max_length=10, choices=Sharing, default=Sharing.NAMED)
    reissue_reason = models.CharField(max_length=20, choices=RecordReason, blank=True, default="")

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ("-issued_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("placement",), condition=Q(superseded_at__isnull=True), name="volunteers_record_one_current"
            ),
            models.UniqueConstraint(fields=("placement", "version"), name="volunteers_record_version_once"),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revocation_reason="")
                | (Q(revoked_at__isnull=False) & ~Q(revocation_reason="")),
                name="volunteers_record_revoked_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(superseded_at__isnull=True, reissue_reason="")
                | (Q(superseded_at__isnull=False) & ~Q(reissue_reason="")),
                name="volunteers_record_superseded_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(user__isnull=True), name="volunteers_record_erased_is_nobodys"
            ),
        )
        indexes = (
            models.Index(fields=("user", "-issued_at", "-id"), name="volunteers_record_of_user"),
            models.Index(fields=("organisation", "id"), name="volunteers_record_by"),
        )

    def get_absolute_url(self) -> str:
        """The page that verifies it."""
        return reverse("record-verify", args=[self.code])

    @property
    def work(self) -> str:
        return self.say("work")

    @property
    def commune(self) -> str:
        return self.say("commune")

    @property
    def is_public(self) -> bool:
        """Whether the owner lets the page show more than that the record exists."""
        return self.sharing != Sharing.HIDDEN

    @property
    def public_names(self) -> dict[str, str]:
        """As of every paper; none where the owner switched the name off."""
        return super().public_names if self.sharing == Sharing.NAMED else {}
