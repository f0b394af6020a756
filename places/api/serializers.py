from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from places.models import Place


class PlaceSerializer(serializers.Serializer[Place]):
    """A place of any level. The code is its identity; the parent's code is the same less two digits."""

    code = serializers.CharField(help_text="Official code: 2, 4, 6 or 8 digits for the four levels.")
    level = serializers.SerializerMethodField()
    parent = serializers.SerializerMethodField()  # type: ignore[assignment]
    kind = serializers.SerializerMethodField()
    name_km = serializers.CharField()
    name_en = serializers.CharField()
    ended_date = serializers.DateField(
        default=None, read_only=True, help_text="Of a commune that became part of another: since when. Else null."
    )
    successor = serializers.CharField(
        source="successor.code", default=None, read_only=True, help_text="The code of that other commune. Else null."
    )
    full_name = serializers.CharField(help_text="With all parents, in the language asked for.")

    @extend_schema_field(serializers.ChoiceField(choices=["province", "district", "commune", "village"]))
    def get_level(self, place: Place) -> str:
        return str(place._meta.model_name)

    def get_parent(self, place: Place) -> str | None:
        return place.code[:-2] or None

    def get_kind(self, place: Any) -> str:
        return str(getattr(place, "kind", "village"))
