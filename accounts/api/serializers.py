from typing import Any

from rest_framework import serializers

from accounts.enums import Contrast, Language
from accounts.models import User


class MeSerializer(serializers.ModelSerializer[User]):
    """The person asking. Only the preferences can be changed here; the rest has its own page with its own checks."""

    full_name = serializers.CharField(source="get_full_name", read_only=True)
    home_commune: serializers.SlugRelatedField[Any] = serializers.SlugRelatedField(slug_field="code", read_only=True)
    current_commune: serializers.SlugRelatedField[Any] = serializers.SlugRelatedField(slug_field="code", read_only=True)
    has_desk = serializers.BooleanField(read_only=True)
    language = serializers.ChoiceField(choices=Language.choices)
    contrast = serializers.ChoiceField(choices=Contrast.choices)

    class Meta:
        model = User
        fields = (
            "public_id",
            "username",
            "full_name",
            "home_commune",
            "current_commune",
            "has_desk",
            "language",
            "contrast",
            "saves_data",
        )
        read_only_fields = ("public_id", "username")


class TokenRequestSerializer(serializers.Serializer[Any]):
    """What a program sends on behalf of a person, once."""

    login = serializers.CharField(max_length=150, help_text="Username or phone number.")
    password = serializers.CharField(max_length=200, trim_whitespace=False, write_only=True)


class TokenSerializer(serializers.Serializer[Any]):
    """Send it as `Authorization: Token …`."""

    token = serializers.CharField(read_only=True)
