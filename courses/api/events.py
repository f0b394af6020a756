"""What phones tell about learning, in batches that may arrive late, twice, or in any order."""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.authentication import SessionAuthentication
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from courses.enums import EventKind, EventOutcome
from courses.services.events import MOST_EVENTS, Event, store_events
from courses.services.visitors import know_learner

LONGEST = 4 * 3600  # seconds that one `studied` event may claim

REFUSALS = {
    400: OpenApiResponse(description="It cannot be read: by field, and by number in the list. Nothing was stored."),
    401: OpenApiResponse(description="The token is not valid."),
    403: OpenApiResponse(description="A browser without the CSRF token of our pages."),
}


class IsLearner(BasePermission):
    """Anybody who learns: a signed-in person, or a visitor whose browser proves that the page was ours."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        if request.user.is_authenticated:
            return True
        SessionAuthentication().enforce_csrf(request)
        return True


class EventSerializer(serializers.Serializer[Event]):
    """One event: `key` is the lesson's, for `enrolled` the course's. `seconds` is for `studied`."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(EventKind.choices)
    key = serializers.UUIDField()
    happened_at = serializers.DateTimeField(help_text="By the phone's clock, with its offset from UTC.")
    seconds = serializers.IntegerField(min_value=0, max_value=LONGEST, default=0)


class EventsSerializer(serializers.Serializer[dict[str, Any]]):
    """A batch. With `sent_at` (the phone's clock as it sends) a clock that is wrong is put right."""

    sent_at = serializers.DateTimeField(required=False, allow_null=True, default=None)
    events = serializers.ListField(child=EventSerializer(), allow_empty=False, max_length=MOST_EVENTS)


class OutcomeSerializer(serializers.Serializer[dict[str, Any]]):
    """What became of one event. Whatever the outcome, the phone need not send it again."""

    id = serializers.UUIDField()
    outcome = serializers.ChoiceField(EventOutcome.choices)


class OutcomesSerializer(serializers.Serializer[dict[str, Any]]):
    events = OutcomeSerializer(many=True)


class EventsView(APIView):
    """Store up to 500 events of the learner, idempotent by `id`."""

    permission_classes = (IsLearner,)

    @extend_schema(request=EventsSerializer, responses={200: OutcomesSerializer, **REFUSALS})
    def post(self, request: Request) -> Response:
        batch = EventsSerializer(data=request.data)
        batch.is_valid(raise_exception=True)
        events = [_to_event(source) for source in batch.validated_data["events"]]
        learner = know_learner(cast(HttpRequest, request))
        outcomes = store_events(learner, events, sent_at=batch.validated_data["sent_at"])
        rows = [{"id": event.client_id, "outcome": outcome} for event, outcome in zip(events, outcomes, strict=True)]
        return Response(OutcomesSerializer({"events": rows}).data)


def _to_event(source: dict[str, Any]) -> Event:
    happened_at: datetime = source["happened_at"]
    client_id: UUID = source["id"]
    return Event(client_id, EventKind(source["kind"]), source["key"], happened_at, source["seconds"])
