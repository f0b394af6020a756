"""Who was invited to a meeting, in which way, in which village; and whom nobody told."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from participation.enums import Channel, UntoldReason
from participation.models.meeting import Meeting
from places.models import Village

REPORT_LENGTH = 600
LINK_LENGTH = 12


class Invitation(models.Model):
    """A line of the ledger: so many people of a village were told in one way, on one day. Numbers, never names.

    Without a `village` they are of the whole commune, or live elsewhere. `women` and `youth` (18 to 35) are as far as
    whoever told them knows. A line written by mistake is taken back, never deleted.
    """

    client_id = models.UUIDField(default=uuid.uuid4, unique=True)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="invitations")
    channel = models.CharField(max_length=10, choices=Channel)
    village = models.ForeignKey(Village, models.PROTECT, null=True, blank=True, related_name="+")
    people = models.PositiveIntegerField()
    women = models.PositiveIntegerField(null=True, blank=True)
    youth = models.PositiveIntegerField(null=True, blank=True)
    day_date = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-day_date", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(people__gte=1), name="participation_invitation_of_somebody"),
            models.CheckConstraint(
                condition=(Q(women__isnull=True) | Q(women__lte=F("people")))
                & (Q(youth__isnull=True) | Q(youth__lte=F("people"))),
                name="participation_invitation_parts_fit",
            ),
        )
        indexes = (models.Index(fields=("meeting", "withdrawn_at", "-day_date", "-id"), name="participation_invited"),)

    def __str__(self) -> str:
        return f"{self.channel} {self.people}"


class ShareLink(models.Model):
    """A link to a meeting that was passed on, by channel: the meeting's own, or one person's. It counts how often it
    was opened, not by whom.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="share_links")
    channel = models.CharField(max_length=10, choices=Channel)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="meeting_links"
    )
    code = models.CharField(max_length=LINK_LENGTH, blank=True, default="")
    opened = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("meeting", "channel"), condition=Q(code=""), name="participation_link_of_meeting_once"
            ),
            models.UniqueConstraint(
                fields=("meeting", "user"), condition=Q(user__isnull=False), name="participation_link_of_person_once"
            ),
            models.UniqueConstraint(fields=("code",), condition=~Q(code=""), name="participation_link_code_once"),
        )

    def __str__(self) -> str:
        return f"{self.channel} {self.opened}"

    @property
    def path(self) -> str:
        if self.code:
            return reverse("meeting-link", args=[self.code])
        return reverse("meeting-from", args=[self.meeting.public_id, self.channel])


class Untold(models.Model):
    """Somebody pressed "Nobody told me". `key` lets one phone or account do so once, and tells nothing else: it is made
    anew for each meeting from the site's secret. What is said in `reason` and `report` goes to the programme alone.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="untold")
    key = models.CharField(max_length=64)
    village = models.ForeignKey(Village, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=10, choices=UntoldReason, blank=True, default="")
    report = models.TextField(max_length=REPORT_LENGTH, blank=True, default="")
    day_date = models.DateField()

    class Meta:
        ordering = ("-day_date", "-pk")
        constraints = (models.UniqueConstraint(fields=("meeting", "key"), name="participation_untold_once"),)
        indexes = (
            models.Index(fields=("reason", "-day_date", "-id"), name="participation_untold_why"),
            models.Index(fields=("meeting", "village"), name="participation_untold_where"),
        )

    def __str__(self) -> str:
        return f"{self.pk}"
