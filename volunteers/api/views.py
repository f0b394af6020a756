"""Reading requests; the audience is that of the pages."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import ReadOnlyModelViewSet

from ui.pagination import KeysetPagination
from volunteers.api.serializers import RequestSerializer
from volunteers.enums import TimeOfDay
from volunteers.models import RequestListing, VolunteerRequest
from volunteers.services.finding.alternatives import find_alternatives
from volunteers.services.finding.filters import KEYS, Band, Days, Order
from volunteers.services.finding.queries import read_filters
from volunteers.services.finding.search import search, with_requests
from volunteers.services.finding.seeker import Seeker, read_seeker
from volunteers.services.fit import explain
from volunteers.services.readiness import add_readiness

PARAMETERS = [
    OpenApiParameter("q", str, description="Words in title, summary, tasks or the names of the place."),
    OpenApiParameter("place", str, description="Code of a province, district or commune."),
    OpenApiParameter("near", str, enum=Band.values, description="Around the home of the person who asks."),
    OpenApiParameter("skill", str, many=True, description="Codes of skills, one of which the work asks for."),
    OpenApiParameter("time", str, many=True, enum=TimeOfDay.values, description="At one of these times."),
    OpenApiParameter("days", str, enum=Days.values, description="On these days of the week."),
    OpenApiParameter("starts_from", str, description="Begins on this day or later, as 2026-12-31."),
    OpenApiParameter("starts_until", str, description="Begins on this day or before."),
    OpenApiParameter("weeks", bool, description="Inside the free weeks of the person's profile."),
    OpenApiParameter("remote", bool, description="Can be done from home."),
    OpenApiParameter("costs", bool, description="The commune pays costs or a stipend."),
    OpenApiParameter("stipend", bool, description="The commune pays a stipend."),
    OpenApiParameter("minors", bool, description="People of 15 to 17 may apply too."),
    OpenApiParameter("skills", bool, description="Only those whose skills the person who asks has proved."),
    OpenApiParameter("order", str, enum=["new", "best", "closing"], description="The newest first unless said."),
]
BEST = "best"


class RequestPagination(KeysetPagination):
    """By the keys of the order that is asked for."""

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: APIView) -> tuple[str, ...]:
        self.ordering = [*KEYS[find_order(request.query_params)], "-pk"]  # type: ignore[assignment]
        return super().get_ordering(request, queryset, view)


class VolunteerRequestViewSet(ReadOnlyModelViewSet[VolunteerRequest]):
    """Open requests; one by its id in any public state."""

    serializer_class = RequestSerializer
    pagination_class = RequestPagination
    lookup_field = "public_id"
    lookup_value_converter = "uuid"
    queryset = VolunteerRequest.objects.none()
    _seeker: Seeker | None = None
    shown: Sequence[VolunteerRequest] = ()

    @property
    def seeker(self) -> Seeker:
        if self._seeker is None:
            self._seeker = read_seeker(self.request.user)
        return self._seeker

    def get_queryset(self) -> QuerySet[Any]:
        if self.detail:
            rows = VolunteerRequest.objects.visible_to(self.request.user).filter(listing__isnull=False)
            return rows.for_page()
        return search(read_filters(self.request.query_params), self.seeker)

    def get_object(self) -> VolunteerRequest:
        item = super().get_object()
        self.shown = [item]
        add_readiness([item], self.request.user)
        return item

    def paginate_queryset(self, queryset: Any) -> list[Any]:
        """A page of listings, as the requests they list."""
        return self.show(super().paginate_queryset(queryset) or [])

    def show(self, listings: list[RequestListing]) -> list[VolunteerRequest]:
        """Their requests, with all that the serializer tells of them."""
        self.shown = [row.request for row in with_requests(listings, in_full=True)]
        add_readiness(self.shown, self.request.user)
        return list(self.shown)

    def get_serializer_context(self) -> dict[str, Any]:
        matches = explain(self.shown, self.seeker)
        return {
            **super().get_serializer_context(),
            "seeker": self.seeker,
            "matches": {match.request.pk: match for match in matches},
        }

    @extend_schema(parameters=PARAMETERS)
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Where nothing meets all the filters, `nearest` has what meets most of them, and says what was loosened."""
        answer = super().list(request, *args, **kwargs)
        if not answer.data["results"] and "cursor" not in request.query_params:
            found = find_alternatives(read_filters(request.query_params), self.seeker)
            shown = self.get_serializer(self.show(found.listings), many=True).data
            answer.data["nearest"] = {"loosened": found.loosened, "results": shown}
        return answer


def find_order(query: QueryDict) -> Order:
    """The newest first, unless another order is asked for."""
    asked = query.get("order", "")
    return {BEST: Order.BEST, Order.CLOSING.value: Order.CLOSING}.get(asked, Order.NEWEST)
