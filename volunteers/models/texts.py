"""What people read in one or both languages, and the times of day that both sides choose from."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from volunteers.enums import TimeOfDay

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


MOST_QUESTIONS = 3


class Texts(models.Model):
    """Title, summary, tasks and up to `MOST_QUESTIONS` questions. Readers of a language without them see the other."""

    title_km = models.CharField(_("title"), max_length=120, blank=True, default="")
    title_en = models.CharField(_("title in English"), max_length=120, blank=True, default="")
    summary_km = models.TextField(_("what it is about"), max_length=600, blank=True, default="")
    summary_en = models.TextField(_("what it is about, in English"), max_length=600, blank=True, default="")
    tasks_km = models.JSONField(_("tasks"), blank=True, default=list)
    tasks_en = models.JSONField(_("tasks in English"), blank=True, default=list)
    questions_km = models.JSONField(_("questions"), blank=True, default=list)
    questions_en = models.JSONField(_("questions in English"), blank=True, default=list)

    class Meta:
        abstract = True

    @property
    def text_language(self) -> str:
        """The language these texts are shown in: the reader's where there is a title, else the other."""
        reader = Language.ENGLISH if get_language() == "en" else Language.KHMER
        other = Language.KHMER if reader == Language.ENGLISH else Language.ENGLISH
        return (reader if getattr(self, f"title_{reader}") else other).value

    @property
    def title(self) -> str:
        return self.title_en if self.text_language == Language.ENGLISH else self.title_km

    @property
    def summary(self) -> str:
        return self.summary_en if self.text_language == Language.ENGLISH else self.summary_km

    @property
    def tasks(self) -> list[str]:
        return list(self.tasks_en if self.text_language == Language.ENGLISH else self.tasks_km)

    @property
    def questions(self) -> list[str]:
        """What applicants answer, none to three."""
        return list(self.questions_en if self.text_language == Language.ENGLISH else self.questions_km)


class Times(models.Model):
    """Times of day as columns, so that the database can match them. No column true means that any time will do."""

    is_morning = models.BooleanField(TimeOfDay.MORNING.label, default=False)
    is_afternoon = models.BooleanField(TimeOfDay.AFTERNOON.label, default=False)
    is_evening = models.BooleanField(TimeOfDay.EVENING.label, default=False)
    is_weekend = models.BooleanField(TimeOfDay.WEEKEND.label, default=False)

    class Meta:
        abstract = True

    @property
    def times(self) -> list[TimeOfDay]:
        return [time for time in TimeOfDay if getattr(self, f"is_{time.value}")]

    @property
    def time_labels(self) -> list["StrOrPromise"]:
        return [time.label for time in self.times]
