"""The gazetteer. Codes are the official ones, as text; a parent's code is its child's less two digits."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from places.enums import CommuneKind, DistrictKind, ProvinceKind
from places.khmer import normalise, sound_of
from places.querysets import PlaceQuerySet


def join_titles(titles: list[str]) -> str:
    """Khmer names carry their kind and need only a space; bare English names need a comma."""
    return (", " if get_language() == "en" else " ").join(titles)


class Place(models.Model):
    """What the four levels share. Names repeat (153 villages are called Thmei): always show the parents."""

    PARENTS: ClassVar[str] = ""
    KHMER_KINDS: ClassVar[dict[str, str]] = {}

    code = models.CharField(max_length=8, unique=True)
    name_km = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    search_text = models.CharField(max_length=260, editable=False)
    sound = models.CharField(max_length=120, editable=False, blank=True, default="")

    class Meta:
        abstract = True
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.fill_search()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if get_language() == "en" else self.name_km

    @property
    def parent(self) -> "Place | None":
        """One level up; free after `with_parents()`."""
        return None

    @property
    def title(self) -> str:
        """The name with its kind before it in Khmer, as people say it; the bare name in English."""
        if get_language() == "en":
            return self.name_en
        return f"{self.KHMER_KINDS[getattr(self, 'kind', '')]}{self.name_km}"

    @property
    def where(self) -> str:
        """The parents, nearest first; empty for a province."""
        titles: list[str] = []
        above = self.parent
        while above is not None:
            titles.append(above.title)
            above = above.parent
        return join_titles(titles)

    @property
    def full_name(self) -> str:
        """The name and all its parents."""
        return join_titles([title for title in (self.title, self.where) if title])

    def make_search_text(self) -> str:
        """Both names in comparable form, between bars: whole names and their starts can be told apart."""
        return f"|{normalise(self.name_km)}|{normalise(self.name_en)}|"

    def fill_search(self) -> None:
        """Derive the search columns; bulk loaders call it themselves."""
        self.search_text = self.make_search_text()
        self.sound = sound_of(self.name_en)


class Province(Place):
    KHMER_KINDS = {ProvinceKind.PROVINCE: "ខេត្ត", ProvinceKind.CAPITAL: "រាជធានី"}

    kind = models.CharField(max_length=12, choices=ProvinceKind, default=ProvinceKind.PROVINCE)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    objects = PlaceQuerySet["Province"].as_manager()


class District(Place):
    PARENTS = "province"
    KHMER_KINDS = {DistrictKind.DISTRICT: "ស្រុក", DistrictKind.MUNICIPALITY: "ក្រុង", DistrictKind.KHAN: "ខណ្ឌ"}

    province = models.ForeignKey(Province, on_delete=models.PROTECT, related_name="districts")
    kind = models.CharField(max_length=12, choices=DistrictKind, default=DistrictKind.DISTRICT)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    objects = PlaceQuerySet["District"].as_manager()

    @property
    def parent(self) -> Province:
        return self.province


class Commune(Place):
    """One that became part of another stays, with its code and name, and points at its `successor`."""

    PARENTS = "district__province"
    KHMER_KINDS = {CommuneKind.COMMUNE: "ឃុំ", CommuneKind.SANGKAT: "សង្កាត់"}

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="communes")
    kind = models.CharField(max_length=12, choices=CommuneKind, default=CommuneKind.COMMUNE)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="predecessors"
    )
    ended_date = models.DateField(null=True, blank=True, editable=False)

    objects = PlaceQuerySet["Commune"].as_manager()

    class Meta(Place.Meta):
        constraints = (
            models.CheckConstraint(
                condition=Q(successor=None, ended_date=None) | Q(successor__isnull=False, ended_date__isnull=False),
                name="places_commune_ends_into_another",
            ),
            models.CheckConstraint(condition=~Q(successor=F("id")), name="places_commune_is_not_its_own_successor"),
        )

    @property
    def parent(self) -> District:
        return self.district

    @property
    def is_ended(self) -> bool:
        """It became part of another, or has another code now."""
        return self.successor_id is not None


class Village(Place):
    PARENTS = "commune__district__province"
    KHMER_KINDS = {"": "ភូមិ"}

    commune = models.ForeignKey(Commune, on_delete=models.PROTECT, related_name="villages")

    objects = PlaceQuerySet["Village"].as_manager()

    @property
    def parent(self) -> Commune:
        return self.commune
