"""Ideas of residents: what they are, who supports them, how far they came, and whether residents say so too."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from forums.enums import CostBand, IdeaCategory, IdeaStatus, Refusal, StepBack, StepCare
from forums.models.official import OfficialVoice
from forums.models.topic import Topic
from places.models import Village
from ui.files.stored import private_storage

PLACE_LENGTH = 120
WORDS_LENGTH = 600
REASONS = [*Refusal.choices, *StepBack.choices]


class Idea(models.Model):
    """What a topic of the kind "idea" has beside its posts. Counters change in the transaction of what they count.

    `turn` counts how often the office said that it is done: residents judge each time anew.
    """

    topic = models.OneToOneField(Topic, models.CASCADE, primary_key=True, related_name="idea")
    category = models.CharField(max_length=14, choices=IdeaCategory, blank=True, default="")
    village = models.ForeignKey(Village, models.SET_NULL, null=True, blank=True, related_name="+")
    place = models.CharField(max_length=PLACE_LENGTH, blank=True, default="")
    cost = models.CharField(max_length=8, choices=CostBand, blank=True, default="")
    status = models.CharField(max_length=12, choices=IdeaStatus, default=IdeaStatus.RECEIVED)
    status_at = models.DateTimeField(default=timezone.now)
    step_count = models.PositiveSmallIntegerField(default=0)
    support_count = models.PositiveIntegerField(default=0)
    turn = models.PositiveSmallIntegerField(default=0)
    yes_count = models.PositiveIntegerField(default=0)
    no_count = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = (models.Index(fields=("-support_count", "-topic"), name="forums_idea_by_support"),)

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def state(self) -> IdeaStatus:
        return IdeaStatus(self.status)

    @property
    def progress(self) -> int:
        """How far it has come, of 7; 0 when it was refused."""
        return IdeaStatus.values.index(self.status) + 1 if self.status != IdeaStatus.REFUSED else 0

    @property
    def is_over(self) -> bool:
        """Nothing more is asked of anybody."""
        return self.status in (IdeaStatus.CONFIRMED, IdeaStatus.REFUSED)

    @property
    def asks_residents(self) -> bool:
        """The office says it is done; residents say whether it is."""
        return self.status == IdeaStatus.SAID_DONE

    @property
    def where(self) -> str:
        """The village and the words beside it."""
        return ", ".join(part for part in (self.village.title if self.village else "", self.place) if part)


def name_photo(row: "IdeaStep | Verdict", name: str) -> str:
    """A name that tells nothing and cannot be guessed."""
    return f"ideas/{uuid.uuid4().hex}.webp"


class Photo(models.Model):
    """A picture drawn anew, or none. `width` and `height` in pixels."""

    photo = models.FileField(storage=private_storage, upload_to=name_photo, blank=True)
    photo_bytes = models.PositiveIntegerField(default=0)
    width = models.PositiveSmallIntegerField(default=0)
    height = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True


class IdeaStep(OfficialVoice, Photo):
    """The idea came to `status`. Numbered from 1 without gaps, never changed. The first has no words; later ones are
    the office's, with its words, or the residents', who stay without a name: a neighbour's "no" needs courage. Words
    and photo of residents may wait for a moderator, be reported (`reported_at`, until somebody looked), or be gone.
    """

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField()
    verb = models.CharField(max_length=12)
    source = models.CharField(max_length=12, choices=IdeaStatus, blank=True, default="")
    status = models.CharField(max_length=12, choices=IdeaStatus)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=14, choices=REASONS, blank=True, default="")
    words = models.TextField(max_length=WORDS_LENGTH, blank=True, default="")
    care = models.CharField(max_length=5, choices=StepCare, default=StepCare.SHOWN)
    reported_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("idea", "number")
        indexes = (
            models.Index(
                fields=("id",),
                condition=Q(care=StepCare.WAITS) | Q(reported_at__isnull=False),
                name="forums_ideastep_looked_at",
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=("idea", "number"), name="forums_ideastep_number_unique"),
            models.CheckConstraint(
                condition=~Q(status=IdeaStatus.REFUSED) | (Q(reason__in=Refusal.values) & ~Q(words="")),
                name="forums_ideastep_refused_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(is_official=False) | ~Q(official_name_km="") & ~Q(words=""),
                name="forums_ideastep_office_has_words",
            ),
        )

    def __str__(self) -> str:
        return f"{self.idea_id}/{self.number}"

    @property
    def is_of_residents(self) -> bool:
        return not self.is_official and self.number > 1

    @property
    def is_shown(self) -> bool:
        return self.care == StepCare.SHOWN

    def get_absolute_url(self) -> str:
        """Where its words are reported, and looked at."""
        return reverse("idea-words", args=[self.idea.topic.public_id, self.number])

    def get_photo_url(self) -> str:
        return reverse("idea-photo", args=[self.idea.topic.public_id, self.number])


class Support(models.Model):
    """One person is for one idea."""

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="supports")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="idea_supports")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("idea", "user"), name="forums_support_once"),)

    def __str__(self) -> str:
        return f"{self.idea_id}"


class Verdict(Photo):
    """One resident's word on whether it is done, in one turn of saying so. Nobody but themselves sees whose it is."""

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="verdicts")
    turn = models.PositiveSmallIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="idea_verdicts")
    is_done = models.BooleanField()
    words = models.TextField(max_length=WORDS_LENGTH, blank=True, default="")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("idea", "turn", "user"), name="forums_verdict_once"),
            models.CheckConstraint(condition=Q(is_done=True) | ~Q(words=""), name="forums_verdict_no_has_words"),
        )

    def __str__(self) -> str:
        return f"{self.idea_id} {self.turn}"
