"""What both sides agreed on, in plain words, and who confirmed it when."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

from volunteers.models.application import Placement


class Agreement(models.Model):
    """`terms` is the request's text of the day on which the offer was accepted, by language; it never changes.

    The volunteer's own confirmation carries no name: nobody else can give it.
    """

    placement = models.OneToOneField(Placement, models.PROTECT, related_name="agreement")
    terms = models.JSONField(editable=False)
    written_at = models.DateTimeField(auto_now_add=True)
    volunteer_at = models.DateTimeField(null=True, blank=True, editable=False)
    office_at = models.DateTimeField(null=True, blank=True, editable=False)
    office_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    guardian_at = models.DateTimeField(null=True, blank=True, editable=False)
    guardian_name = models.CharField(max_length=160, blank=True, default="", editable=False)
    # Who recorded it: a guardian has no account.
    guardian_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(office_at=None, office_by=None) | Q(office_at__isnull=False, office_by__isnull=False),
                name="volunteers_agreement_office_named",
            ),
            models.CheckConstraint(
                condition=Q(guardian_at=None, guardian_by=None, guardian_name="")
                | (Q(guardian_at__isnull=False, guardian_by__isnull=False) & ~Q(guardian_name="")),
                name="volunteers_agreement_guardian_named",
            ),
        )

    def __str__(self) -> str:
        return f"{self.placement_id}"

    @property
    def text(self) -> dict[str, Any]:
        """The terms in the reader's language."""
        terms: dict[str, dict[str, Any]] = self.terms
        return terms["en" if get_language() == "en" else "km"]

    @property
    def dates(self) -> list[date]:
        """First and last day, as far as they were set."""
        return [date.fromisoformat(self.text[name]) for name in ("start_date", "end_date") if self.text[name]]

    @property
    def needs_guardian(self) -> bool:
        """From 15 to 17, by today: whoever turns 18 confirms alone."""
        return self.placement.application.applicant.is_minor

    @property
    def is_confirmed(self) -> bool:
        """By everybody who has to."""
        both = self.volunteer_at is not None and self.office_at is not None
        return both and (self.guardian_at is not None or not self.needs_guardian)
