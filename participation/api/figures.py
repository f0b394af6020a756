"""How well people take part, for programs: the figures of the pages, and as little of small groups."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from participation.enums import FunnelStep, SurveyGroup
from participation.models import Meeting
from participation.services.indicators.reading import Figures, Indicators, list_told_years, read_indicators
from participation.services.indicators.shares import FIVE
from participation.services.usual import plan_year_on
from places.models import Commune, Province

PARAMETERS = [
    OpenApiParameter("province", str, description="Its code."),
    OpenApiParameter("commune", str, description="Its code."),
    OpenApiParameter("meeting", str, description="Its id. One of the three at most; the whole programme without."),
    OpenApiParameter("year", int, description="Of a plan that figures are kept of; the present one unless said."),
]


class ShareSerializer(serializers.Serializer[Any]):
    """Per cent. Not exact, it is told in fives: 5 is "or less", 95 "or more"."""

    percent = serializers.IntegerField()
    is_exact = serializers.BooleanField()


class FunnelSerializer(serializers.Serializer[Figures]):
    """A place, or a group of its people. `people` answered (of a group: at least so many, in fives); null under ten.
    `shares` and those of the `study` are by step: heard, invited, joined, input, satisfied.
    """

    people = serializers.SerializerMethodField()
    shares = serializers.SerializerMethodField()
    study = serializers.SerializerMethodField()

    def get_people(self, figures: Figures) -> int | None:
        if figures.people is None or not self.context.get("in_fives"):
            return figures.people
        return figures.people - figures.people % FIVE

    @extend_schema_field(serializers.DictField(child=ShareSerializer(allow_null=True)))
    def get_shares(self, figures: Figures) -> dict[str, Any]:
        return {step.value: write_share(figures.share(step)) for step in FunnelStep}

    @extend_schema_field(serializers.DictField(child=ShareSerializer(allow_null=True)))
    def get_study(self, figures: Figures) -> dict[str, Any]:
        return {step.value: write_share(figures.study(step)) for step in FunnelStep}


class PartSerializer(FunnelSerializer):
    """A place below: a province, a commune or a meeting (`m:` and its id)."""

    scope = serializers.CharField()
    name = serializers.CharField()


class MetSerializer(serializers.Serializer[Any]):
    """What was counted at meetings, kept apart from answers; a number that may not be told is null."""

    meetings = serializers.IntegerField()
    steps = serializers.DictField(child=serializers.IntegerField(allow_null=True))


class IndicatorsSerializer(serializers.Serializer[Indicators]):
    """Figures stand still between two nights and change by no few people. `hidden_parts` have too few answers."""

    year = serializers.IntegerField()
    scope = serializers.CharField()
    everybody = FunnelSerializer()
    groups = serializers.SerializerMethodField()
    parts = PartSerializer(many=True)
    hidden_parts = serializers.IntegerField()
    met = MetSerializer(allow_null=True)
    counted_at = serializers.DateTimeField(allow_null=True)

    @extend_schema_field(serializers.DictField(child=FunnelSerializer()))
    def get_groups(self, shown: Indicators) -> dict[str, Any]:
        told = FunnelSerializer(shown.groups, many=True, context={"in_fives": True})  # type: ignore[arg-type]
        return {group.value: row for group, row in zip(SurveyGroup, told.data, strict=True)}


def write_share(share: Any) -> dict[str, Any] | None:
    return ShareSerializer(share).data if share else None


class IndicatorsView(APIView):
    """The funnel of a place or a meeting, beside the study's."""

    @extend_schema(parameters=PARAMETERS, responses=IndicatorsSerializer)
    def get(self, request: Request) -> Response:
        place = self.find_place(request)
        day = timezone.localdate(place.starts_at) if isinstance(place, Meeting) else timezone.localdate()
        years, first = list_told_years(plan_year_on(day), is_fixed=isinstance(place, Meeting))
        asked = {str(year): year for year in years}.get(request.query_params.get("year", ""), first)
        return Response(IndicatorsSerializer(read_indicators(asked, place=place)).data)

    def find_place(self, request: Request) -> Province | Commune | Meeting | None:
        """The narrowest that is named; 404 where there is none of that name."""
        query = request.query_params
        if meeting := query.get("meeting"):
            meetings = Meeting.objects.visible_to(request.user)
            return get_object_or_404(meetings, public_id=serializers.UUIDField().run_validation(meeting))
        if code := query.get("commune"):
            return get_object_or_404(Commune, code=code[:6])
        return get_object_or_404(Province, code=code[:2]) if (code := query.get("province")) else None
