"""Reading boards, topics and posts; the audience is that of the pages."""

from typing import Any, cast

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from forums.api.serializers import BoardSerializer, PostSerializer, TopicSerializer
from forums.enums import TopicKind
from forums.models import Board, Post, Topic
from forums.querysets import TopicQuerySet
from forums.services import refresh_html
from ui.api import UUID_PATTERN
from ui.pagination import KeysetPagination, dress_rows

PARTS = ("board", "author", "answer", "asked", "poll")


class BoardViewSet(ReadOnlyModelViewSet[Board]):
    """Boards that somebody has written in, and the general ones."""

    serializer_class = BoardSerializer
    lookup_field = "slug"
    queryset = Board.objects.none()

    def get_queryset(self) -> QuerySet[Board]:
        return Board.objects.visible_to(self.request.user).select_related("commune")


class TopicPagination(KeysetPagination):
    ordering = "-last_post_at"


class PostPagination(KeysetPagination):
    ordering = "number"


class TopicViewSet(ReadOnlyModelViewSet[Topic]):
    """Topics, the latest word first."""

    serializer_class = TopicSerializer
    pagination_class = TopicPagination
    lookup_field = "public_id"
    lookup_value_regex = UUID_PATTERN
    queryset = Topic.objects.none()

    def get_queryset(self) -> QuerySet[Topic]:
        topics = Topic.objects.visible_to(self.request.user)
        return self.sift(topics) if self.action == "list" else topics.select_related(*PARTS)

    def sift(self, topics: TopicQuerySet) -> TopicQuerySet:
        """By what the list was asked for; a kind that there is not finds nothing."""
        query = self.request.query_params
        asked = {"board__slug": query.get("board"), "kind": query.get("kind")}
        topics = topics.filter(**{name: value for name, value in asked.items() if value})
        return topics.unanswered() if "unanswered" in query else topics

    @extend_schema(
        parameters=[
            OpenApiParameter("board", str, description="Only this board, by its slug."),
            OpenApiParameter("kind", str, enum=TopicKind.values, description="Only topics of this kind."),
            OpenApiParameter("unanswered", bool, description="Only questions without an official answer."),
        ]
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        chosen = self.paginate_queryset(self.get_queryset())
        rows = dress_rows(chosen, Topic.objects.visible_to(request.user).select_related(*PARTS))
        return self.get_paginated_response(TopicSerializer(rows, many=True).data)

    @extend_schema(
        parameters=[OpenApiParameter("after", int, description="Only posts touched after this event number.")],
        responses=PostSerializer(many=True),
    )
    @action(detail=True, pagination_class=PostPagination, filter_backends=[])
    def posts(self, request: Request, public_id: str) -> Response:
        """The topic's posts in order; with `?after=<seq>` those that anything happened to since."""
        topic = get_object_or_404(self.get_queryset(), public_id=public_id)
        posts: QuerySet[Post] = topic.posts.for_reader(request.user).select_related("author", "mask")
        after = request.query_params.get("after", "")
        if after.isascii() and after.isdigit() and len(after) < 10:
            posts = posts.filter(events__seq__gt=int(after)).distinct()
        page = cast("list[Post]", self.paginate_queryset(cast(Any, posts)) or [])
        refresh_html(page)
        return self.get_paginated_response(PostSerializer(page, many=True).data)
