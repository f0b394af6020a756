"""Questions with answers to choose from, which a meeting asks beforehand of whoever cannot come, and of whoever can."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

from courses.models.progress import PhoneEvent
from participation.models.input import LONGEST_ANSWER
from participation.models.meeting import Meeting

ASKED_LENGTH = 200
OPTION_LENGTH = 100


class ChoiceQuestion(models.Model):
    """Asked by the office before the meeting. Its `answer` is what the meeting made of the choice: it stands in the
    minutes, and everybody who chose reads it. `under`: the number of the agenda's point it belongs to; 0 is a point of
    its own.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="choice_questions")
    position = models.PositiveSmallIntegerField()
    text_km = models.CharField(max_length=ASKED_LENGTH)
    text_en = models.CharField(max_length=ASKED_LENGTH, blank=True, default="")
    takes_several = models.BooleanField(default=False)
    under = models.PositiveSmallIntegerField(default=0)
    answer = models.TextField(max_length=LONGEST_ANSWER, blank=True, default="")

    class Meta:
        ordering = ("meeting", "position")
        constraints = (models.UniqueConstraint(fields=("meeting", "position"), name="participation_choice_in_order"),)

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        return self.text_en if get_language() == "en" and self.text_en else self.text_km


class ChoiceOption(models.Model):
    """One answer to choose."""

    question = models.ForeignKey(ChoiceQuestion, models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField()
    text_km = models.CharField(max_length=OPTION_LENGTH)
    text_en = models.CharField(max_length=OPTION_LENGTH, blank=True, default="")

    class Meta:
        ordering = ("question", "position")
        constraints = (models.UniqueConstraint(fields=("question", "position"), name="participation_option_in_order"),)

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        return self.text_en if get_language() == "en" and self.text_en else self.text_km


class Choice(PhoneEvent):
    """What one person chose of one question, by the options' ids; another choice before the meeting replaces it."""

    question = models.ForeignKey(ChoiceQuestion, models.CASCADE, related_name="choices")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="meeting_choices")
    options = models.JSONField(default=list)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("question", "user"), name="participation_choice_once"),
            models.CheckConstraint(condition=~Q(options=[]), name="participation_choice_of_something"),
        )
        indexes = (models.Index(fields=("user",), name="participation_choice_by"),)

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def is_late(self) -> bool:
        """Made before the beginning on a phone without network, and arrived after it."""
        return self.received_at > self.question.meeting.starts_at
