"""What the API says of boards, topics and posts: public names only, numbers and sequence as pages use them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from forums.models import Board, Post, Topic


class BoardSerializer(serializers.ModelSerializer[Board]):
    commune = serializers.CharField(source="commune.code", default=None, read_only=True)

    class Meta:
        model = Board
        fields = (
            "slug", "kind", "title_km", "title_en", "description_km", "description_en",
            "commune", "course_key", "topic_count", "unanswered_count",
        )  # fmt: skip


class TopicSerializer(serializers.ModelSerializer[Topic]):
    """`last_seq` is where a reader who has read the posts now stands; `answer` is a post's number."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    board = serializers.SlugRelatedField[Board](slug_field="slug", read_only=True)
    author = serializers.SerializerMethodField()
    answer = serializers.IntegerField(source="answer.number", default=None, read_only=True, allow_null=True)

    class Meta:
        model = Topic
        fields = (
            "id", "board", "kind", "title", "author", "answer", "is_answered", "post_count",
            "last_number", "last_seq", "created_at", "last_post_at",
        )  # fmt: skip

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_author(self, topic: Topic) -> str | None:
        return topic.author.public_name if topic.author else None


class PostSerializer(serializers.ModelSerializer[Post]):
    """A post that was taken away keeps its number and says why; its words are gone from here."""

    author = serializers.SerializerMethodField()
    html = serializers.SerializerMethodField()
    official_title = serializers.CharField(read_only=True)
    removal_reason = serializers.CharField(source="removal_words", read_only=True)

    class Meta:
        model = Post
        fields = (
            "number", "author", "html", "is_official", "official_title", "state", "removal_reason",
            "created_at", "edited_at",
        )  # fmt: skip

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_author(self, post: Post) -> str | None:
        if not post.is_visible:
            return None
        return post.writer or None

    @extend_schema_field(serializers.CharField())
    def get_html(self, post: Post) -> str:
        return post.html if post.is_visible else ""

    def to_representation(self, instance: Post) -> dict[str, Any]:
        shown = super().to_representation(instance)
        return shown if instance.is_visible else {**shown, "is_official": False, "official_title": ""}
