"""A short anonymous survey: who asks, paper tickets, and what was answered. Nothing here says who somebody is."""

import secrets
import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organisation
from participation.enums import AgeBand, InvitedBy, LeftOut, Satisfaction, Sex, SurveyAccess, WhyNot
from participation.models.meeting import TITLE_LENGTH, Meeting
from participation.models.texts import Titled
from participation.querysets import SurveyAnswerQuerySet, SurveyQuerySet
from places.models import Commune, Province

CHECK_LENGTH = 400
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that is read as another
CODE_LENGTH = 8


def make_code() -> str:
    """What stands in the address; short enough to be typed from a sheet of paper."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


class Survey(Titled, models.Model):
    """The study's questions about the plan of `year`, asked in a commune, after a meeting, or in the whole country.

    `office` is whoever asks; None is the programme. `at_once` is how many people may answer within ten minutes: more
    than that tells of a machine, and all of those minutes stay out of the figures.
    """

    code = models.CharField(max_length=CODE_LENGTH, unique=True, default=make_code, editable=False)
    client_id = models.UUIDField(null=True, unique=True, editable=False)  # of the form; None for older ones
    office = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="surveys")
    commune = models.ForeignKey(Commune, models.PROTECT, null=True, blank=True, related_name="surveys")
    meeting = models.ForeignKey(Meeting, models.CASCADE, null=True, blank=True, related_name="surveys")
    year = models.PositiveSmallIntegerField()
    title_km = models.CharField(max_length=TITLE_LENGTH)
    title_en = models.CharField(max_length=TITLE_LENGTH, blank=True, default="")
    access = models.CharField(max_length=6, choices=SurveyAccess, default=SurveyAccess.LINK)
    at_once = models.PositiveSmallIntegerField()
    opens_at = models.DateTimeField(default=timezone.now)
    closes_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(closes_at__gte=F("opens_at")), name="participation_survey_ends_later"),
            models.CheckConstraint(
                condition=Q(meeting__isnull=True) | Q(commune__isnull=False), name="participation_survey_of_a_meeting"
            ),
            models.CheckConstraint(
                condition=Q(office__isnull=True) | Q(commune__isnull=False), name="participation_survey_of_an_office"
            ),
            models.CheckConstraint(condition=Q(at_once__gte=1), name="participation_survey_takes_answers"),
        )
        indexes = (
            models.Index(fields=("office", "-created_at", "-id"), name="participation_survey_office"),
            models.Index(fields=("commune", "-created_at"), name="participation_survey_commune"),
            models.Index(fields=("-created_at", "-id"), name="participation_survey_newest"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.opens_at <= timezone.now() < self.closes_at

    @property
    def needs_ticket(self) -> bool:
        return self.access == SurveyAccess.TICKET

    def get_absolute_url(self) -> str:
        return reverse("survey", args=[self.code])


class SurveyTicket(models.Model):
    """A paper ticket that was printed. Which one it is tells only its code on the paper: here stands a hash of it, and
    whether it was used. No answer says by which ticket it came.
    """

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="tickets")
    digest = models.CharField(max_length=64, unique=True)
    is_used = models.BooleanField(default=False)

    class Meta:
        indexes = (models.Index(fields=("survey", "is_used"), name="participation_ticket_of"),)

    def __str__(self) -> str:
        return f"{self.survey_id}"


class SurveyAnswer(models.Model):
    """What one person answered. Times are kept as the ten minutes and the day they fall in, no finer: a clock beside a
    small crowd would name people. `client_id` was given out, signed, with the form, and makes a repeated sending one.

    `is_told`: it is among the answers that figures are made of. `nth_of_phone` is what the phone's own cookie counted.
    `is_checked`: somebody of the programme looked at the burst it came in, and counts it, or leaves it out for good.
    """

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="answers")
    client_id = models.UUIDField(default=uuid.uuid4, unique=True)
    received_at = models.DateTimeField()  # the beginning of its ten minutes
    province = models.ForeignKey(Province, models.PROTECT, null=True, blank=True, related_name="+")
    heard = models.BooleanField()
    invited = models.BooleanField()
    invited_by = models.CharField(max_length=10, choices=InvitedBy, blank=True, default="")
    joined = models.BooleanField()
    why_not = models.CharField(max_length=10, choices=WhyNot, blank=True, default="")
    gave_input = models.BooleanField()
    satisfaction = models.CharField(max_length=8, choices=Satisfaction)
    age = models.CharField(max_length=5, choices=AgeBand, blank=True, default="")
    sex = models.CharField(max_length=6, choices=Sex, blank=True, default="")
    has_disability = models.BooleanField(default=False)
    has_migrant = models.BooleanField(default=False)
    is_minority = models.BooleanField(default=False)
    nth_of_phone = models.PositiveSmallIntegerField(default=1)
    left_out = models.CharField(max_length=5, choices=LeftOut, blank=True, default="")
    is_told = models.BooleanField(default=False)
    is_checked = models.BooleanField(default=False)

    objects = SurveyAnswerQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(invited=True) | Q(invited_by=""), name="participation_answer_by_whom"),
            models.CheckConstraint(condition=Q(joined=False) | Q(why_not=""), name="participation_answer_why_not"),
            models.CheckConstraint(
                condition=Q(left_out="") | Q(is_told=False), name="participation_answer_left_out_untold"
            ),
        )
        indexes = (
            models.Index(fields=("survey", "received_at"), name="participation_answer_window"),
            models.Index(fields=("survey", "left_out", "is_told", "is_checked"), name="participation_answer_told"),
        )

    def __str__(self) -> str:
        return f"{self.pk}"


class BurstCheck(models.Model):
    """Whether answers that came in a burst are counted after all: asked by whoever leads the survey, decided by the
    programme. `windows`: pairs of ten minutes and how many answers came in them; `answers`: all of them together.
    """

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="burst_checks")
    windows = models.JSONField(default=list)
    answers = models.PositiveIntegerField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    ask_reason = models.CharField(max_length=CHECK_LENGTH)
    is_counted = models.BooleanField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=CHECK_LENGTH, blank=True, default="")

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("survey",), condition=Q(decided_at__isnull=True), name="participation_check_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, is_counted__isnull=True, reason="")
                | Q(decided_at__isnull=False, is_counted__isnull=False) & ~Q(reason=""),
                name="participation_check_decided_is_whole",
            ),
        )
        indexes = (
            models.Index(
                fields=("asked_at", "id"), condition=Q(decided_at__isnull=True), name="participation_check_waiting"
            ),
            models.Index(fields=("survey", "-asked_at"), name="participation_check_of"),
        )

    def __str__(self) -> str:
        return f"{self.survey_id} {self.answers}"

    @property
    def is_open(self) -> bool:
        return self.decided_at is None

    @property
    def moments(self) -> list[tuple[datetime, int]]:
        """Each ten minutes by the clock here, with its answers."""
        return [(timezone.localtime(datetime.fromisoformat(moment)), count) for moment, count in self.windows]
