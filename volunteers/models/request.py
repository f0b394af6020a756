"""What a commune office asks for."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Organisation
from volunteers.enums import RequestStatus
from volunteers.models.template import RequestTemplate
from volunteers.models.terms import ADULT, COSTS_HOLD, SAFEGUARDS_HOLD, Costs, Safeguards
from volunteers.models.texts import Texts, Times
from volunteers.querysets import RequestQuerySet

LONGEST_OPEN_DAYS = 60
MOST_SEATS = 50
MOST_WEEKLY_HOURS = 20
YOUNGEST, OLDEST_MINIMUM = 15, 35


class VolunteerRequest(Texts, Times, Costs, Safeguards):
    """A commune office asks for helpers. Its state changes only through `services.states`, each time with a log row."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    office = models.ForeignKey(Organisation, models.PROTECT, related_name="volunteer_requests")
    template = models.ForeignKey(RequestTemplate, models.SET_NULL, null=True, blank=True, related_name="+")
    status = models.CharField(max_length=10, choices=RequestStatus, default=RequestStatus.DRAFT, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    seats = models.PositiveSmallIntegerField(_("people needed"), default=1)
    seats_filled = models.PositiveSmallIntegerField(default=0, editable=False)
    start_date = models.DateField(_("first day"), null=True, blank=True)
    end_date = models.DateField(_("last day"), null=True, blank=True)
    weekly_hours = models.PositiveSmallIntegerField(_("hours a week"), default=4)
    place_km = models.CharField(_("where"), max_length=160, blank=True, default="")
    place_en = models.CharField(_("where, in English"), max_length=160, blank=True, default="")
    remote_share = models.PositiveSmallIntegerField(_("percentage done from home"), default=0)
    supervisor = models.ForeignKey(Membership, models.SET_NULL, null=True, blank=True, related_name="+")
    supervisor_name = models.CharField(_("name of the guide"), max_length=160, blank=True, default="")
    supervisor_title = models.CharField(_("post of the guide"), max_length=120, blank=True, default="")
    skills = models.ManyToManyField("courses.Skill", through="RequestSkill", related_name="volunteer_requests")

    open_days = models.PositiveSmallIntegerField(_("open for"), default=30)
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    expires_at = models.DateTimeField(null=True, blank=True, editable=False)
    expiry_told_at = models.DateTimeField(null=True, blank=True, editable=False)  # that it ends soon
    version = models.PositiveIntegerField(default=1, editable=False)  # of the words: two windows notice each other
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("volunteer request")
        verbose_name_plural = _("volunteer requests")
        indexes = (
            models.Index(fields=("status", "expires_at"), name="volunteers_request_clock"),
            models.Index(fields=("-opened_at", "-id"), name="volunteers_request_newest"),
            models.Index(fields=("office", "-created_at"), name="volunteers_request_desk"),
        )
        constraints = (
            *COSTS_HOLD,
            *SAFEGUARDS_HOLD,
            models.CheckConstraint(
                condition=Q(remote_share__lte=100), name="volunteers_request_remote_share_is_percentage"
            ),
            models.CheckConstraint(condition=~Q(title_km="") | ~Q(title_en=""), name="volunteers_request_has_title"),
            models.CheckConstraint(
                condition=Q(seats_filled__lte=F("seats")), name="volunteers_request_never_overfilled"
            ),
            models.CheckConstraint(condition=Q(seats__range=(1, MOST_SEATS)), name="volunteers_request_seats_sane"),
            models.CheckConstraint(
                condition=Q(end_date__gte=F("start_date")) | Q(start_date=None) | Q(end_date=None),
                name="volunteers_request_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(weekly_hours__range=(1, MOST_WEEKLY_HOURS)), name="volunteers_request_hours_sane"
            ),
            models.CheckConstraint(
                condition=Q(open_days__range=(1, LONGEST_OPEN_DAYS)), name="volunteers_request_open_at_most_60_days"
            ),
            models.CheckConstraint(
                condition=Q(minimum_age__range=(YOUNGEST, OLDEST_MINIMUM)), name="volunteers_request_age_sane"
            ),
            models.CheckConstraint(
                condition=Q(minimum_age__gte=ADULT) | Q(is_evening=False), name="volunteers_request_minors_by_day"
            ),
            models.CheckConstraint(
                condition=~Q(status=RequestStatus.OPEN) | Q(opened_at__isnull=False, expires_at__isnull=False),
                name="volunteers_request_open_has_clock",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("request", args=[self.public_id])

    @property
    def place(self) -> str:
        return (self.place_en or self.place_km) if get_language() == "en" else (self.place_km or self.place_en)

    @property
    def is_remote(self) -> bool:
        """A part of it at least can be done from home."""
        return self.remote_share > 0

    @property
    def supervisor_shown(self) -> str:
        """The guide's name and post, as in "Meas Sovann, clerk"."""
        if self.supervisor and self.supervisor.ended_at is None:
            return f"{self.supervisor.user.public_name}, {self.supervisor.title}"
        return ", ".join(filter(None, [self.supervisor_name, self.supervisor_title]))

    @property
    def has_supervisor(self) -> bool:
        """Somebody who still works there: a guide who left the office guides nobody."""
        if self.supervisor and self.supervisor.ended_at is None:
            return True
        return bool(self.supervisor_name and self.supervisor_title)

    @property
    def seats_left(self) -> int:
        return self.seats - self.seats_filled

    @property
    def weeks(self) -> int:
        """Whole weeks from the first to the last day, at least one; 0 without dates."""
        if not (self.start_date and self.end_date):
            return 0
        return max(1, round(((self.end_date - self.start_date).days + 1) / 7))

    @property
    def is_open(self) -> bool:
        """Takes applications now; a passed clock closes it before any task writes so."""
        return self.status == RequestStatus.OPEN and bool(self.expires_at and self.expires_at > timezone.now())

    @property
    def is_overdue(self) -> bool:
        """Open by its row though its closing date passed."""
        return self.status in (RequestStatus.OPEN, RequestStatus.REVIEW) and not (
            self.expires_at and self.expires_at > timezone.now()
        )


class RequestSkill(models.Model):
    """A skill that helps with the work."""

    request = models.ForeignKey(VolunteerRequest, models.CASCADE, related_name="skill_rows")
    skill = models.ForeignKey("courses.Skill", models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("request", "skill"), name="volunteers_requestskill_once"),)

    def __str__(self) -> str:
        return f"{self.request_id} · {self.skill_id}"


class RequestCourse(models.Model):
    """A course to finish before one applies, by its key in all languages."""

    request = models.ForeignKey(VolunteerRequest, models.CASCADE, related_name="course_rows")
    course_key = models.UUIDField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("request", "course_key"), name="volunteers_requestcourse_once"),)

    def __str__(self) -> str:
        return f"{self.request_id} · {self.course_key}"
