"""A person's answer to a request, and the place that both sides agreed on."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from volunteers.enums import ApplicationStatus, Distance, PlacementStatus
from volunteers.models.request import VolunteerRequest
from volunteers.models.texts import Times
from volunteers.querysets import ApplicationQuerySet, PlacementQuerySet

OFFER_HOURS = 72
CONTACT_DAYS = 30
LIVE_APPLICATION = (
    ApplicationStatus.DRAFT,
    ApplicationStatus.SUBMITTED,
    ApplicationStatus.SHORTLISTED,
    ApplicationStatus.OFFERED,
    ApplicationStatus.ACCEPTED,
)
HELD = (ApplicationStatus.SHORTLISTED, ApplicationStatus.OFFERED, ApplicationStatus.NOT_PLACED)  # by the office
LIVE_PLACEMENT = (PlacementStatus.AGREED, PlacementStatus.ACTIVE, PlacementStatus.PAUSED)


class Application(Times):
    """One person asks for one place. Until an offer is accepted an office reads the code name only.

    `distance` is worked out once, when the application is sent.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    request = models.ForeignKey(VolunteerRequest, models.PROTECT, related_name="applications")
    applicant = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="applications")
    code_number = models.PositiveSmallIntegerField(editable=False)
    status = models.CharField(max_length=12, choices=ApplicationStatus, default=ApplicationStatus.DRAFT, editable=False)
    answers = models.JSONField(_("answers"), blank=True, default=list)  # one for each question of the request
    distance = models.CharField(max_length=10, choices=Distance, default=Distance.UNKNOWN, editable=False)
    # As in the profile when it was sent: what an office reads may not change under its eyes.
    free = models.PositiveIntegerField(default=0, editable=False)
    languages = models.JSONField(default=list, blank=True, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True, editable=False)
    offer_expires_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The place in the line of those whom the office offers what becomes free; empty: not in it.
    standby_rank = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    # While the office may take its last decision back, the applicant reads the state before it.
    held_until = models.DateTimeField(null=True, blank=True, editable=False)
    held_status = models.CharField(max_length=12, choices=ApplicationStatus, blank=True, default="", editable=False)
    reminders = models.PositiveSmallIntegerField(default=0, editable=False)  # of the office, while it has not answered
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        indexes = (
            models.Index(fields=("applicant", "-created_at"), name="volunteers_application_mine"),
            models.Index(fields=("request", "status"), name="volunteers_application_desk"),
            models.Index(fields=("status", "offer_expires_at"), name="volunteers_application_clock"),
            models.Index(
                fields=("request", "standby_rank"),
                condition=Q(standby_rank__isnull=False),
                name="volunteers_application_standby",
            ),
            models.Index(
                fields=("held_until",), condition=Q(held_until__isnull=False), name="volunteers_application_held"
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("request", "applicant"),
                condition=Q(status__in=LIVE_APPLICATION),
                name="volunteers_application_one_live",
            ),
            models.UniqueConstraint(fields=("request", "code_number"), name="volunteers_application_code_once"),
            models.CheckConstraint(
                condition=~Q(status=ApplicationStatus.OFFERED) | Q(offer_expires_at__isnull=False),
                name="volunteers_application_offer_has_clock",
            ),
        )

    def __str__(self) -> str:
        return self.code_name

    def get_absolute_url(self) -> str:
        return reverse("application", args=[self.public_id])

    @property
    def code_name(self) -> str:
        """As in A-07: drawn by lot, so it tells neither name nor order."""
        return pgettext("code name", "A-%(number)s") % {"number": f"{self.code_number:02d}"}

    @property
    def is_live(self) -> bool:
        return self.status in LIVE_APPLICATION

    @property
    def is_held(self) -> bool:
        """The office's last decision may still be taken back; nobody was told of it yet."""
        return bool(self.held_until and self.held_until > timezone.now())

    @property
    def shown_status(self) -> str:
        """The state as the applicant reads it."""
        held = self.is_held and self.status in HELD
        return self.held_status if held else self.status

    @property
    def shown_label(self) -> str:
        return str(ApplicationStatus(self.shown_status).label)

    @property
    def is_shown_live(self) -> bool:
        """Live as far as the applicant knows."""
        return self.shown_status in LIVE_APPLICATION

    @property
    def is_standby(self) -> bool:
        return self.status == ApplicationStatus.SHORTLISTED and self.standby_rank is not None

    @property
    def answered(self) -> list[tuple[str, str]]:
        """Question and answer, in order. Empty once the answers were deleted with the account."""
        return list(zip(self.request.questions, self.answers, strict=False))

    @property
    def is_named(self) -> bool:
        """The office may read name and phone: from the accepted offer until `CONTACT_DAYS` after the place ended."""
        if self.status != ApplicationStatus.ACCEPTED or self.applicant.is_deleted:
            return False
        placement: Placement | None = getattr(self, "placement", None)
        return placement is not None and placement.is_recent

    @property
    def is_overdue(self) -> bool:
        """Offered by its row though the 72 hours passed."""
        return self.status == ApplicationStatus.OFFERED and not (
            self.offer_expires_at and self.offer_expires_at > timezone.now()
        )


class Placement(models.Model):
    """A place that a person accepted. Leaving ends it early; the row stays."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.OneToOneField(Application, models.PROTECT, related_name="placement")
    status = models.CharField(max_length=12, choices=PlacementStatus, default=PlacementStatus.AGREED, editable=False)
    start_date = models.DateField(null=True, blank=True)
    end_date = models.DateField(null=True, blank=True)
    agreed_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        ordering = ("-agreed_at", "-pk")
        indexes = (models.Index(fields=("-agreed_at", "-id"), name="volunteers_placement_newest"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(end_date__gte=models.F("start_date")) | Q(start_date=None) | Q(end_date=None),
                name="volunteers_placement_ends_after_start",
            ),
        )

    def __str__(self) -> str:
        return str(self.public_id)

    def get_absolute_url(self) -> str:
        return reverse("placement", args=[self.public_id])

    @property
    def is_live(self) -> bool:
        return self.status in LIVE_PLACEMENT

    @property
    def is_recent(self) -> bool:
        """Not over, or over for at most `CONTACT_DAYS`: by its last day, or by the day on which it was ended."""
        over = self.end_date if self.is_live else timezone.localdate(self.updated_at)
        return over is None or over >= timezone.localdate() - timedelta(days=CONTACT_DAYS)
