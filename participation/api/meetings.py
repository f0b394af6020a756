"""Meetings for programs: what, when, where, what was decided; one's own answer."""

from typing import Any, cast

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import ReadOnlyModelViewSet

from accounts.models import User
from participation.enums import Channel
from participation.errors import RefusedError
from participation.models import AgendaItem, Decision, Meeting, Minutes, Rsvp
from participation.services.rsvp import answer, find_answer
from ui.api import NOT_NOW, TOO_FAST, UUID_PATTERN, Refused, brake, read
from ui.pagination import KeysetPagination

PLACE_DIGITS = (2, 4, 6)


class AgendaSerializer(serializers.ModelSerializer[AgendaItem]):
    class Meta:
        model = AgendaItem
        fields = ("position", "starts_at", "title_km", "title_en")


class DecisionSerializer(serializers.ModelSerializer[Decision]):
    """`cost` in riel."""

    class Meta:
        model = Decision
        fields = ("position", "title_km", "title_en", "outcome", "cost", "reason")


class MinutesSerializer(serializers.ModelSerializer[Minutes]):
    decisions = DecisionSerializer(many=True, read_only=True)

    class Meta:
        model = Minutes
        fields = ("published_at", "came_count", "summary_km", "summary_en", "decisions")


class MeetingSerializer(serializers.ModelSerializer[Meeting]):
    """`seats_left` is null where anybody fits. Called off, it has a `cancel_reason`."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    commune = serializers.CharField(source="commune.code", read_only=True)
    seats_left = serializers.IntegerField(read_only=True, allow_null=True)

    class Meta:
        model = Meeting
        fields: tuple[str, ...] = (
            "id", "commune", "step", "status", "title_km", "title_en", "place_km", "place_en", "starts_at", "ends_at",
            "capacity", "coming_count", "seats_left", "cancel_reason",
        )  # fmt: skip


class MeetingWholeSerializer(MeetingSerializer):
    """`minutes` is null until they are published."""

    agenda = AgendaSerializer(many=True, read_only=True)
    minutes = serializers.SerializerMethodField()

    class Meta(MeetingSerializer.Meta):
        fields = (
            *MeetingSerializer.Meta.fields, "about_km", "about_en", "latitude", "longitude", "access", "languages",
            "input_until_at", "agenda", "minutes",
        )  # fmt: skip

    @extend_schema_field(MinutesSerializer(allow_null=True))
    def get_minutes(self, meeting: Meeting) -> Any:
        minutes: Minutes | None = getattr(meeting, "minutes", None)
        return MinutesSerializer(minutes).data if minutes and minutes.published_at else None


class ComingSerializer(serializers.Serializer[dict[str, Any]]):
    """`channel`: how the person heard of it; "" says nothing. Only sums of it are ever shown."""

    is_coming = serializers.BooleanField()
    channel = serializers.ChoiceField(choices=Channel.choices, allow_blank=True, default="")


class RsvpSerializer(serializers.ModelSerializer[Rsvp]):
    class Meta:
        model = Rsvp
        fields = ("status", "channel", "asked_at", "changed_at")


class ByStart(KeysetPagination):
    """Those to come by their beginning; those that were, the latest first."""

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: APIView) -> tuple[str, ...]:
        is_past = "past" in request.query_params
        self.ordering = ["-starts_at", "-pk"] if is_past else ["starts_at", "pk"]  # type: ignore[assignment]
        return super().get_ordering(request, queryset, view)


class MeetingViewSet(ReadOnlyModelViewSet[Meeting]):
    """Meetings of communes; drafts only for their office."""

    serializer_class = MeetingSerializer
    pagination_class = ByStart
    lookup_field = "public_id"
    lookup_value_regex = UUID_PATTERN
    queryset = Meeting.objects.none()

    def get_queryset(self) -> QuerySet[Meeting]:
        meetings = Meeting.objects.visible_to(self.request.user).select_related("commune")
        if self.action == "list":
            return self.sift(meetings)
        agenda = Prefetch("agenda", AgendaItem.objects.order_by("position"))
        return meetings.select_related("minutes").prefetch_related(agenda, "minutes__decisions")

    def sift(self, meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
        query, now = self.request.query_params, timezone.now()
        meetings = meetings.filter(starts_at__lte=now) if "past" in query else meetings.filter(starts_at__gt=now)
        place = query.get("place", "")
        return meetings.filter(commune__code__startswith=place) if len(place) in PLACE_DIGITS else meetings

    def get_serializer_class(self) -> type[MeetingSerializer]:
        return MeetingSerializer if self.action == "list" else MeetingWholeSerializer

    @extend_schema(
        parameters=[
            OpenApiParameter("place", str, description="Code of a province, district or commune."),
            OpenApiParameter("past", bool, description="Those that have begun, the latest first."),
        ]
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().list(request, *args, **kwargs)

    @extend_schema(responses=RsvpSerializer)
    @action(detail=True, permission_classes=[IsAuthenticated])
    def answer(self, request: Request, public_id: str) -> Response:
        """One's own answer; 404 before there is one. Others' answers stand nowhere."""
        own = find_answer(self.get_object(), request.user)
        if own is None:
            raise NotFound
        return Response(RsvpSerializer(own).data)

    @extend_schema(request=ComingSerializer, responses={200: RsvpSerializer, **NOT_NOW, **TOO_FAST})
    @answer.mapping.put
    def say(self, request: Request, public_id: str) -> Response:
        """Comes, or does not. Where every chair is taken the person waits, and is told when one is free."""
        meeting, sent = self.get_object(), read(ComingSerializer, request)
        brake(request, "react")
        try:
            own = answer(meeting, by=cast(User, request.user), is_coming=sent["is_coming"], channel=sent["channel"])
        except RefusedError as refusal:
            raise Refused(str(refusal)) from refusal
        return Response(RsvpSerializer(own).data)
