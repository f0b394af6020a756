"""A round: people rank requests, offices score, a public draw breaks ties, and places are proved (decision 0028)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from volunteers.enums import RoundStatus, SecondMode
from volunteers.matching.instance import MOST_CHOICES
from volunteers.models.application import Application
from volunteers.models.request import MOST_SEATS, VolunteerRequest
from volunteers.round_querysets import RoundChoiceQuerySet, RoundEntryQuerySet, RoundQuerySet, RoundRequestQuerySet

TAKES_CHOICES = (RoundStatus.OPEN,)
TAKES_SCORES = (RoundStatus.OPEN, RoundStatus.SCORING)
DRAWN = (RoundStatus.CONFIRMED, RoundStatus.OFFERS, RoundStatus.SECOND, RoundStatus.FINISHED)  # the outcome stands
OVER = (RoundStatus.FINISHED, RoundStatus.CANCELLED)


def usual_floors() -> list[int]:
    return [400, 300, 200, 100]


class Round(models.Model):
    """One cycle. Its state changes only through `services.states`, each time with a log row.

    `place_code` is the place whose requests may take part, "" everywhere. `band_floors` are the least averages, in
    hundredths of a point, of bands 1, 2, ...; below the last there is no band. `reserves` are [flag, per cent of the
    seats] in the order in which kept seats are given. `tuning_log` says what was changed of these after opening, and
    why. Where the seed comes from is said before choices close, the seed itself is entered
    after `draw_at`, the moment at which it becomes known; where `seed_commitment` was published, it is the SHA-256 of
    the seed. `names_hash` is the SHA-256 of all names in the draw, written when choosing closes.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name_km = models.CharField(_("name in Khmer"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True, default="")
    place_code = models.CharField(_("where"), max_length=6, blank=True, default="")
    status = models.CharField(max_length=10, choices=RoundStatus, default=RoundStatus.PLANNED, editable=False)
    opens_at = models.DateTimeField(_("choosing opens"))
    choices_close_at = models.DateTimeField(_("choosing closes"))
    scoring_closes_at = models.DateTimeField(_("scoring closes"))
    draw_at = models.DateTimeField(_("the number is drawn in public"))
    confirm_by = models.DateTimeField(_("places are known by"))
    second_closes_at = models.DateTimeField(_("the round ends"))
    second_mode = models.CharField(_("second round"), max_length=6, choices=SecondMode, default=SecondMode.LARGER)
    band_floors = models.JSONField(default=usual_floors)
    reserves = models.JSONField(blank=True, default=list)
    tuning_log = models.JSONField(blank=True, default=list, editable=False)
    seed_source_km = models.CharField(
        _("where the number of the draw comes from"), max_length=300, blank=True, default=""
    )
    seed_source_en = models.CharField(_("the same in English"), max_length=300, blank=True, default="")
    seed_commitment = models.CharField(_("SHA-256 of the number"), max_length=64, blank=True, default="")
    names_hash = models.CharField(max_length=64, blank=True, default="", editable=False)
    seed = models.CharField(max_length=200, blank=True, default="", editable=False)
    seed_entered_at = models.DateTimeField(null=True, blank=True, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ("-opens_at", "-pk")
        indexes = (
            models.Index(fields=("-opens_at", "-id"), name="volunteers_round_newest"),
            models.Index(fields=("status", "opens_at"), name="volunteers_round_clock"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    choices_close_at__gt=F("opens_at"),
                    scoring_closes_at__gte=F("choices_close_at"),
                    draw_at__gte=F("scoring_closes_at"),
                    confirm_by__gt=F("draw_at"),
                    second_closes_at__gt=F("confirm_by"),
                ),
                name="volunteers_round_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(seed="") | Q(seed_entered_at__isnull=False), name="volunteers_round_seed_has_moment"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("round", args=[self.public_id])

    @property
    def name(self) -> str:
        return self._read("name")

    @property
    def seed_source(self) -> str:
        return self._read("seed_source")

    @property
    def takes_choices(self) -> bool:
        """By the clock and not only by the status column."""
        return self.status in TAKES_CHOICES and self.opens_at <= timezone.now() < self.choices_close_at

    @property
    def takes_scores(self) -> bool:
        return self.status in TAKES_SCORES and timezone.now() < self.scoring_closes_at

    @property
    def is_drawn(self) -> bool:
        return self.status in DRAWN

    @property
    def is_over(self) -> bool:
        return self.status in OVER

    @property
    def is_tunable(self) -> bool:
        """Bands and kept seats may still change: nobody knows yet whom that would help.

        A public number is known from its moment on, whether or not it was entered; one that the programme chose, to
        the programme from the first day.
        """
        if self.status == RoundStatus.PLANNED:
            return True
        known = bool(self.seed or self.seed_commitment) or self.draw_at <= timezone.now()
        return self.status in (RoundStatus.OPEN, RoundStatus.SCORING, RoundStatus.READY) and not known

    def _read(self, name: str) -> str:
        km, en = (str(getattr(self, f"{name}_{language}")) for language in ("km", "en"))
        return (en or km) if get_language() == "en" else (km or en)


class RoundRequest(models.Model):
    """A request that gives some or all of its seats in a round.

    `own_reserves` are kept seats by flag where they differ from the round's share. `is_active` while the round decides
    about the request: then the office neither offers nor refuses by itself.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="requests")
    request = models.ForeignKey(VolunteerRequest, models.PROTECT, related_name="round_rows")
    seats = models.PositiveSmallIntegerField(_("places in the round"))
    own_reserves = models.JSONField(null=True, blank=True)
    is_active = models.BooleanField(default=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = RoundRequestQuerySet.as_manager()

    class Meta:
        ordering = ("request", "pk")
        constraints = (
            models.UniqueConstraint(fields=("round", "request"), name="volunteers_roundrequest_once"),
            models.UniqueConstraint(
                fields=("request",), condition=Q(is_active=True), name="volunteers_roundrequest_one_round"
            ),
            models.CheckConstraint(
                condition=Q(seats__range=(1, MOST_SEATS)), name="volunteers_roundrequest_seats_sane"
            ),
        )

    def __str__(self) -> str:
        return str(self.public_id)


class RoundEntry(models.Model):
    """One person in one round. The public id is the person's name in the draw; it says nothing about them."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="entries")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="round_entries")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = RoundEntryQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "round entries"
        constraints = (models.UniqueConstraint(fields=("round", "person"), name="volunteers_roundentry_once"),)

    def __str__(self) -> str:
        return str(self.public_id)


class RoundChoice(models.Model):
    """One line of a person's list, the dearest at rank 1, with the application that was sent for it.

    What was taken off the list stays as a row, `is_struck`: its application was sent in this round, and counts there.
    """

    entry = models.ForeignKey(RoundEntry, models.CASCADE, related_name="choices")
    round_request = models.ForeignKey(RoundRequest, models.PROTECT, related_name="choices")
    rank = models.PositiveSmallIntegerField()
    is_struck = models.BooleanField(default=False)
    application = models.OneToOneField(Application, models.PROTECT, related_name="round_choice")

    objects = RoundChoiceQuerySet.as_manager()

    class Meta:
        ordering = ("entry", "rank")
        constraints = (
            models.UniqueConstraint(
                fields=("entry", "rank"), condition=Q(is_struck=False), name="volunteers_roundchoice_rank_once"
            ),
            models.UniqueConstraint(
                fields=("entry", "round_request"),
                condition=Q(is_struck=False),
                name="volunteers_roundchoice_request_once",
            ),
            models.CheckConstraint(
                condition=Q(rank__range=(1, MOST_CHOICES)), name="volunteers_roundchoice_few_enough"
            ),
        )

    def __str__(self) -> str:
        return f"{self.entry_id} · {self.rank}"
