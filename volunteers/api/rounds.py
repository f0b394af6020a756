"""Rounds: calendar and rules for everybody; one's own list, and what became of it."""

from typing import Any, cast

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import override
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.exceptions import APIException
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from accounts.models import User
from ui.pagination import KeysetPagination
from volunteers.enums import ByHandReason, RoundStage
from volunteers.matching.explanations import Answer
from volunteers.matching.instance import MOST_CHOICES
from volunteers.models import Round, RoundChoice, RoundEntry, RoundRequest
from volunteers.services.machine import NotReadyError
from volunteers.services.rounds.clocks import advance_if_due
from volunteers.services.rounds.lists import StaleListError, find_choices, name_version, replace_list
from volunteers.services.rounds.outcomes import read_number
from volunteers.services.rounds.wording import PersonOutcome, list_outcomes, spell_number

ANSWERS = [(answer.value, answer.name.lower()) for answer in Answer]


class RoundSerializer(serializers.ModelSerializer[Round]):
    """`band_floors` are the least averages of bands 1, 2, … in hundredths of a point; `reserves` are [group, per cent
    of the seats] in the order in which kept seats are given. `seed` is "" until the number is drawn and entered.
    """

    id = serializers.UUIDField(source="public_id", read_only=True)
    place = serializers.CharField(source="place_code", read_only=True)
    takes_choices = serializers.BooleanField(read_only=True)

    class Meta:
        model = Round
        fields = (
            "id", "status", "name_km", "name_en", "place", "opens_at", "choices_close_at", "scoring_closes_at",
            "draw_at", "confirm_by", "second_closes_at", "second_mode", "takes_choices", "band_floors", "reserves",
            "seed_source_km", "seed_source_en", "seed_commitment", "names_hash", "seed",
        )  # fmt: skip


class RoundPlaceSerializer(serializers.ModelSerializer[RoundRequest]):
    """A request that gives `seats` in the round. Apply to it on its page: the application goes last on one's list."""

    request = serializers.UUIDField(source="request.public_id", read_only=True)
    commune = serializers.CharField(source="request.office.commune.code", read_only=True)
    title_km = serializers.CharField(source="request.title_km", read_only=True)
    title_en = serializers.CharField(source="request.title_en", read_only=True)

    class Meta:
        model = RoundRequest
        fields = ("request", "commune", "title_km", "title_en", "seats")


class RankedChoiceSerializer(serializers.ModelSerializer[RoundChoice]):
    request = serializers.UUIDField(source="round_request.request.public_id", read_only=True)
    application = serializers.UUIDField(source="application.public_id", read_only=True)
    status = serializers.CharField(source="application.status", read_only=True)

    class Meta:
        model = RoundChoice
        fields = ("rank", "request", "application", "status")


class RankedListSerializer(serializers.Serializer[dict[str, Any]]):
    """The list as it stands; it counts as it stands when choosing closes. `name_in_draw` is null before the first
    application.
    """

    version = serializers.CharField()
    takes_choices = serializers.BooleanField()
    name_in_draw = serializers.UUIDField(allow_null=True)
    choices = RankedChoiceSerializer(many=True)


class NewRankedListSerializer(serializers.Serializer[dict[str, Any]]):
    """All requests that stay, the dearest first; one that is left out is taken off and its application withdrawn.
    `version` is that of the list one changes.
    """

    version = serializers.CharField(max_length=64)
    requests = serializers.ListField(child=serializers.UUIDField(), max_length=MOST_CHOICES)


class SentenceSerializer(serializers.Serializer[dict[str, str]]):
    km = serializers.CharField()
    en = serializers.CharField()


class ChoiceReasonSerializer(serializers.Serializer[dict[str, Any]]):
    """Why one choice went as it did: one of the answers, and the sentence of the page."""

    rank = serializers.IntegerField()
    request = serializers.UUIDField()
    answer = serializers.ChoiceField([*ANSWERS, ("withheld", "withheld by hand")])
    text = SentenceSerializer()


class RoundOutcomeSerializer(serializers.Serializer[dict[str, Any]]):
    """One confirmed run. `placed` is the request one got, null without a place."""

    stage = serializers.ChoiceField(RoundStage.choices)
    placed = serializers.UUIDField(allow_null=True)
    is_by_hand = serializers.BooleanField()
    by_hand_reason = serializers.ChoiceField([("", "none"), *ByHandReason.choices])
    choices = ChoiceReasonSerializer(many=True)


class OwnOutcomesSerializer(serializers.Serializer[dict[str, Any]]):
    """`number` is one's own of the draw, from 0 to 1, "" before it is drawn: the smaller goes first."""

    number = serializers.CharField(allow_blank=True)
    outcomes = RoundOutcomeSerializer(many=True)


class RefusedSerializer(serializers.Serializer[dict[str, str]]):
    detail = serializers.CharField()


class ConflictError(APIException):
    status_code = status.HTTP_409_CONFLICT


class RoundPagination(KeysetPagination):
    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: Any) -> tuple[str, ...]:
        self.ordering = ["-opens_at", "-pk"] if queryset.model is Round else ["pk"]  # type: ignore[assignment]
        return super().get_ordering(request, queryset, view)


class RoundViewSet(ReadOnlyModelViewSet[Round]):
    """Rounds that were opened, the newest first; an office reads its planned ones, programme staff all."""

    serializer_class = RoundSerializer
    pagination_class = RoundPagination
    lookup_field = "public_id"
    lookup_value_converter = "uuid"
    queryset = Round.objects.none()

    def get_queryset(self) -> QuerySet[Round]:
        return Round.objects.visible_to(self.request.user)

    def get_object(self) -> Round:
        return advance_if_due(super().get_object())

    @extend_schema(responses=RoundPlaceSerializer(many=True))
    @action(detail=True, url_path="requests", url_name="requests")
    def list_requests(self, request: Request, public_id: object) -> Response:
        """Requests that take part."""
        places: Any = self.get_object().requests.with_place()
        rows = self.paginate_queryset(places)
        return self.get_paginated_response(RoundPlaceSerializer(cast(Any, rows), many=True).data)

    @extend_schema(responses=RankedListSerializer)
    @action(detail=True, url_path="list", url_name="list-own", permission_classes=[IsAuthenticated])
    def read_list(self, request: Request, public_id: object) -> Response:
        """One's own ranked choices."""
        return Response(describe_list(self.get_object(), cast(User, request.user)))

    @extend_schema(
        request=NewRankedListSerializer,
        responses={
            200: RankedListSerializer,
            400: OpenApiResponse(RefusedSerializer, "Not on the list, twice on it, or lists cannot change now."),
            409: OpenApiResponse(RefusedSerializer, "The list is not the one of this version any more: read it again."),
        },
    )
    @read_list.mapping.put
    def write_list(self, request: Request, public_id: object) -> Response:
        """Order the list, and take off what is left out."""
        sent = NewRankedListSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        row, person = self.get_object(), cast(User, request.user)
        try:
            replace_list(row, sent.validated_data["requests"], version=sent.validated_data["version"], by=person)
        except StaleListError as refusal:
            raise ConflictError(str(refusal)) from None
        except NotReadyError as refusal:
            return Response({"detail": str(refusal)}, status=status.HTTP_400_BAD_REQUEST)
        return Response(describe_list(row, person))

    @extend_schema(responses=OwnOutcomesSerializer)
    @action(detail=True, url_path="outcome", url_name="outcome", permission_classes=[IsAuthenticated])
    def read_outcome(self, request: Request, public_id: object) -> Response:
        """What became of each of one's choices, and why, in both languages; 404 for who has no list."""
        row = self.get_object()
        entry = get_object_or_404(RoundEntry.objects.of(request.user).filter(round=row))
        number = spell_number(read_number(row.seed, str(entry.public_id))) if row.seed else ""
        return Response({"number": number, "outcomes": describe_outcomes(entry) if row.is_drawn else []})


def describe_list(row: Round, person: User) -> dict[str, Any]:
    entry, choices = find_choices(row, person)
    return {
        "version": name_version(choices),
        "takes_choices": row.takes_choices,
        "name_in_draw": entry.public_id if entry else None,
        "choices": RankedChoiceSerializer(choices, many=True).data,
    }


def describe_outcomes(entry: RoundEntry) -> list[dict[str, Any]]:
    """The latest first; the same sentences as on the page, in both languages."""
    said: dict[str, list[PersonOutcome]] = {}
    for language in ("km", "en"):
        with override(language):
            said[language] = list_outcomes(entry)
    return [_describe(km, en) for km, en in zip(said["km"], said["en"], strict=True)]


def _describe(km: PersonOutcome, en: PersonOutcome) -> dict[str, Any]:
    return {
        "stage": km.code,
        "placed": km.placed.round_request.request.public_id if km.placed else None,
        "is_by_hand": km.is_override,
        "by_hand_reason": km.override_code,
        "choices": [
            {
                "rank": line.rank,
                "request": line.request.public_id,
                "answer": line.answer,
                "text": {"km": line.text, "en": other.text},
            }
            for line, other in zip(km.lines, en.lines, strict=True)
        ],
    }
