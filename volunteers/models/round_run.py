"""What a round decided, and everything needed to decide it again."""

import zlib
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from volunteers.enums import ByHandReason, OverrideKind, RoundStage
from volunteers.models.round import Round, RoundChoice, RoundEntry, RoundRequest


class RoundRun(models.Model):
    """One run, written once. A trial has a seed that decides nothing; only another may be confirmed, and one a stage.

    `tuning` are bands and kept seats, `points` the averages behind the bands. `inputs` and `outcome` are compressed and
    as sealed as the flags in them, `record` are the bytes that anybody may read. `changes`: what differs from the run
    before.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="runs")
    number = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=6, choices=RoundStage)
    is_trial = models.BooleanField()
    option = models.CharField(max_length=10)
    seed = models.CharField(max_length=200)
    tuning = models.JSONField()
    inputs = models.BinaryField()
    points = models.BinaryField()
    outcome = models.BinaryField()
    record = models.BinaryField()
    inputs_hash = models.CharField(max_length=64)
    outcome_hash = models.CharField(max_length=64)
    code_version = models.CharField(max_length=64)
    proof = models.JSONField()
    figures = models.JSONField()
    changes = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    # Written once, together.
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirm_note = models.TextField(max_length=600, blank=True, default="")
    override_count = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("round", "number")
        constraints = (
            models.UniqueConstraint(fields=("round", "number"), name="volunteers_roundrun_number_once"),
            models.UniqueConstraint(
                fields=("round", "stage"),
                condition=Q(confirmed_at__isnull=False),
                name="volunteers_roundrun_one_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False, is_trial=False) & ~Q(confirm_note=""),
                name="volunteers_roundrun_a_person_confirms",
            ),
        )

    def __str__(self) -> str:
        return f"{self.round_id} · {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Only ever the first time."""
        if self.pk is not None:
            raise TypeError("a run is written once")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("a run is never deleted")

    @property
    def inputs_text(self) -> bytes:
        return zlib.decompress(bytes(self.inputs))

    @property
    def points_text(self) -> bytes:
        return zlib.decompress(bytes(self.points))

    @property
    def outcome_text(self) -> bytes:
        return zlib.decompress(bytes(self.outcome))

    @property
    def record_text(self) -> bytes:
        return bytes(self.record)


class RoundOverride(models.Model):
    """A person's decision against the run, before it is confirmed: a place withheld, or one given that it did not."""

    run = models.ForeignKey(RoundRun, models.PROTECT, related_name="overrides")
    entry = models.ForeignKey(RoundEntry, models.PROTECT, related_name="+")
    round_request = models.ForeignKey(RoundRequest, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=OverrideKind)
    reason = models.CharField(max_length=12, choices=ByHandReason)
    note = models.TextField(max_length=600, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("run", "entry"), name="volunteers_roundoverride_once"),)

    def __str__(self) -> str:
        return f"{self.run_id} · {self.kind}"


class RoundOutcome(models.Model):
    """What a confirmed run says to one person. `choice` is empty without a place.

    `reasons` have a row for each choice: rank, answer, band, turn, and where the request stopped. `settled_at` is when
    the offer went out, or the answer that there is none.
    """

    run = models.ForeignKey(RoundRun, models.PROTECT, related_name="outcomes")
    entry = models.ForeignKey(RoundEntry, models.PROTECT, related_name="outcomes")
    choice = models.ForeignKey(RoundChoice, models.PROTECT, null=True, blank=True, related_name="outcomes")
    is_override = models.BooleanField(default=False)
    reasons = models.JSONField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("entry", "run")
        indexes = (models.Index(fields=("run", "settled_at"), name="volunteers_roundoutcome_todo"),)
        constraints = (models.UniqueConstraint(fields=("run", "entry"), name="volunteers_roundoutcome_once"),)

    def __str__(self) -> str:
        return f"{self.run_id} · {self.entry_id}"


class RequestOutcome(models.Model):
    """What a confirmed run says to one office: each seat, without a word of flags, and where the request stopped."""

    run = models.ForeignKey(RoundRun, models.PROTECT, related_name="request_outcomes")
    round_request = models.ForeignKey(RoundRequest, models.PROTECT, related_name="outcomes")
    reasons = models.JSONField()

    class Meta:
        ordering = ("round_request", "run")
        constraints = (models.UniqueConstraint(fields=("run", "round_request"), name="volunteers_requestoutcome_once"),)

    def __str__(self) -> str:
        return f"{self.run_id} · {self.round_request_id}"
