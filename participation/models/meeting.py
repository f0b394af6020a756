"""A meeting of the commune: what, when, where, for whom; its agenda; who comes."""

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from accounts.enums import Language
from accounts.models import Organisation
from participation.enums import Access, Channel, DoorMeans, MeetingStatus, RsvpStatus, StepKind
from participation.models.texts import Titled
from participation.querysets import MeetingQuerySet, RsvpQuerySet
from places.models import Commune
from volunteers.enums import SpokenLanguage

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

TITLE_LENGTH = 140
ABOUT_LENGTH = 900
PLACE_LENGTH = 160
CHECK_IN_OPENS = timedelta(hours=1)  # as for shifts


class Meeting(Titled, models.Model):
    """Open to everybody by default: a register only says how many chairs are needed.

    `coming_count` counts the people who said they come; with a `capacity` the database keeps it below. `access` and
    `languages` are lists of `Access` and `SpokenLanguage` values. `map_link` is a map's own link that names no point.
    Texts in Khmer are required, English is optional.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="meetings")
    office = models.ForeignKey(Organisation, models.PROTECT, related_name="meetings")
    step = models.CharField(max_length=12, choices=StepKind)
    title_km = models.CharField(max_length=TITLE_LENGTH)
    title_en = models.CharField(max_length=TITLE_LENGTH, blank=True, default="")
    about_km = models.TextField(max_length=ABOUT_LENGTH)
    about_en = models.TextField(max_length=ABOUT_LENGTH, blank=True, default="")
    place_km = models.CharField(max_length=PLACE_LENGTH)
    place_en = models.CharField(max_length=PLACE_LENGTH, blank=True, default="")
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    map_link = models.URLField(max_length=300, blank=True, default="")
    access = models.JSONField(default=list, blank=True)
    languages = models.JSONField(default=list, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    input_until_at = models.DateTimeField()
    capacity = models.PositiveIntegerField(null=True, blank=True)
    coming_count = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=10, choices=MeetingStatus, default=MeetingStatus.DRAFT)
    announced_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(max_length=300, blank=True, default="")
    reminded_at = models.DateTimeField(null=True, blank=True)
    minutes_asked = models.PositiveSmallIntegerField(default=0)  # how often the office was asked to publish them
    door_means = models.CharField(max_length=6, choices=DoorMeans, blank=True, default="")
    feedback_asked = models.PositiveSmallIntegerField(default=0)  # at how many stages people were asked
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ("-starts_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="participation_meeting_ends_later"),
            models.CheckConstraint(
                condition=Q(input_until_at__lte=F("starts_at")), name="participation_meeting_input_before"
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(coming_count__lte=F("capacity")),
                name="participation_meeting_not_overfilled",
            ),
            models.CheckConstraint(
                condition=Q(status=MeetingStatus.DRAFT, announced_at__isnull=True)
                | ~Q(status=MeetingStatus.DRAFT) & Q(announced_at__isnull=False),
                name="participation_meeting_announced_has_time",
            ),
            models.CheckConstraint(
                condition=Q(status=MeetingStatus.CANCELLED, cancelled_at__isnull=False) & ~Q(cancel_reason="")
                | ~Q(status=MeetingStatus.CANCELLED) & Q(cancelled_at__isnull=True),
                name="participation_meeting_cancelled_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="participation_meeting_point_is_whole",
            ),
        )
        indexes = (
            models.Index(fields=("commune", "-starts_at", "-id"), name="participation_meeting_of"),
            models.Index(fields=("office", "starts_at"), name="participation_meeting_office"),
            models.Index(fields=("starts_at", "id"), name="participation_meeting_when"),
            models.Index(
                fields=("starts_at",),
                condition=Q(status=MeetingStatus.ANNOUNCED, reminded_at__isnull=True),
                name="participation_meeting_remind",
            ),
            models.Index(
                fields=("ends_at",),
                condition=Q(status=MeetingStatus.ANNOUNCED, feedback_asked__lt=2),
                name="participation_meeting_ask",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def about(self) -> str:
        """What is decided there and why one's word counts."""
        return self.about_en if self.text_language == Language.ENGLISH and self.about_en else self.about_km

    @property
    def place(self) -> str:
        return self.place_en if self.text_language == Language.ENGLISH and self.place_en else self.place_km

    @property
    def map_address(self) -> str:
        """The place on OpenStreetMap, else the link that the office pasted; "" without either."""
        if self.latitude is None:
            return self.map_link
        here = f"{self.latitude}/{self.longitude}"
        return f"https://www.openstreetmap.org/?mlat={self.latitude}&mlon={self.longitude}#map=17/{here}"

    @property
    def access_labels(self) -> list["StrOrPromise"]:
        return [Access(value).label for value in self.access if value in Access.values]

    @property
    def language_labels(self) -> list["StrOrPromise"]:
        return [SpokenLanguage(value).label for value in self.languages if value in SpokenLanguage.values]

    @property
    def is_draft(self) -> bool:
        return self.status == MeetingStatus.DRAFT

    @property
    def is_cancelled(self) -> bool:
        return self.status == MeetingStatus.CANCELLED

    @property
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()

    @property
    def is_ahead(self) -> bool:
        """Announced, not called off and not over: people may still say that they come."""
        return self.status == MeetingStatus.ANNOUNCED and not self.is_over

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= timezone.now()

    @property
    def takes_answers(self) -> bool:
        """People may still say whether they come, and choose; input is taken until the end, and marked as late."""
        return self.is_ahead and not self.has_begun

    @property
    def takes_check_ins(self) -> bool:
        """From an hour before until its end the office shows the code, and people check in."""
        return self.is_ahead and timezone.now() >= self.starts_at - CHECK_IN_OPENS

    @property
    def seats_left(self) -> int | None:
        """None where anybody fits."""
        return None if self.capacity is None else max(0, self.capacity - self.coming_count)

    def get_absolute_url(self) -> str:
        return reverse("meeting", args=[self.public_id])


class AgendaItem(models.Model):
    """A point of the agenda, in order; most have a time."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    starts_at = models.TimeField(null=True, blank=True)
    title_km = models.CharField(max_length=TITLE_LENGTH)
    title_en = models.CharField(max_length=TITLE_LENGTH, blank=True, default="")

    class Meta:
        ordering = ("meeting", "position")
        constraints = (models.UniqueConstraint(fields=("meeting", "position"), name="participation_agenda_in_order"),)

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return self.title_en if get_language() == "en" and self.title_en else self.title_km


class Rsvp(models.Model):
    """What one person said about coming. Who waits is asked in the order of `asked_at`."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="rsvps")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="rsvps")
    status = models.CharField(max_length=10, choices=RsvpStatus)
    channel = models.CharField(max_length=10, choices=Channel, blank=True, default="")
    asked_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = RsvpQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("meeting", "user"), name="participation_rsvp_once"),)
        indexes = (
            models.Index(
                fields=("meeting", "asked_at", "id"),
                condition=Q(status=RsvpStatus.WAITING),
                name="participation_rsvp_waiting",
            ),
            models.Index(fields=("meeting", "status", "id"), name="participation_rsvp_by_status"),
            models.Index(fields=("user", "status"), name="participation_rsvp_of_user"),
        )

    def __str__(self) -> str:
        return f"{self.pk} {self.status}"
