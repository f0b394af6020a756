"""Work that was agreed and done: shifts of a request, who comes to them, hours."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from volunteers.enums import Appeal, Arrival, HoursStatus, SignupStatus
from volunteers.models.application import Placement
from volunteers.models.clashes import NoClash
from volunteers.models.request import VolunteerRequest
from volunteers.serving_querysets import HoursQuerySet, ShiftQuerySet, SignupQuerySet

MOST_SHIFT_SEATS = 50
LONGEST_SHIFT = timedelta(hours=12)
MOST_MINUTES_A_DAY = 12 * 60
# Whoever comes or may still be asked to come holds the time: two of these never overlap for one person.
HOLDS_TIME = (SignupStatus.SIGNED_UP, SignupStatus.CALLED, SignupStatus.ATTENDED)
# Each of these fills one of the shift's seats.
HOLDS_SEAT = (*HOLDS_TIME, SignupStatus.NO_SHOW, SignupStatus.NOT_TRACKED)
LIVE_SIGNUP = (SignupStatus.SIGNED_UP, SignupStatus.WAITING, SignupStatus.CALLED)


class Shift(models.Model):
    """A span of time for which a request's volunteers can sign up. Calling it off keeps the row."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    request = models.ForeignKey(VolunteerRequest, models.PROTECT, related_name="shifts")
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    seats = models.PositiveSmallIntegerField(_("people needed"), default=1)
    seats_filled = models.PositiveSmallIntegerField(default=0, editable=False)
    note_km = models.CharField(_("what to bring or know"), max_length=160, blank=True, default="")
    note_en = models.CharField(_("what to bring or know, in English"), max_length=160, blank=True, default="")
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(null=True, blank=True, editable=False)  # its time or words; calendars ask
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ShiftQuerySet.as_manager()

    class Meta:
        ordering = ("starts_at", "pk")
        indexes = (models.Index(fields=("request", "starts_at", "id"), name="volunteers_shift_calendar"),)
        constraints = (
            models.UniqueConstraint(
                fields=("request", "starts_at", "ends_at"), condition=Q(cancelled_at=None), name="volunteers_shift_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at"), ends_at__lte=F("starts_at") + LONGEST_SHIFT),
                name="volunteers_shift_length_sane",
            ),
            models.CheckConstraint(condition=Q(seats__range=(1, MOST_SHIFT_SEATS)), name="volunteers_shift_seats_sane"),
            models.CheckConstraint(condition=Q(seats_filled__lte=F("seats")), name="volunteers_shift_never_overfilled"),
        )

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def note(self) -> str:
        return (self.note_en or self.note_km) if get_language() == "en" else (self.note_km or self.note_en)

    @property
    def seats_left(self) -> int:
        return self.seats - self.seats_filled

    @property
    def is_ahead(self) -> bool:
        """It takes place and has not begun."""
        return self.cancelled_at is None and self.starts_at > timezone.now()


class ShiftSignup(models.Model):
    """One placed person and one shift. Person and times are copied, so that the database itself can refuse a clash.

    One row for both, however often the person comes and goes; `queued_at` orders the waiting list.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    shift = models.ForeignKey(Shift, models.PROTECT, related_name="signups")
    placement = models.ForeignKey(Placement, models.PROTECT, related_name="signups")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    starts_at = models.DateTimeField(editable=False)
    ends_at = models.DateTimeField(editable=False)
    status = models.CharField(max_length=12, choices=SignupStatus, default=SignupStatus.CANCELLED, editable=False)
    queued_at = models.DateTimeField(null=True, blank=True, editable=False)
    call_expires_at = models.DateTimeField(null=True, blank=True, editable=False)
    arrival = models.CharField(max_length=8, choices=Arrival, blank=True, default="", editable=False)
    arrived_at = models.DateTimeField(null=True, blank=True, editable=False)
    received_at = models.DateTimeField(null=True, blank=True, editable=False)  # when the phone reached us
    left_at = models.DateTimeField(null=True, blank=True, editable=False)  # went home before the end
    check_in_id = models.UUIDField(null=True, blank=True, unique=True, editable=False)  # made by the phone
    appeal = models.CharField(max_length=8, choices=Appeal, blank=True, default="", editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = SignupQuerySet.as_manager()

    class Meta:
        ordering = ("created_at", "pk")
        indexes = (
            models.Index(fields=("person", "starts_at"), name="volunteers_signup_mine"),
            models.Index(fields=("shift", "status"), name="volunteers_signup_roll"),
            models.Index(fields=("status", "call_expires_at"), name="volunteers_signup_clock"),
            models.Index(fields=("status", "ends_at"), name="volunteers_signup_ended"),
            models.Index(fields=("appeal", "updated_at"), condition=~Q(appeal=""), name="volunteers_signup_appeals"),
        )
        constraints = (
            models.UniqueConstraint(fields=("shift", "person"), name="volunteers_signup_once"),
            NoClash(
                name="volunteers_signup_no_clash",
                owner="person",
                start="starts_at",
                end="ends_at",
                statuses=HOLDS_TIME,
            ),
            models.CheckConstraint(
                condition=~Q(status=SignupStatus.WAITING) | Q(queued_at__isnull=False),
                name="volunteers_signup_wait_has_place",
            ),
            models.CheckConstraint(
                condition=~Q(status=SignupStatus.CALLED) | Q(call_expires_at__isnull=False),
                name="volunteers_signup_call_has_clock",
            ),
        )

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def minutes(self) -> int:
        """Of the whole shift."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    @property
    def may_check_out(self) -> bool:
        """There now, and has not said that they go."""
        is_on = self.starts_at <= timezone.now() < self.ends_at
        return is_on and self.status == SignupStatus.ATTENDED and self.left_at is None

    @property
    def is_overdue(self) -> bool:
        """Called by its row though the time to confirm passed."""
        return self.status == SignupStatus.CALLED and not (
            self.call_expires_at and self.call_expires_at > timezone.now()
        )


class HoursEntry(models.Model):
    """Time worked on one day. `client_id` is made by the phone: a form sent twice counts once.

    `minutes` is what the volunteer claims, `office_minutes` what the office would rather write, `settled_minutes` what
    holds since it was confirmed or settled. An entry of a shift begins with the check-in. `escalated_at` is set
    once the programme's staff were asked.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    client_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    placement = models.ForeignKey(Placement, models.PROTECT, related_name="hours")
    signup = models.OneToOneField(ShiftSignup, models.PROTECT, null=True, blank=True, related_name="hours")
    day_date = models.DateField(_("day"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    settled_minutes = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    office_minutes = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    what = models.CharField(_("what was done"), max_length=200, blank=True, default="")
    status = models.CharField(max_length=10, choices=HoursStatus, default=HoursStatus.CLAIMED, editable=False)
    escalated_at = models.DateTimeField(null=True, blank=True, editable=False)
    happened_at = models.DateTimeField(editable=False)
    received_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = HoursQuerySet.as_manager()

    class Meta:
        ordering = ("-day_date", "-pk")
        indexes = (
            models.Index(fields=("placement", "-day_date", "-id"), name="volunteers_hours_mine"),
            models.Index(fields=("status", "day_date"), name="volunteers_hours_desk"),
            models.Index(
                fields=("escalated_at",),
                condition=Q(status=HoursStatus.DISPUTED, escalated_at__isnull=False),
                name="volunteers_hours_escalated",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(minutes__range=(1, MOST_MINUTES_A_DAY)), name="volunteers_hours_minutes_sane"
            ),
            models.CheckConstraint(
                condition=Q(settled_minutes=None) | Q(settled_minutes__range=(0, MOST_MINUTES_A_DAY)),
                name="volunteers_hours_settled_sane",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=(HoursStatus.CONFIRMED, HoursStatus.SETTLED))
                | Q(settled_minutes__isnull=False),
                name="volunteers_hours_settled_has_minutes",
            ),
            models.CheckConstraint(
                condition=Q(office_minutes=None) | Q(office_minutes__range=(0, MOST_MINUTES_A_DAY)),
                name="volunteers_hours_office_sane",
            ),
            models.CheckConstraint(
                condition=~Q(status=HoursStatus.DISPUTED) | Q(office_minutes__isnull=False),
                name="volunteers_hours_dispute_has_minutes",
            ),
        )

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def counted_minutes(self) -> int:
        """What stands for this entry today: the settled number, before that the claimed one."""
        return self.minutes if self.settled_minutes is None else self.settled_minutes

    @property
    def is_open(self) -> bool:
        """Claimed, and nobody in the office has answered yet."""
        return self.status == HoursStatus.CLAIMED

    @property
    def is_disputed(self) -> bool:
        return self.status == HoursStatus.DISPUTED
