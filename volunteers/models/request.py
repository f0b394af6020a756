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
from volunteers.models.texts import Texts, Times
from volunteers.querysets import RequestQuerySet

LONGEST_OPEN_DAYS = 60
MOST_SEATS = 50
MOST_WEEKLY_HOURS = 20
YOUNGEST, ADULT, OLDEST_MINIMUM = 15, 18, 35


class VolunteerRequest(Texts, Times):
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
    is_remote = models.BooleanField(_("can be done from home"), default=False)
    costs_km = models.CharField(_("travel and other costs"), max_length=160, blank=True, default="")
    costs_en = models.CharField(_("travel and other costs, in English"), max_length=160, blank=True, default="")
    supervisor = models.ForeignKey(Membership, models.SET_NULL, null=True, blank=True, related_name="+")
    supervisor_name = models.CharField(_("name of the guide"), max_length=160, blank=True, default="")
    supervisor_title = models.CharField(_("post of the guide"), max_length=120, blank=True, default="")
    minimum_age = models.PositiveSmallIntegerField(_("youngest age"), default=ADULT)
    skills = models.ManyToManyField("courses.Skill", through="RequestSkill", related_name="volunteer_requests")

    open_days = models.PositiveSmallIntegerField(_("open for"), default=30)
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    expires_at = models.DateTimeField(null=True, blank=True, editable=False)
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
    def costs(self) -> str:
        return (self.costs_en or self.costs_km) if get_language() == "en" else (self.costs_km or self.costs_en)

    @property
    def supervisor_shown(self) -> str:
        """The guide's name and post, as in "Meas Sovann, clerk"."""
        if self.supervisor:
            return f"{self.supervisor.user.public_name}, {self.supervisor.title}"
        return ", ".join(filter(None, [self.supervisor_name, self.supervisor_title]))

    @property
    def has_supervisor(self) -> bool:
        return self.supervisor_id is not None or bool(self.supervisor_name and self.supervisor_title)

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
    def takes_minors(self) -> bool:
        return self.minimum_age < ADULT

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
