"""Answers that a phone kept while it had no network, and the attempts they belong to."""

from typing import Any, cast

from django.db.models import QuerySet
from django.http import HttpRequest
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from courses.api.events import REFUSALS, IsLearner
from courses.enums import EventOutcome
from courses.models import Attempt
from courses.services.answers import MOST_ANSWERS, Marked, SentAnswer, store_answers
from courses.services.visitors import get_learner, know_learner
from ui.pagination import KeysetPagination

MOST_CHOICES, LONGEST_TEXT = 20, 400


class AnswerSerializer(serializers.Serializer[SentAnswer]):
    """One answer. `choices`: ids of the choices (single, several), of the steps or right sides in the learner's order
    (order, match); `text`: what was typed (number, short).
    """

    id = serializers.UUIDField()
    attempt = serializers.UUIDField(help_text="Made by the phone when the learner begins.")
    lesson = serializers.UUIDField()
    question = serializers.UUIDField()
    choices = serializers.ListField(child=serializers.UUIDField(), max_length=MOST_CHOICES, default=list)
    text = serializers.CharField(max_length=LONGEST_TEXT, allow_blank=True, default="")
    happened_at = serializers.DateTimeField(help_text="By the phone's clock, with its offset from UTC.")


class AnswersSerializer(serializers.Serializer[dict[str, Any]]):
    """A batch, marked in its order. With `sent_at` (the phone's clock as it sends) a wrong clock is put right."""

    sent_at = serializers.DateTimeField(required=False, allow_null=True, default=None)
    answers = serializers.ListField(child=AnswerSerializer(), allow_empty=False, max_length=MOST_ANSWERS)


class MarkedSerializer(serializers.Serializer[dict[str, Any]]):
    """What became of one answer. `attempt` is the one it was kept in: another than the phone's where the learner had
    one open already. `is_right` is null where nothing was kept, or the quiz hides it.
    """

    id = serializers.UUIDField()
    outcome = serializers.ChoiceField(EventOutcome.choices)
    attempt = serializers.UUIDField(allow_null=True)
    is_right = serializers.BooleanField(allow_null=True)


class AllMarkedSerializer(serializers.Serializer[dict[str, Any]]):
    answers = MarkedSerializer(many=True)


class AttemptSerializer(serializers.ModelSerializer[Attempt]):
    """One run through a quiz; the score counts right first answers."""

    id = serializers.UUIDField(source="client_id")
    course = serializers.UUIDField(source="course_key")
    lesson = serializers.UUIDField(source="lesson_key")

    class Meta:
        model = Attempt
        fields = (
            "id",
            "course",
            "lesson",
            "purpose",
            "status",
            "score",
            "total",
            "is_passed",
            "happened_at",
            "received_at",
            "finished_at",
        )


class AttemptPagination(KeysetPagination):
    ordering = "-received_at"


class AnswersView(APIView):
    """Mark up to 100 answers, idempotent by `id`."""

    permission_classes = (IsLearner,)

    @extend_schema(request=AnswersSerializer, responses={200: AllMarkedSerializer, **REFUSALS})
    def post(self, request: Request) -> Response:
        batch = AnswersSerializer(data=request.data)
        batch.is_valid(raise_exception=True)
        answers = [_to_answer(source) for source in batch.validated_data["answers"]]
        learner = know_learner(cast(HttpRequest, request))
        results = store_answers(learner, answers, sent_at=batch.validated_data["sent_at"])
        rows = [_describe(sent, marked) for sent, marked in zip(answers, results, strict=True)]
        return Response(AllMarkedSerializer({"answers": rows}).data)


class AttemptViewSet(ListModelMixin, GenericViewSet[Attempt]):
    """The learner's own attempts, the latest first."""

    serializer_class = AttemptSerializer
    pagination_class = AttemptPagination
    permission_classes = (IsLearner,)
    queryset = Attempt.objects.none()

    def get_queryset(self) -> QuerySet[Attempt]:
        return Attempt.objects.of(get_learner(cast(HttpRequest, self.request)))


def _to_answer(source: dict[str, Any]) -> SentAnswer:
    return SentAnswer(
        client_id=source["id"],
        attempt_id=source["attempt"],
        lesson_key=source["lesson"],
        question_id=source["question"],
        choices=[str(choice) for choice in source["choices"]],
        text=source["text"],
        happened_at=source["happened_at"],
    )


def _describe(sent: SentAnswer, marked: Marked) -> dict[str, Any]:
    answer = marked.answer
    is_open_secret = answer is not None and not answer.attempt.hides_answers
    return {
        "id": sent.client_id,
        "outcome": marked.outcome,
        "attempt": answer.attempt.client_id if answer else None,
        "is_right": answer.is_right if answer and is_open_secret else None,
    }
