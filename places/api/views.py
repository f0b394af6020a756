"""`/api/v1/places/`: one place by its code, the children of a place, or a search."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from places.api.serializers import PlaceSerializer
from places.models import Place
from places.querysets import PlaceQuerySet
from places.services import LEVEL_BY_CODE_LENGTH, LEVELS, find_place, find_places, places_of
from ui.pagination import KeysetPagination

MOST_FOUND = 20


class PlacePagination(KeysetPagination):
    """By code, so that a province's communes come together."""

    ordering = "code"
    max_page_size = 500


class PlaceViewSet(GenericViewSet[Place]):
    """Places by level and parent, by code, or found by a name in Khmer, a Latin spelling or the start of a code."""

    serializer_class = PlaceSerializer
    pagination_class = PlacePagination
    lookup_field = "code"
    lookup_value_regex = r"\d{2,8}"

    def get_queryset(self) -> PlaceQuerySet[Any]:
        return places_of(self.read_level()).with_parents()

    def read_level(self) -> str:
        level = self.request.query_params.get("level", "province")
        if level not in LEVELS:
            raise ValidationError({"level": [f"One of {', '.join(LEVELS)}."]})
        return str(level)

    @extend_schema(
        parameters=[
            OpenApiParameter("level", str, enum=list(LEVELS), description="Default: province; with q: commune."),
            OpenApiParameter("parent", str, description="Only places below this code."),
            OpenApiParameter("q", str, description=f"Search; at most {MOST_FOUND} answers, best first, one page."),
        ],
        responses=PlaceSerializer(many=True),
    )
    def list(self, request: Request) -> Response:
        query = request.query_params.get("q", "").strip()[:80]
        if query:
            level = self.read_level() if "level" in request.query_params else "commune"
            found = self.get_serializer(find_places(query, levels=(level,), limit=MOST_FOUND), many=True)
            return Response({"next": None, "previous": None, "results": found.data})
        places = self.get_queryset()
        parent = request.query_params.get("parent", "")
        if parent:
            places = places.inside(parent)
        page = self.paginate_queryset(places)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def retrieve(self, request: Request, code: str) -> Response:
        place = find_place(code) if len(code) in LEVEL_BY_CODE_LENGTH else None
        if place is None:
            raise NotFound
        return Response(self.get_serializer(place).data)
