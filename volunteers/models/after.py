"""What follows a placement: both sides are asked, and may find each other again."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from volunteers.after_querysets import FeedbackAskQuerySet, ReturnWishQuerySet
from volunteers.enums import Speaker
from volunteers.models.application import Placement
from volunteers.models.request import VolunteerRequest

FEEDBACK_DAYS = 30
WISH_DAYS = 365
MOST_INVITATIONS = 20  # of one request
SCORES = (1, 5)


class FeedbackAsk(models.Model):
    """Both sides of an ended placement are asked. `opened_at`: both have answered, or the time ended; only then does
    either count or get read. `told_at` is empty while nobody was told yet: what a crash left is found by it.
    """

    placement = models.OneToOneField(Placement, models.CASCADE, related_name="feedback_ask")
    office = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    closes_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)

    objects = FeedbackAskQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at", "-pk")
        indexes = (
            models.Index(fields=("office", "-asked_at", "-id"), name="volunteers_ask_of_office"),
            models.Index(fields=("closes_at",), condition=Q(opened_at=None), name="volunteers_ask_clock"),
            models.Index(fields=("asked_at",), condition=Q(told_at=None), name="volunteers_ask_untold"),
        )

    def __str__(self) -> str:
        return f"{self.placement_id}"

    @property
    def is_open(self) -> bool:
        """Takes answers now."""
        return self.opened_at is None and self.closes_at > timezone.now()


class Feedback(models.Model):
    """One side's answers: three scores from 1 to 5, and words. What the questions are stands in the form of each side.

    An office is one side, whoever of it wrote; `by` is kept for the log alone.
    """

    ask = models.ForeignKey(FeedbackAsk, models.CASCADE, related_name="answers")
    side = models.CharField(max_length=10, choices=Speaker)
    first = models.PositiveSmallIntegerField()
    second = models.PositiveSmallIntegerField()
    third = models.PositiveSmallIntegerField()
    words = models.TextField(_("in your own words"), max_length=600, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("given_at", "pk")
        constraints = (
            models.UniqueConstraint(fields=("ask", "side"), name="volunteers_feedback_once_a_side"),
            models.CheckConstraint(
                condition=Q(first__range=SCORES, second__range=SCORES, third__range=SCORES),
                name="volunteers_feedback_scores_1_to_5",
            ),
        )

    def __str__(self) -> str:
        return f"{self.ask_id} · {self.side}"


class OfficeFigures(models.Model):
    """What volunteers say of an office, counted when an ask opens: sums of the scores of the first `count` answers.

    `count` grows in steps of five, `public_count` in steps of ten, so that no answer can be told from the one before.
    """

    office = models.OneToOneField(Organisation, models.CASCADE, related_name="volunteer_figures")
    count = models.PositiveIntegerField(default=0)
    first = models.PositiveIntegerField(default=0)
    second = models.PositiveIntegerField(default=0)
    third = models.PositiveIntegerField(default=0)
    public_count = models.PositiveIntegerField(default=0)
    public_sum = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.office)

    @property
    def public_average(self) -> float:
        """From 1 to 5, over all three questions; 0 while there are too few answers."""
        return round(self.public_sum / (3 * self.public_count), 1) if self.public_count else 0

    @property
    def averages(self) -> list[float]:
        """By question, for the office and staff; empty while there are too few answers."""
        return [round(each / self.count, 1) for each in (self.first, self.second, self.third)] if self.count else []


class ReturnWish(models.Model):
    """Somebody who served wants to help the same office again. The office may invite; both still go the usual way."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    placement = models.OneToOneField(Placement, models.CASCADE, related_name="return_wish")
    office = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="return_wishes")
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ReturnWishQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")
        indexes = (models.Index(fields=("office", "-made_at", "-id"), name="volunteers_wish_of_office"),)

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def is_live(self) -> bool:
        return self.ended_at is None and self.made_at > timezone.now() - timedelta(days=WISH_DAYS)


class RequestInvitation(models.Model):
    """An office asks somebody who wished so to apply to one of its requests. Never deleted: they are counted."""

    request = models.ForeignKey(VolunteerRequest, models.PROTECT, related_name="invitations")
    wish = models.ForeignKey(ReturnWish, models.CASCADE, related_name="invitations")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-invited_at", "-pk")
        constraints = (models.UniqueConstraint(fields=("request", "wish"), name="volunteers_invitation_once"),)

    def __str__(self) -> str:
        return f"{self.request_id} · {self.wish_id}"
