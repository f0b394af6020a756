"""The gazetteer. Codes are the official ones, as text; a parent's code is the child's less its last two digits."""

from django.db import models
from django.utils.translation import get_language

from places.enums import CommuneKind, DistrictKind
from places.khmer import normalise


class Place(models.Model):
    """What the four levels share. Names repeat (153 villages are called Thmei): always show the parents."""

    code = models.CharField(max_length=8, unique=True)
    name_km = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    search_text = models.CharField(max_length=260, editable=False, db_index=True)

    class Meta:
        abstract = True
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.search_text = self.make_search_text()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if get_language() == "en" else self.name_km

    def make_search_text(self) -> str:
        """Both names in comparable form; bulk loaders set `search_text` with it."""
        return f"{normalise(self.name_km)} {normalise(self.name_en)}"


class Province(Place):
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)


class District(Place):
    province = models.ForeignKey(Province, on_delete=models.PROTECT, related_name="districts")
    kind = models.CharField(max_length=12, choices=DistrictKind, default=DistrictKind.DISTRICT)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)


class Commune(Place):
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="communes")
    kind = models.CharField(max_length=12, choices=CommuneKind, default=CommuneKind.COMMUNE)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)


class Village(Place):
    commune = models.ForeignKey(Commune, on_delete=models.PROTECT, related_name="villages")
