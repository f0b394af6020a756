"""Reads of boards, topics and posts. `visible_to` is the one audience rule: pages, gap fill, API and tokens ask it."""

from typing import TYPE_CHECKING

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, F, IntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.models import User
from accounts.rules import is_moderator
from forums.enums import BoardKind, PostState, ReactionKind, TopicKind
from places.khmer import normalise

if TYPE_CHECKING:
    from forums.models import Board, Post, Report, Topic  # noqa: F401  in the annotations below

Reader = User | AnonymousUser


class BoardQuerySet(models.QuerySet["Board"]):
    def visible_to(self, user: Reader) -> "BoardQuerySet":
        """Every board is public; the door is here so that private ones change one place."""
        return self.all()

    def general(self) -> "BoardQuerySet":
        return self.filter(kind=BoardKind.GENERAL)


class TopicQuerySet(models.QuerySet["Topic"]):
    def visible_to(self, user: Reader) -> "TopicQuerySet":
        """Moderators also see hidden topics."""
        return self.all() if is_moderator(user) else self.filter(is_hidden=False)

    def unanswered(self) -> "TopicQuerySet":
        return self.filter(kind=TopicKind.QUESTION, is_answered=False)

    def matching(self, text: str) -> "TopicQuerySet":
        """Every word of `text` stands in the title or the first post, however its Khmer is coded."""
        found = self
        for word in normalise(text).split()[:8]:
            found = found.filter(search_text__contains=word)
        return found

    def for_reader(self, user: Reader) -> "TopicQuerySet":
        """With how this reader stands to each topic, as annotations: no query of its own on any page."""
        return self.with_unread(user)

    def with_unread(self, user: Reader) -> "TopicQuerySet":
        """Adds `unread`: numbers past the reader's marker; 0 where there is none, so that a list shouts at nobody."""
        if not user.is_authenticated:
            return self.annotate(unread=Value(0, output_field=IntegerField()))
        seen = apps.get_model("forums", "ReadMarker")._default_manager.filter(topic=OuterRef("pk"), user=user.pk)
        return self.annotate(unread=F("last_number") - Coalesce(Subquery(seen.values("last_number")), F("last_number")))


class PostQuerySet(models.QuerySet["Post"]):
    def visible(self) -> "PostQuerySet":
        return self.filter(state=PostState.VISIBLE)

    def for_reader(self, user: Reader) -> "PostQuerySet":
        """With what this reader did to each post, as annotations (`gave_thanks`): a page of posts stays one query."""
        if not user.is_authenticated:
            return self
        given = apps.get_model("forums", "Reaction")._default_manager.filter(post=OuterRef("pk"), user=user.pk)
        return self.annotate(**{f"gave_{kind.value}": Exists(given.filter(kind=kind)) for kind in ReactionKind})


class ReportQuerySet(models.QuerySet["Report"]):
    def open(self) -> "ReportQuerySet":
        """Waiting for a moderator."""
        return self.filter(closed_at__isnull=True)
