"""Who writes protected: a name for one topic, and the person sealed."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from forums.enums import HideReason, SealReason

NAMES = (
    ("ម្លិះ", "Jasmine"), ("ឈូក", "Lotus"), ("ត្នោត", "Palm"), ("ដូង", "Coconut"), ("ចម្ប៉ា", "Champa"),
    ("រំដួល", "Rumduol"), ("ឫស្សី", "Bamboo"), ("ស្វាយ", "Mango"), ("ទុរេន", "Durian"), ("មៀន", "Longan"),
    ("កុលាប", "Rose"), ("ស្រល់", "Pine"), ("បេង", "Beng tree"), ("គគីរ", "Koki tree"), ("ពោធិ៍", "Bodhi"),
    ("ក្រសាំង", "Krasang"), ("អំពិល", "Tamarind"), ("ខ្នុរ", "Jackfruit"), ("ល្ហុង", "Papaya"), ("ចេក", "Banana"),
    ("ទន្លេ", "River"), ("បឹង", "Lake"), ("ភ្នំ", "Mountain"), ("ស្ទឹង", "Stream"), ("សមុទ្រ", "Sea"),
    ("ផ្កាយ", "Star"), ("ព្រះចន្ទ", "Moon"), ("ពពក", "Cloud"), ("ឥន្ទធនូ", "Rainbow"), ("ខ្យល់", "Wind"),
    ("សេក", "Parrot"), ("ក្រៀល", "Crane"), ("ក្ងោក", "Peacock"), ("កុក", "Heron"), ("ចាប", "Sparrow"),
    ("អណ្ដើក", "Turtle"), ("មេអំបៅ", "Butterfly"), ("ឃ្មុំ", "Bee"), ("ដំរី", "Elephant"), ("ផ្សោត", "Dolphin"),
)  # fmt: skip


class Mask(models.Model):
    """One person in one topic (by the topic's public id, also before it begins). Nothing here says who or when: `tag`
    and `sealed` are made by `forums.seals`. `seen` is the last number its owner has read.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    topic_key = models.UUIDField()
    tag = models.CharField(max_length=64)
    name = models.PositiveSmallIntegerField()
    sealed = models.CharField(max_length=80, blank=True, default="")
    seen = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("topic_key", "tag"), name="forums_mask_one_person"),
            models.UniqueConstraint(fields=("topic_key", "name"), name="forums_mask_one_name"),
        )

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def shown_name(self) -> str:
        """In the reader's language."""
        return self.names["en" if get_language() == "en" else "km"]

    @property
    def names(self) -> dict[str, str]:
        """In both languages; beyond the list names come back with a number."""
        round_, at = divmod(self.name, len(NAMES))
        number = f" {round_ + 1}" if round_ else ""
        return {"km": f"{NAMES[at][0]}{number}", "en": f"{NAMES[at][1]}{number}"}


class MaskRefusal(models.Model):
    """What waited under a mask and could be written nowhere any more. It waits for whoever wears the mask, who is told
    nowhere else; kept by the hour, and not for long.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    mask = models.ForeignKey(Mask, models.CASCADE, related_name="refusals")
    title = models.CharField(max_length=200, blank=True, default="")
    source = models.TextField()
    reason = models.CharField(max_length=14, choices=HideReason)
    told_at = models.DateTimeField()

    class Meta:
        ordering = ("-told_at", "-pk")

    def __str__(self) -> str:
        return f"{self.pk} {self.reason}"


class SealOpening(models.Model):
    """A moderator asks, with a reason, who it is; somebody of the programme agrees or refuses. Kept for ever."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    mask = models.ForeignKey(Mask, models.CASCADE, related_name="openings")
    post = models.ForeignKey("Post", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=SealReason, default=SealReason.OTHER)
    reason = models.CharField(max_length=500)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    is_agreed = models.BooleanField(default=False)

    class Meta:
        ordering = ("-asked_at", "-pk")
        indexes = (
            models.Index(
                fields=("-decided_at", "-id"), condition=Q(decided_at__isnull=False), name="forums_sealopening_log"
            ),
        )
        constraints = (
            models.CheckConstraint(condition=~Q(decided_by=F("asked_by")), name="forums_sealopening_two_people"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True, is_agreed=False)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="forums_sealopening_decided",
            ),
            models.UniqueConstraint(
                fields=("mask",), condition=Q(decided_at__isnull=True), name="forums_sealopening_one_open"
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("seal", args=[self.public_id])
