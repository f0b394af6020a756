"""Reads of boards, topics and posts. `visible_to` is the one audience rule: pages, gap fill, API, tokens,
search, feeds and notifications ask it. How a reader stands to what is read comes with it, by `for_reader`.
"""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import (
    Case,
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.enums import Verification
from accounts.models import User
from accounts.rules import is_moderator
from forums.enums import PRIVATE_KINDS, BoardKind, FollowLevel, PostState, ReactionKind, TopicKind

if TYPE_CHECKING:
    from forums.models import Board, Bookmark, Post, Report, Subscription, Topic  # noqa: F401  in the annotations below

Reader = User | AnonymousUser


def on_own_boards(user: User, board: str = "board") -> Q:
    """On a board of the commune or of the office of an organisation that the person belongs to, in any role: there
    nobody moderates. `board` is the way to it. `rules.is_of_commune` says the same of one board.
    """
    offices = [held.organisation for held in user.active_memberships]
    communes = {office.commune_id for office in offices if office.commune_id}
    return Q(**{f"{board}__commune__in": communes}) | Q(**{f"{board}__office__in": offices})


def boards_of(user: Reader) -> Q:
    """The private boards this reader has a right to, as a condition on boards; moderators ask `visible_to` alone."""
    held = apps.get_model("accounts", "Membership")._default_manager.filter(
        user=user.pk, ended_at=None, accepted_at__isnull=False, organisation__verification=Verification.VERIFIED
    )
    seats = apps.get_model("forums", "Seat")._default_manager.filter(user=user.pk)
    return Q(pk__in=seats.values("board")) | Q(office__in=held.values("organisation"))


def read_files(posts: "Iterable[Post]") -> None:
    """The files of those posts that have some, in one query; in none when none has."""
    prefetch_related_objects([post for post in posts if post.file_count and post.is_visible], "files")


class BoardQuerySet(models.QuerySet["Board"]):
    def visible_to(self, user: Reader) -> "BoardQuerySet":
        """Public boards, and private ones for whom they are for: who acts for the verified office, who holds a seat,
        and moderators, who answer for everything that is written.
        """
        if is_moderator(user):
            return self.all()
        public = ~Q(kind__in=PRIVATE_KINDS)
        return self.filter(public | boards_of(user)) if user.is_authenticated else self.filter(public)

    def for_reader(self, user: Reader) -> "BoardQuerySet":
        """With how this reader stands to each board. `fresh`: topics begun since the last look, 0 before the first;
        `looked`: whether there was one; `follow`: their `FollowLevel`, "".
        """
        if not user.is_authenticated:
            return self.annotate(fresh=Value(0), looked=Value(value=False), follow=Value(""))
        return self.alias(
            _marker=FilteredRelation("markers", condition=Q(markers__user=user.pk)),
            _follow=FilteredRelation("subscriptions", condition=Q(subscriptions__user=user.pk)),
        ).annotate(
            fresh=F("begun_count") - Coalesce(F("_marker__begun"), F("begun_count")),
            looked=Case(When(_marker__isnull=False, then=True), default=False),
            follow=Coalesce(F("_follow__level"), Value("")),
        )

    def general(self) -> "BoardQuerySet":
        return self.filter(kind=BoardKind.GENERAL)


class TopicQuerySet(models.QuerySet["Topic"]):
    def visible_to(self, user: Reader) -> "TopicQuerySet":
        """Of boards the reader may read. Moderators also see hidden topics, but for those on boards of their own
        offices; nobody sees what was merged away.
        """
        topics = self.filter(moved_to__isnull=True)
        if isinstance(user, User) and is_moderator(user):
            return topics.exclude(on_own_boards(user), is_hidden=True)
        topics = topics.filter(is_hidden=False)
        if not user.is_authenticated:
            return topics.filter(is_private=False)
        own = apps.get_model("forums", "Board")._default_manager.filter(boards_of(user), kind__in=PRIVATE_KINDS)
        return topics.filter(Q(is_private=False) | Q(board__in=own.values("pk")))

    def unanswered(self) -> "TopicQuerySet":
        return self.filter(kind=TopicKind.QUESTION, is_answered=False, is_taken_back=False)

    def pinned(self) -> "TopicQuerySet":
        """Kept at the top now, of a board or of the whole forum."""
        return self.filter(pinned_until__gt=timezone.now()).exclude(pin_scope="")

    def for_reader(self, user: Reader) -> "TopicQuerySet":
        """With how this reader stands to each topic, as annotations: no query of its own on any page.

        `seen`: the last number before their eyes, 0 for none. `waits`: whether a post of theirs is held.
        `follow`: their own `FollowLevel`, "". `unread`: numbers
        past `seen`; all of a topic begun since the board was first looked at; 0 for what is muted, and for everything
        that was never opened, so that a list shouts at nobody.
        """
        if not user.is_authenticated:
            none = Value(0, output_field=IntegerField())
            return self.annotate(seen=none, follow=Value(""), unread=none, waits=Value(value=False))
        held = apps.get_model("forums", "HeldPost")._default_manager.all()
        return self.alias(
            _marker=FilteredRelation("markers", condition=Q(markers__user=user.pk)),
            _follow=FilteredRelation("subscriptions", condition=Q(subscriptions__user=user.pk)),
            _since=FilteredRelation("board__markers", condition=Q(board__markers__user=user.pk)),
        ).annotate(
            seen=Coalesce(F("_marker__last_number"), 0),
            waits=Exists(held.filter(topic=OuterRef("pk"), author=user.pk)),
            follow=Coalesce(F("_follow__level"), Value("")),
            unread=Case(
                When(_follow__level=FollowLevel.MUTE, then=0),
                When(_marker__last_number__isnull=False, then=F("last_number") - F("_marker__last_number")),
                When(_since__since__lt=F("created_at"), then=F("last_number")),
                default=0,
                output_field=IntegerField(),
            ),
        )

    def for_list(self, user: Reader) -> "TopicQuerySet":
        """With all that a row of a list shows."""
        return self.for_reader(user).select_related("board", "idea", "asked")

    def with_draft(self, user: Reader) -> "TopicQuerySet":
        """Adds `has_draft`: whether a reply of theirs waits unsent."""
        if not user.is_authenticated:
            return self.annotate(has_draft=Value(value=False))
        drafts = apps.get_model("forums", "Draft")._default_manager
        return self.annotate(has_draft=Exists(drafts.filter(topic=OuterRef("pk"), user=user.pk, post=None)))

    def with_own_voice(self, user: Reader, seals: Collection[str]) -> "TopicQuerySet":
        """For the page of one topic: whether the reader supports the idea (`supports_it`), whether anybody's posts are
        folded for them (`quiets`), and their ballot in the poll (`own_choices`), found by the seals that are theirs.
        """
        if not user.is_authenticated:
            return self
        support = apps.get_model("forums", "Support")._default_manager.filter(idea=OuterRef("pk"), user=user.pk)
        ballot = apps.get_model("forums", "Ballot")._default_manager.filter(poll=OuterRef("pk"), key__in=seals)
        quieted = apps.get_model("forums", "Quieted")._default_manager.filter(user=user.pk)
        own = {"supports_it": Exists(support), "quiets": Exists(quieted)}
        return self.annotate(**own, own_choices=Subquery(ballot.values("choices")[:1]))

    def unread_by(self, user: User) -> "TopicQuerySet":
        """Those `for_reader` counts unread numbers of. Found from the reader's markers, so that it costs what one
        person reads, not what all write.
        """
        opened = self.model._default_manager.filter(markers__user=user.pk, last_number__gt=F("markers__last_number"))
        begun = self.model._default_manager.filter(
            board__markers__user=user.pk, created_at__gt=F("board__markers__since")
        )
        mine = opened.order_by().values("pk").union(begun.order_by().values("pk"))
        found: TopicQuerySet = self.filter(pk__in=mine).for_reader(user).filter(Q(unread__gt=0))
        return found


class PostQuerySet(models.QuerySet["Post"]):
    def for_reader(self, user: Reader) -> "PostQuerySet":
        """With what this reader did to each post, as annotations: a page of posts stays one query.

        `is_kept`: whether they bookmarked it; `is_quieted`: whether its author is folded for them; `gave_thanks` and so
        on: their reactions.
        """
        if not user.is_authenticated:
            return self.select_related("mask")
        own = {"post": OuterRef("pk"), "user": user.pk}
        kept = apps.get_model("forums", "Bookmark")._default_manager.filter(**own)
        given = apps.get_model("forums", "Reaction")._default_manager.filter(**own)
        quieted = apps.get_model("forums", "Quieted")._default_manager.filter(user=user.pk, person=OuterRef("author"))
        gave = {f"gave_{kind.value}": Exists(given.filter(kind=kind)) for kind in ReactionKind}
        return self.select_related("mask").annotate(is_kept=Exists(kept), is_quieted=Exists(quieted), **gave)

    def visible(self) -> "PostQuerySet":
        return self.filter(state=PostState.VISIBLE)


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def muting(self, topic: "Topic") -> "SubscriptionQuerySet":
        """Who wants to hear nothing of it, not even that they are named."""
        return self.filter(topic=topic, level=FollowLevel.MUTE)

    def readable_by(self, user: Reader) -> "SubscriptionQuerySet":
        """Their own, of what they may still read."""
        topics = apps.get_model("forums", "Topic")._default_manager.visible_to(user)
        boards = apps.get_model("forums", "Board")._default_manager.visible_to(user)
        of = Q(topic__in=topics.values("pk")) | Q(board__in=boards.values("pk"))
        return self.filter(of, user=user.pk)

    def watching(self, topic: "Topic") -> "SubscriptionQuerySet":
        """Who hears of every reply: by a word on the topic, else by one on its board."""
        others = self.filter(topic=topic).exclude(level=FollowLevel.WATCH)
        on_board = Q(board=topic.board_id) & ~Q(user__in=others.values("user"))
        return self.filter(Q(topic=topic) | on_board, level=FollowLevel.WATCH)


class BookmarkQuerySet(models.QuerySet["Bookmark"]):
    def visible_to(self, user: Reader) -> "BookmarkQuerySet":
        """Their own, of what they may still read."""
        topics = apps.get_model("forums", "Topic")._default_manager.visible_to(user)
        return self.filter(user=user.pk, post__topic__in=topics.values("pk"))


class ReportQuerySet(models.QuerySet["Report"]):
    def open(self) -> "ReportQuerySet":
        """Waiting for a moderator."""
        return self.filter(closed_at__isnull=True)
