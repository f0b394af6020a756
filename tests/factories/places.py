"""A small true corner of the gazetteer."""

import factory
from factory.django import DjangoModelFactory

from places.models import Commune, District, Province, Village


class ProvinceFactory(DjangoModelFactory[Province]):
    class Meta:
        model = Province
        django_get_or_create = ("code",)

    code = "21"
    name_km = "តាកែវ"
    name_en = "Takeo"


class DistrictFactory(DjangoModelFactory[District]):
    class Meta:
        model = District
        django_get_or_create = ("code",)

    code = "2109"
    name_km = "ត្រាំកក់"
    name_en = "Tram Kak"
    province = factory.SubFactory(ProvinceFactory)


class CommuneFactory(DjangoModelFactory[Commune]):
    class Meta:
        model = Commune
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"2109{(n + 1) % 100:02d}")
    name_km = factory.Sequence(lambda n: f"ឃុំ {n + 1}")
    name_en = factory.Sequence(lambda n: f"Commune {n + 1}")
    district = factory.SubFactory(DistrictFactory)


class VillageFactory(DjangoModelFactory[Village]):
    class Meta:
        model = Village
        django_get_or_create = ("code",)

    commune = factory.SubFactory(CommuneFactory)
    code = factory.LazyAttributeSequence(lambda village, n: f"{village.commune.code}{n % 90 + 1:02d}")
    name_km = factory.Sequence(lambda n: f"ភូមិ {n + 1}")
    name_en = factory.Sequence(lambda n: f"Village {n + 1}")
