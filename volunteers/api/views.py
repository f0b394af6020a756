"""Reading requests; the audience is that of the pages."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from ui.pagination import KeysetPagination
from volunteers.api.serializers import RequestSerializer
from volunteers.enums import TimeOfDay
from volunteers.models import VolunteerRequest
from volunteers.services.finding import Filters, search_requests
from volunteers.services.readiness import add_readiness

YES = {"1", "true", "yes", "on"}
PARAMETERS = [
    OpenApiParameter("place", str, description="Code of a province, district or commune."),
    OpenApiParameter("time", str, many=True, enum=TimeOfDay.values, description="At one of these times."),
    OpenApiParameter("remote", bool, description="Can be done from home."),
    OpenApiParameter("skills", bool, description="Only those whose skills the person who asks has proved."),
]


class RequestPagination(KeysetPagination):
    ordering = "-opened_at"


class VolunteerRequestViewSet(ReadOnlyModelViewSet[VolunteerRequest]):
    """Open requests, the newest first; one by its id in any public state."""

    serializer_class = RequestSerializer
    pagination_class = RequestPagination
    lookup_field = "public_id"
    lookup_value_converter = "uuid"
    queryset = VolunteerRequest.objects.none()

    def get_queryset(self) -> QuerySet[VolunteerRequest]:
        user, asked = self.request.user, self.request.query_params
        if self.detail:
            rows = VolunteerRequest.objects.visible_to(user).with_fit(user).with_place().with_skills()
        else:
            filters = Filters(
                place=asked.get("place", ""),
                times=tuple(TimeOfDay(time) for time in asked.getlist("time") if time in TimeOfDay.values),
                is_remote=asked.get("remote", "") in YES,
                fits_skills=asked.get("skills", "") in YES,
            )
            rows = search_requests(filters, user)
        return rows.select_related("supervisor__user")

    def paginate_queryset(self, queryset: Any) -> Any:
        """With how far whoever asks is on the way to each."""
        page = super().paginate_queryset(queryset)
        add_readiness(page or [], self.request.user)
        return page

    def get_object(self) -> VolunteerRequest:
        found: VolunteerRequest = super().get_object()
        add_readiness([found], self.request.user)
        return found

    @extend_schema(parameters=PARAMETERS)
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().list(request, *args, **kwargs)
