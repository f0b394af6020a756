"""What a person does with a topic besides writing: voting, reacting, rating an answer, asking again."""

from typing import Any, cast

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.models import User
from forums import rules, services
from forums.api.serializers import PostSerializer, TopicSerializer
from forums.enums import Rating, ReactionKind
from forums.errors import NotReadyError, WrongStateError, check
from forums.models import AnswerRating, Post, Topic
from forums.models.asked import WORDS_LENGTH
from forums.models.poll import MOST
from forums.services.polls.reading import Shown, read_poll
from forums.services.polls.seals import make_seals
from forums.services.polls.voting import vote
from forums.services.questions.answering import find_rating, open_again, rate
from ui.api import NOT_NOW, TOO_FAST, UUID_PATTERN, Refused, brake, read

REACTIONS = rf"posts/(?P<number>[0-9]{{1,9}})/reactions/(?P<kind>{'|'.join(ReactionKind.values)})"
OF_REACTION = [
    OpenApiParameter("number", int, OpenApiParameter.PATH, description="Of the post."),
    OpenApiParameter("kind", str, OpenApiParameter.PATH, enum=ReactionKind.values),
]


class PollOptionSerializer(serializers.Serializer[dict[str, Any]]):
    """`count` and `firsts` are null while the numbers are not to be seen."""

    number = serializers.IntegerField()
    text = serializers.CharField()
    count = serializers.IntegerField(allow_null=True)
    firsts = serializers.IntegerField(allow_null=True)


class PollSerializer(serializers.Serializer[Shown]):
    """As the person who asks may see it. `own` are the numbers of their ballot, the best first."""

    question = serializers.CharField(source="poll.question")
    way = serializers.CharField(source="poll.way")
    most = serializers.IntegerField(source="poll.most")
    is_secret = serializers.BooleanField(source="poll.is_secret")
    shows = serializers.CharField(source="poll.shows")
    ends_at = serializers.DateTimeField(source="poll.ends_at")
    is_over = serializers.BooleanField(source="poll.is_over")
    ballot_count = serializers.IntegerField(source="poll.ballot_count")
    own = serializers.ListField(child=serializers.IntegerField())
    options = serializers.SerializerMethodField()

    @extend_schema_field(PollOptionSerializer(many=True))
    def get_options(self, shown: Shown) -> Any:
        sees = bool(shown.bars)
        rows = [
            {
                "number": option.number,
                "text": option.text,
                "count": option.count if sees else None,
                "firsts": option.firsts if sees and shown.poll.is_ranked else None,
            }
            for option in shown.options
        ]
        return PollOptionSerializer(rows, many=True).data  # type: ignore[arg-type]


class BallotSerializer(serializers.Serializer[dict[str, Any]]):
    """Numbers of options; of a ranked poll the best first."""

    choices = serializers.ListField(child=serializers.IntegerField(min_value=1, max_value=MOST), max_length=MOST)

    def validate_choices(self, value: list[int]) -> list[int]:
        if not value:
            raise ValidationError(_("Choose an option."))
        return value


class RatingSerializer(serializers.Serializer[AnswerRating]):
    """The words are for the office alone."""

    rating = serializers.ChoiceField(choices=Rating.choices)
    words = serializers.CharField(max_length=WORDS_LENGTH, allow_blank=True, default="")


class TakingPartViewSet(GenericViewSet[Topic]):
    """Below the address of a topic that the person may read."""

    serializer_class = TopicSerializer
    lookup_field = "public_id"
    lookup_value_regex = UUID_PATTERN
    pagination_class = None
    permission_classes = (IsAuthenticated,)
    queryset = Topic.objects.none()

    def get_queryset(self) -> QuerySet[Topic]:
        user = self.request.user
        seals = make_seals(self.kwargs["public_id"], user.pk) if user.is_authenticated else []
        topics = Topic.objects.visible_to(user).with_own_voice(user, seals)
        return topics.select_related("board__commune", "author", "answer", "asked", "poll", "idea")

    @property
    def person(self) -> User:
        return cast(User, self.request.user)

    @extend_schema(responses=PollSerializer)
    @action(detail=True, permission_classes=[])
    def poll(self, request: Request, public_id: str) -> Response:
        """The poll of the topic; 404 where there is none."""
        return Response(PollSerializer(self._read_poll()).data)

    @extend_schema(request=BallotSerializer, responses={200: PollSerializer, **NOT_NOW, **TOO_FAST})
    @action(detail=True, methods=["put"])
    def vote(self, request: Request, public_id: str) -> Response:
        """One's whole ballot, changed at will until the end."""
        return self._vote(read(BallotSerializer, request)["choices"])

    @extend_schema(request=None, responses={200: PollSerializer, **NOT_NOW, **TOO_FAST})
    @vote.mapping.delete
    def take_back(self, request: Request, public_id: str) -> Response:
        """The vote is taken back."""
        return self._vote([])

    def _vote(self, choices: list[int]) -> Response:
        self._read_poll()
        brake(self.request, "react")
        try:
            vote(self.get_object(), choices, by=self.person)
        except WrongStateError as refusal:
            raise Refused(_("The poll has ended. Read the result.")) from refusal
        except NotReadyError as refusal:
            raise ValidationError({"choices": [_("This poll does not take such a ballot.")]}) from refusal
        return Response(PollSerializer(self._read_poll()).data)

    def _read_poll(self) -> Shown:
        topic = self.get_object()
        poll = getattr(topic, "poll", None)
        if poll is None:
            raise NotFound
        return read_poll(poll, own=getattr(topic, "own_choices", None))

    @extend_schema(parameters=OF_REACTION, request=None, responses={200: PostSerializer, **TOO_FAST})
    @action(detail=True, methods=["put", "delete"], url_path=REACTIONS)
    def react(self, request: Request, public_id: str, number: str, kind: str) -> Response:
        """`PUT` gives a reaction to somebody else's post, `DELETE` takes it back; twice is the same as once."""
        post = self._find_post(int(number))
        brake(request, "react")
        services.react(post, by=self.person, kind=ReactionKind(kind), is_on=request.method == "PUT")
        post = self._find_post(post.number)
        services.refresh_html([post])
        return Response(PostSerializer(post).data)

    def _find_post(self, number: int) -> Post:
        topic = self.get_object()
        posts = topic.posts.for_reader(self.person).select_related("author", "mask")
        post: Post = get_object_or_404(posts, number=number)
        post.topic = topic
        return post

    @extend_schema(responses={200: RatingSerializer, 404: OpenApiResponse(description="Not rated yet.")})
    @action(detail=True)
    def rating(self, request: Request, public_id: str) -> Response:
        """What the asker said of the answer as it stands; nobody else reads it here."""
        topic = self.get_object()
        check(rules.can_rate, request.user, topic)
        if (own := find_rating(topic)) is None:
            raise NotFound
        return Response(RatingSerializer(own).data)

    @extend_schema(request=RatingSerializer, responses=RatingSerializer)
    @rating.mapping.put
    def rate(self, request: Request, public_id: str) -> Response:
        """The asker says whether the answer helped; said again it replaces the former."""
        topic, sent = self.get_object(), read(RatingSerializer, request)
        own = rate(topic, by=self.person, rating=Rating(sent["rating"]), words=sent["words"])
        return Response(RatingSerializer(own).data)

    @extend_schema(request=None, responses=TopicSerializer)
    @action(detail=True, methods=["post"])
    def again(self, request: Request, public_id: str) -> Response:
        """It did not help: the question waits once more, at most three times."""
        open_again(self.get_object(), by=self.person)
        return Response(TopicSerializer(self.get_object()).data)
