"""What the API says of boards, topics and posts: public names only, numbers and sequence as pages use them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from forums.enums import ReactionKind
from forums.models import Asked, Board, Post, Topic


class BoardSerializer(serializers.ModelSerializer[Board]):
    commune = serializers.CharField(source="commune.code", default=None, read_only=True)

    class Meta:
        model = Board
        fields = (
            "slug", "kind", "title_km", "title_en", "description_km", "description_en",
            "commune", "course_key", "topic_count", "unanswered_count",
        )  # fmt: skip


class MeetingNamedSerializer(serializers.ModelSerializer[Asked]):
    """At which meeting the office answered; `url` is an address of the site, without a language."""

    url = serializers.CharField(source="meeting_url", read_only=True)
    title_km = serializers.CharField(source="meeting_km", read_only=True)
    title_en = serializers.CharField(source="meeting_en", read_only=True)
    date = serializers.DateField(source="meeting_date", read_only=True)

    class Meta:
        model = Asked
        fields = ("url", "title_km", "title_en", "date")


class AskedSerializer(serializers.ModelSerializer[Asked]):
    """A question's clock: day `day` of `days`, `late_days` past the end; all 0 while no office is asked. `turn` grows
    each time it is asked again.
    """

    day = serializers.IntegerField(read_only=True)
    days = serializers.IntegerField(read_only=True)
    late_days = serializers.SerializerMethodField()
    meeting = serializers.SerializerMethodField()

    class Meta:
        model = Asked
        fields = ("role", "since", "due_at", "day", "days", "late_days", "turn", "meeting")

    def get_late_days(self, asked: Asked) -> int:
        return 0 if asked.topic.is_answered else asked.late_days

    @extend_schema_field(MeetingNamedSerializer(allow_null=True))
    def get_meeting(self, asked: Asked) -> Any:
        return MeetingNamedSerializer(asked).data if asked.meeting_url and asked.topic.is_answered else None


class TopicSerializer(serializers.ModelSerializer[Topic]):
    """`last_seq` is where a reader who has read the posts now stands; `answer` is a post's number."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    board = serializers.SlugRelatedField[Board](slug_field="slug", read_only=True)
    author = serializers.SerializerMethodField()
    answer = serializers.IntegerField(source="answer.number", default=None, read_only=True, allow_null=True)
    asked = serializers.SerializerMethodField()
    has_poll = serializers.SerializerMethodField()
    is_locked = serializers.BooleanField(read_only=True)
    is_pinned = serializers.BooleanField(read_only=True)

    class Meta:
        model = Topic
        fields = (
            "id", "board", "kind", "title", "author", "answer", "is_answered", "post_count",
            "last_number", "last_seq", "created_at", "last_post_at", "is_locked", "is_pinned", "has_poll", "asked",
        )  # fmt: skip

    @extend_schema_field(AskedSerializer(allow_null=True))
    def get_asked(self, topic: Topic) -> Any:
        asked = getattr(topic, "asked", None)
        return AskedSerializer(asked).data if asked and topic.is_question else None

    def get_has_poll(self, topic: Topic) -> bool:
        return getattr(topic, "poll", None) is not None

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_author(self, topic: Topic) -> str | None:
        return topic.author.public_name if topic.author else None


class PostSerializer(serializers.ModelSerializer[Post]):
    """A post that was taken away keeps its number and says why; its words are gone from here. `reactions` has how often
    each kind was given, `given` those of the person who asks.
    """

    author = serializers.SerializerMethodField()
    html = serializers.SerializerMethodField()
    official_title = serializers.CharField(read_only=True)
    removal_reason = serializers.CharField(source="removal_words", read_only=True)
    reactions = serializers.SerializerMethodField()
    given = serializers.SerializerMethodField()

    class Meta:
        model = Post
        fields = (
            "number", "author", "html", "is_official", "official_title", "state", "removal_reason",
            "created_at", "edited_at", "reactions", "given",
        )  # fmt: skip

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_author(self, post: Post) -> str | None:
        if not post.is_visible:
            return None
        return post.writer or None

    @extend_schema_field(serializers.CharField())
    def get_html(self, post: Post) -> str:
        return post.said if post.is_visible else ""

    def get_reactions(self, post: Post) -> dict[str, int]:
        return {tally.kind.value: tally.count for tally in post.all_tallies if tally.count and post.is_visible}

    @extend_schema_field(serializers.ListField(child=serializers.ChoiceField(choices=ReactionKind.choices)))
    def get_given(self, post: Post) -> list[str]:
        return [tally.kind.value for tally in post.all_tallies if tally.is_mine and post.is_visible]

    def to_representation(self, instance: Post) -> dict[str, Any]:
        shown = super().to_representation(instance)
        return shown if instance.is_visible else {**shown, "is_official": False, "official_title": ""}
