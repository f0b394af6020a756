"""The office's desk for programs: rolls of shifts and hours to confirm, many at a time. A stranger gets 404."""

from typing import Any, cast

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from ui.api import read
from ui.pagination import KeysetPagination
from volunteers.api.serving import ByStart, OwnViewSet
from volunteers.api.serving_serializers import (
    ConfirmedSerializer,
    ConfirmSerializer,
    DeskHoursSerializer,
    MarksSerializer,
    RollLineSerializer,
    RollMarkedSerializer,
    RollSerializer,
)
from volunteers.models import HoursEntry, Shift
from volunteers.querysets import list_office_ids
from volunteers.services.serving.attendance import Mark, keep_roll
from volunteers.services.serving.desk import list_open_rolls, list_to_confirm
from volunteers.services.serving.hours import confirm_hours
from volunteers.services.serving.roll import list_rows


class DeskViewSet(OwnViewSet):
    """For whoever acts for a commune office."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if not list_office_ids(self.person):
            raise Http404


class RollViewSet(DeskViewSet):
    """Shifts of one's offices: who came."""

    serializer_class = RollSerializer
    pagination_class = ByStart
    queryset = Shift.objects.none()
    lookup_field = "public_id"
    lookup_value_converter = "uuid"

    @extend_schema(responses=RollSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Those that show their code now, or ended lately with somebody unrecorded."""
        rows = self.paginate_queryset(list_open_rolls(self.person)) or []
        return self.get_paginated_response(RollSerializer(cast(Any, rows), many=True).data)

    @extend_schema(responses=RollLineSerializer(many=True))
    @action(detail=True, pagination_class=None)
    def people(self, request: Request, public_id: Any) -> Response:
        """The people of one shift, by name; at most as many as a shift has seats."""
        return Response(
            RollLineSerializer(cast(Any, list_rows(self._find(public_id), {}, by=self.person)), many=True).data
        )

    @extend_schema(request=MarksSerializer, responses=RollMarkedSerializer)
    @action(detail=True, methods=["post"])
    def marks(self, request: Request, public_id: Any) -> Response:
        """Attended, excused, no-show, or `signed_up` to take a mark back. The same again changes nothing."""
        shift, sent = self._find(public_id), read(MarksSerializer, request)["marks"]
        keys = dict(shift.signups.filter(public_id__in=[mark["id"] for mark in sent]).values_list("public_id", "pk"))
        marks = {keys[mark["id"]]: Mark(mark["was"], mark["now"]) for mark in sent if mark["id"] in keys}
        refused = keep_roll(shift, marks, by=self.person).refused
        rows = [_say_mark(mark["id"], keys, refused) for mark in sent]
        return Response(RollMarkedSerializer({"marks": rows}).data)

    def _find(self, public_id: Any) -> Shift:
        rows: QuerySet[Shift] = Shift.objects.of_offices_of(self.person).select_related("request")
        return get_object_or_404(rows, public_id=public_id)


class DeskHoursViewSet(DeskViewSet):
    """Claims that wait for one's offices, by person and day."""

    serializer_class = DeskHoursSerializer
    queryset = HoursEntry.objects.none()

    class pagination_class(KeysetPagination):  # noqa: N801 the name that the framework asks for
        ordering = ("placement_id", "day_date", "pk")  # type: ignore[assignment]

    @extend_schema(responses=DeskHoursSerializer(many=True))
    def list(self, request: Request) -> Response:
        rows = self.paginate_queryset(list_to_confirm(self.person)) or []
        return self.get_paginated_response(DeskHoursSerializer(cast(Any, rows), many=True).data)

    @extend_schema(request=ConfirmSerializer, responses=ConfirmedSerializer)
    @action(detail=False, methods=["post"])
    def confirm(self, request: Request) -> Response:
        """Up to 200 at once, each by itself. Sent again, nothing is confirmed twice."""
        ids = read(ConfirmSerializer, request)["ids"]
        done = confirm_hours(list_to_confirm(self.person).filter(public_id__in=ids), by=self.person)
        found = {"confirmed": [entry.public_id for entry in done.entries], "minutes": done.minutes}
        return Response(ConfirmedSerializer(found).data)


def _say_mark(public_id: Any, keys: dict[Any, int], refused: dict[int, str]) -> dict[str, Any]:
    """Whom this shift does not have is refused without words."""
    reason = refused.get(keys[public_id]) if public_id in keys else ""
    return {"id": public_id, "is_kept": reason is None, "detail": reason or ""}
