"""Reading courses, lessons, skills and one's own progress."""

import uuid
from typing import Any, cast

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import override
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet, ReadOnlyModelViewSet

from accounts.models import User
from courses.api.quiz import QuizSerializer, describe_quiz
from courses.api.serializers import (
    CourseDetailSerializer,
    CourseSerializer,
    LessonSerializer,
    ProgressSerializer,
    SkillSerializer,
)
from courses.models import CoursePage, Enrolment, LessonPage, Skill
from courses.querysets import Learner
from courses.services import course_progress
from courses.services.asking import read_asked_quiz
from courses.services.visitors import get_learner
from ui.pagination import KeysetPagination

LANGUAGE = OpenApiParameter("language", str, enum=["km", "en"], description="Khmer unless said otherwise.")
ATTEMPT = OpenApiParameter(
    "attempt", uuid.UUID, description="Made by the program for a new attempt; without it we make one."
)


class AttemptQuery(serializers.Serializer[dict[str, Any]]):
    attempt = serializers.UUIDField(default=None)


def read_language(request: Request) -> str:
    """The language asked for; Khmer for anything else."""
    return "en" if request.query_params.get("language") == "en" else "km"


class PagePagination(KeysetPagination):
    ordering = "path"


class SkillPagination(KeysetPagination):
    ordering = "pk"


class EnrolmentPagination(KeysetPagination):
    ordering = "-touched_at"


class SkillViewSet(ReadOnlyModelViewSet[Skill]):
    """What courses teach and requests ask for."""

    serializer_class = SkillSerializer
    pagination_class = SkillPagination
    lookup_field = "code"
    queryset = Skill.objects.all()


class CourseViewSet(ReadOnlyModelViewSet[CoursePage]):
    """Published courses; `key` is the same in both languages."""

    serializer_class = CourseSerializer
    pagination_class = PagePagination
    lookup_field = "translation_key"
    lookup_url_kwarg = "key"
    lookup_value_regex = "[0-9a-f-]{36}"
    queryset = CoursePage.objects.none()

    def get_queryset(self) -> QuerySet[CoursePage]:
        pages: QuerySet[CoursePage] = CoursePage.objects.live().public().select_related("locale")
        return pages.filter(locale__language_code=read_language(self.request)).prefetch_related("skill_links__skill")

    @extend_schema(parameters=[LANGUAGE])
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().list(request, *args, **kwargs)

    @extend_schema(parameters=[LANGUAGE], responses=CourseDetailSerializer)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """A course with its lessons."""
        course = self.get_object()
        key = course.translation_key
        progress = course_progress(Learner(), [key], language=read_language(request))[key]
        context = {**self.get_serializer_context(), "progress": progress}
        return Response(CourseDetailSerializer(course, context=context).data)


class LessonViewSet(ReadOnlyModelViewSet[LessonPage]):
    """Published lessons with their body."""

    serializer_class = LessonSerializer
    pagination_class = PagePagination
    lookup_field = "translation_key"
    lookup_url_kwarg = "key"
    lookup_value_regex = "[0-9a-f-]{36}"
    queryset = LessonPage.objects.none()

    def get_queryset(self) -> QuerySet[LessonPage]:
        pages: QuerySet[LessonPage] = LessonPage.objects.live().public().select_related("locale")
        return pages.filter(locale__language_code=read_language(self.request))

    @extend_schema(parameters=[LANGUAGE])
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().list(request, *args, **kwargs)

    @extend_schema(parameters=[LANGUAGE])
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().retrieve(request, *args, **kwargs)

    @extend_schema(
        parameters=[ATTEMPT], responses={200: QuizSerializer, 404: OpenApiResponse(description="It has no quiz.")}
    )
    @action(detail=True)
    def quiz(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What the lesson's quiz asks, for `POST /me/answers/`. The same `attempt` asks the same questions."""
        lesson = self.get_object()
        wanted = AttemptQuery(data=request.query_params)
        wanted.is_valid(raise_exception=True)
        learner, attempt_id = get_learner(cast(HttpRequest, request)), wanted.validated_data["attempt"]
        asked = read_asked_quiz(learner, lesson, attempt_id=attempt_id or uuid.uuid4())
        if not asked.questions:
            raise Http404
        return Response(QuizSerializer(describe_quiz(asked)).data)


class ProgressViewSet(GenericViewSet[Any]):
    """The courses that the signed-in person has begun, the latest first."""

    serializer_class = ProgressSerializer
    pagination_class = EnrolmentPagination
    permission_classes = (IsAuthenticated,)
    queryset = Enrolment.objects.none()

    @extend_schema(responses=ProgressSerializer(many=True))
    def list(self, request: Request) -> Response:
        learner = Learner(user=cast(User, request.user))
        found = self.paginate_queryset(Enrolment.objects.of(learner)) or []
        with override(read_language(request)):
            progress = course_progress(learner, [row.course_key for row in found])
        rows = [
            {
                "course": row.course_key,
                "started_at": row.started_at,
                "finished_at": row.finished_at,
                "progress": progress[row.course_key],
            }
            for row in found
        ]
        return self.get_paginated_response(ProgressSerializer(cast(Any, rows), many=True).data)
