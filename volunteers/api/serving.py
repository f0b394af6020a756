"""One's own service: places, shifts to answer, checking in, hours. The same services and rights as the pages."""

from collections.abc import Sequence
from typing import Any, cast

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import Throttled
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle, UserRateThrottle
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from accounts.models import User
from ui.api import NOT_NOW, Refused, read
from ui.kept import Clock
from ui.pagination import KeysetPagination
from volunteers.api.serving_serializers import (
    CheckedInSerializer,
    CheckInSerializer,
    ClaimSerializer,
    OwnHoursSerializer,
    OwnPlacementSerializer,
    OwnShiftSerializer,
    ShiftAnswerSerializer,
)
from volunteers.enums import CheckInOutcome, SignupStatus
from volunteers.models import HoursEntry, Placement, Shift, ShiftSignup
from volunteers.services.induction import track_inductions
from volunteers.services.machine import NotReadyError, WrongStateError
from volunteers.services.serving.check_in import TRIES_SECONDS, TooManyTriesError, check_in
from volunteers.services.serving.hours import claim_hours, find_sent
from volunteers.services.serving.kept import receive_check_in
from volunteers.services.serving.mine import choose_placement, list_claimable
from volunteers.services.serving.served import measure_served
from volunteers.services.shifts.reading import describe_own_shifts
from volunteers.services.shifts.signing import change_signup
from volunteers.services.shifts.waiting import ShiftFullError

PAST = OpenApiParameter("past", bool, description="Those that have begun, the latest first.")


class WriteThrottle(UserRateThrottle):
    """Per person, beside the general brake."""

    scope = "serving"
    rate = "60/min"


class ByStart(KeysetPagination):
    """Shifts to come by their beginning; those that were, the latest first."""

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: APIView) -> tuple[str, ...]:
        is_past = "past" in request.query_params
        self.ordering = ["-starts_at", "-pk"] if is_past else ["starts_at", "pk"]  # type: ignore[assignment]
        return super().get_ordering(request, queryset, view)


class ByAgreement(KeysetPagination):
    ordering = "-agreed_at"


class OwnViewSet(GenericViewSet[Any]):
    """Of the person who asks; what is sent is braked more than what is read."""

    permission_classes = (IsAuthenticated,)

    @property
    def person(self) -> User:
        return cast(User, self.request.user)

    def get_throttles(self) -> list[BaseThrottle]:
        brakes: list[BaseThrottle] = super().get_throttles()
        return [*brakes, WriteThrottle()] if self.request.method == "POST" else brakes


class OwnPlacementViewSet(OwnViewSet):
    """One's own places, the newest first."""

    serializer_class = OwnPlacementSerializer
    pagination_class = ByAgreement
    queryset = Placement.objects.none()

    @extend_schema(responses=OwnPlacementSerializer(many=True))
    def list(self, request: Request) -> Response:
        rows: Sequence[Placement] = self.paginate_queryset(Placement.objects.of(self.person).for_change()) or []
        context = {"served": measure_served(rows), "inductions": track_inductions(rows)}
        return self.get_paginated_response(OwnPlacementSerializer(cast(Any, rows), many=True, context=context).data)


class OwnShiftViewSet(OwnViewSet):
    """Shifts of the requests in which one has a place."""

    serializer_class = OwnShiftSerializer
    pagination_class = ByStart
    queryset = Shift.objects.none()
    lookup_field = "public_id"
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Shift]:
        return Shift.objects.open_to(self.person).select_related("request").distinct()

    @extend_schema(parameters=[PAST], responses=OwnShiftSerializer(many=True))
    def list(self, request: Request) -> Response:
        found = self.get_queryset().filter(**{self._side(request): timezone.now()})
        rows = describe_own_shifts(self.paginate_queryset(found) or [], self.person)
        return self.get_paginated_response(OwnShiftSerializer(cast(Any, rows), many=True).data)

    @extend_schema(request=ShiftAnswerSerializer, responses={200: OwnShiftSerializer, **NOT_NOW})
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, public_id: Any) -> Response:
        """Sign up, leave, wait, confirm a free seat. The same `id` again changes nothing."""
        shift = get_object_or_404(self.get_queryset(), public_id=public_id)
        sent = read(ShiftAnswerSerializer, request)
        try:
            change_signup(shift, sent["verb"], by=self.person, client_id=sent["id"], happened_at=read_moment(sent))
        except (NotReadyError, WrongStateError, ShiftFullError) as refusal:
            raise Refused(str(refusal)) from refusal
        (row,) = describe_own_shifts([self.get_queryset().get(pk=shift.pk)], self.person)
        return Response(OwnShiftSerializer(row).data)

    def _side(self, request: Request) -> str:
        return "starts_at__lte" if "past" in request.query_params else "starts_at__gt"


class CheckInView(APIView):
    """Come to a shift by the code on the office's screen."""

    permission_classes = (IsAuthenticated,)
    throttle_classes = (WriteThrottle,)

    @extend_schema(
        request=CheckInSerializer,
        responses={200: CheckedInSerializer, 429: OpenApiResponse(description="Too many wrong codes."), **NOT_NOW},
    )
    def post(self, request: Request) -> Response:
        sent = read(CheckInSerializer, request)
        receive = receive_check_in if sent["sent_at"] else check_in
        try:
            signup = receive(
                cast(User, request.user), sent["code"], happened_at=read_moment(sent), client_id=sent["id"]
            )
        except TooManyTriesError as refusal:
            raise Throttled(wait=TRIES_SECONDS, detail=str(refusal)) from refusal
        except (NotReadyError, WrongStateError) as refusal:
            raise Refused(str(refusal)) from refusal
        return Response(CheckedInSerializer(say_arrival(signup)).data)


class OwnHoursViewSet(OwnViewSet):
    """One's own claims of hours, the latest day first."""

    serializer_class = OwnHoursSerializer
    queryset = HoursEntry.objects.none()

    class pagination_class(KeysetPagination):  # noqa: N801 the name that the framework asks for
        ordering = ("-day_date", "-pk")  # type: ignore[assignment]

    @extend_schema(responses=OwnHoursSerializer(many=True))
    def list(self, request: Request) -> Response:
        rows = self.paginate_queryset(HoursEntry.objects.of(self.person).with_work()) or []
        return self.get_paginated_response(OwnHoursSerializer(cast(Any, rows), many=True).data)

    @extend_schema(
        request=ClaimSerializer,
        responses={201: OwnHoursSerializer, 200: OpenApiResponse(OwnHoursSerializer, "It was sent before."), **NOT_NOW},
    )
    def create(self, request: Request) -> Response:
        sent = read(ClaimSerializer, request)
        if known := find_sent(self.person, sent["id"]):
            return Response(OwnHoursSerializer(known).data)
        try:
            entry = claim_hours(
                self._find_place(sent),
                by=self.person,
                client_id=sent["id"],
                happened_at=read_moment(sent),
                **{name: sent[name] for name in ("day", "minutes", "what")},
            )
        except (NotReadyError, WrongStateError) as refusal:
            raise Refused(str(refusal)) from refusal
        return Response(OwnHoursSerializer(entry).data, status=201)

    def _find_place(self, sent: dict[str, Any]) -> Placement:
        if sent["placement"]:
            return get_object_or_404(Placement.objects.of(self.person).for_change(), public_id=sent["placement"])
        place = choose_placement(list_claimable(self.person), sent["day"])
        if place is None:
            raise Refused(_("You have no place in which hours can be claimed now."))
        return place


def read_moment(sent: dict[str, Any]) -> Any:
    """When it happened by our clock; None where the program did not say."""
    return Clock(timezone.now(), sent["sent_at"]).correct(sent["happened_at"]) if sent["happened_at"] else None


def say_arrival(signup: ShiftSignup | None) -> dict[str, Any]:
    if signup is None:
        return {"outcome": CheckInOutcome.UNKNOWN, "shift": None, "arrival": ""}
    outcome = CheckInOutcome.CAME if signup.status == SignupStatus.ATTENDED else CheckInOutcome.ASKED
    return {"outcome": outcome, "shift": signup.shift.public_id, "arrival": signup.arrival}
