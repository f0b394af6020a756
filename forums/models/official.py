"""Under which name and title an official said something, as it was then."""

from django.db import models
from django.utils.translation import get_language

from accounts.models import Organisation


class OfficialVoice(models.Model):
    """Columns of whatever an office says in public; empty where nobody official spoke."""

    office = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="+")
    is_official = models.BooleanField(default=False)
    official_name_km = models.CharField(max_length=160, blank=True, default="")
    official_name_en = models.CharField(max_length=160, blank=True, default="")
    official_title_km = models.CharField(max_length=120, blank=True, default="")
    official_title_en = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        abstract = True

    @property
    def official_name(self) -> str:
        """The real name, in the reader's language."""
        return self.official_name_en if get_language() == "en" else self.official_name_km

    @property
    def official_title(self) -> str:
        return self.official_title_en if get_language() == "en" else self.official_title_km
