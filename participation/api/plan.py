"""The steps of a planning year, for programs."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from participation.enums import Reach, StepKind, StepState
from participation.services.timeline import Step, Timeline, read_timeline
from participation.services.usual import plan_year_on
from participation.views.year import get_place

YEAR = [OpenApiParameter("year", int, description="From last year's plan to the next one's.")]


class StepSerializer(serializers.Serializer[Step]):
    """`title` and `about` in the language of the answer."""

    kind = serializers.ChoiceField(choices=StepKind.choices)
    title = serializers.CharField()
    about = serializers.CharField()
    start_date = serializers.DateField()
    end_date = serializers.DateField()
    state = serializers.ChoiceField(choices=[state.value for state in StepState])


class TimelineSerializer(serializers.Serializer[Timeline]):
    """`reach` says whose dates they are; `usual` ones were set by nobody. `source` says where they come from."""

    year = serializers.IntegerField()
    reach = serializers.ChoiceField(choices=[reach.value for reach in Reach])
    source = serializers.CharField()  # type: ignore[assignment]
    steps = StepSerializer(many=True)


class PlanView(APIView):
    """The dates of the plan in the whole country."""

    @extend_schema(operation_id="planning_country", parameters=YEAR, responses=TimelineSerializer)
    def get(self, request: Request) -> Response:
        return Response(read_plan(request))


class PlanOfView(APIView):
    """The dates of the plan in a commune or a district, by its code."""

    @extend_schema(parameters=YEAR, responses=TimelineSerializer)
    def get(self, request: Request, code: str) -> Response:
        return Response(read_plan(request, code))


def read_plan(request: Request, code: str = "") -> Any:
    """The plan people work on where no year, or an unknown one, is asked for."""
    current = plan_year_on(timezone.localdate())
    known = {str(year): year for year in (current - 1, current, current + 1)}
    year = known.get(request.query_params.get("year", ""), current)
    return TimelineSerializer(read_timeline(get_place(code), year=year)).data
