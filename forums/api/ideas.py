"""Ideas for programs: lists, the path of one, being for it. The same services and rights as the pages."""

from typing import Any, cast

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import ReadOnlyModelViewSet

from accounts.models import User
from forums.enums import IdeaCategory, IdeaStatus
from forums.models import Idea, IdeaStep
from forums.services.ideas.reading import find_ideas, with_own_support
from forums.services.ideas.supporting import support
from ui.api import TOO_FAST, UUID_PATTERN, brake
from ui.pagination import KeysetPagination, dress_rows

BY_SUPPORT, NEWEST = "support", "new"


class IdeaStepSerializer(serializers.ModelSerializer[IdeaStep]):
    """The idea came to `status`. An official step names who took it; one of residents (`by` is "residents") nobody.
    `words` and `photo` of residents are empty while a moderator looks at them first.
    """

    by = serializers.SerializerMethodField()
    official_name = serializers.CharField(read_only=True)
    official_title = serializers.CharField(read_only=True)
    photo = serializers.SerializerMethodField()
    words = serializers.SerializerMethodField()

    class Meta:
        model = IdeaStep
        fields = (
            "number", "source", "status", "by", "official_name", "official_title", "reason", "words", "photo",
            "photo_bytes", "created_at",
        )  # fmt: skip

    @extend_schema_field(serializers.ChoiceField(choices=["author", "office", "residents"]))
    def get_by(self, step: IdeaStep) -> str:
        return "office" if step.is_official else "residents" if step.is_of_residents else "author"

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_photo(self, step: IdeaStep) -> str | None:
        return step.get_photo_url() if step.photo and step.is_shown else None

    def get_words(self, step: IdeaStep) -> str:
        return step.words if step.is_shown else ""


class IdeaSerializer(serializers.ModelSerializer[Idea]):
    """`progress` is how far it has come, of 7; 0 when refused. `supports_it`: whether the person who asks is for it.
    `yes_count` and `no_count` are what residents say since the office last said that it is done.
    """

    id = serializers.UUIDField(source="topic.public_id", read_only=True)
    board = serializers.CharField(source="topic.board.slug", read_only=True)
    commune = serializers.CharField(source="topic.board.commune.code", default=None, read_only=True, allow_null=True)
    village = serializers.CharField(source="village.code", default=None, read_only=True, allow_null=True)
    title = serializers.CharField(source="topic.title", read_only=True)
    author = serializers.SerializerMethodField()
    progress = serializers.IntegerField(read_only=True)
    asks_residents = serializers.BooleanField(read_only=True)
    supports_it = serializers.BooleanField(read_only=True)
    created_at = serializers.DateTimeField(source="topic.created_at", read_only=True)

    class Meta:
        model = Idea
        fields: tuple[str, ...] = (
            "id", "board", "commune", "title", "author", "category", "village", "place", "cost", "status", "status_at",
            "progress", "support_count", "supports_it", "asks_residents", "yes_count", "no_count", "created_at",
        )  # fmt: skip

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_author(self, idea: Idea) -> str | None:
        return idea.topic.author.public_name if idea.topic.author else None


class IdeaPathSerializer(IdeaSerializer):
    """With every step from "received" on."""

    path = IdeaStepSerializer(source="steps", many=True, read_only=True)

    class Meta(IdeaSerializer.Meta):
        fields = (*IdeaSerializer.Meta.fields, "path")


class IdeaPagination(KeysetPagination):
    """The most supported first, or the newest."""

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: APIView) -> tuple[str, ...]:
        is_new = request.query_params.get("order") == NEWEST
        self.ordering = ["-pk"] if is_new else ["-support_count", "-pk"]  # type: ignore[assignment]
        return super().get_ordering(request, queryset, view)


class IdeaViewSet(ReadOnlyModelViewSet[Idea]):
    """Ideas of residents; one has its whole path."""

    serializer_class = IdeaSerializer
    pagination_class = IdeaPagination
    lookup_field = "topic__public_id"
    lookup_url_kwarg = "public_id"
    lookup_value_regex = UUID_PATTERN
    queryset = Idea.objects.none()

    def get_queryset(self) -> QuerySet[Idea]:
        query = self.request.query_params if self.action == "list" else {}
        filters = {name: query.get(name, "") for name in ("status", "category", "place")}
        ideas = find_ideas(self.request.user, **filters)
        if self.action != "list":
            return self.dress(ideas)
        board = query.get("board")
        return ideas.filter(topic__board__slug=board) if board else ideas

    def dress(self, ideas: QuerySet[Idea]) -> QuerySet[Idea]:
        """With all that is told of each."""
        ideas = with_own_support(ideas, self.request.user)
        return ideas.select_related("topic__board__commune", "topic__author", "village")

    def get_serializer_class(self) -> type[IdeaSerializer]:
        return IdeaSerializer if self.action == "list" else IdeaPathSerializer

    @extend_schema(
        parameters=[
            OpenApiParameter("board", str, description="Only this board, by its slug."),
            OpenApiParameter("status", str, enum=IdeaStatus.values, description="Only ideas that are this far."),
            OpenApiParameter("category", str, enum=IdeaCategory.values, description="Only this part of the plan."),
            OpenApiParameter("place", str, description="Code of a province, district, commune or village."),
            OpenApiParameter("order", str, enum=[BY_SUPPORT, NEWEST], description="The most supported unless said."),
        ]
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        chosen = self.paginate_queryset(self.get_queryset())
        rows = dress_rows(chosen, self.dress(find_ideas(request.user)))
        return self.get_paginated_response(self.get_serializer(rows, many=True).data)

    @extend_schema(request=None, responses={200: IdeaPathSerializer, **TOO_FAST})
    @action(detail=True, methods=["put", "delete"], permission_classes=[IsAuthenticated])
    def support(self, request: Request, public_id: str) -> Response:
        """`PUT` is for the idea, `DELETE` no longer; each twice is the same as once. Its author cannot."""
        idea = self.get_object()
        brake(request, "react")
        support(idea.topic, by=cast(User, request.user), is_on=request.method == "PUT")
        return Response(self.get_serializer(self.get_object()).data)
