"""Lists of ideas, and what a person has said of them."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, QuerySet, Value

from accounts.models import User
from forums.enums import IdeaStatus
from forums.models import Board, Idea, IdeaStep, Support, Topic, Verdict
from forums.querysets import Reader
from forums.services.ideas.moving import save_counts
from forums.services.ledger import writing_to

COMMUNE_DIGITS = 6  # of a code; a village has eight


def find_ideas(user: Reader, *, status: str = "", category: str = "", place: str = "") -> "QuerySet[Idea]":
    """Of all boards that this person may read, in any state or in this one; `place` is the code of a province, a
    district, a commune or a village.
    """
    topics = Topic.objects.visible_to(user).filter(is_taken_back=False)
    if place and len(place) <= COMMUNE_DIGITS:
        topics = topics.filter(board__commune__code__startswith=place)
    ideas = Idea.objects.filter(topic__in=topics)
    asked = {"status": status, "category": category, "village__code": place if len(place) > COMMUNE_DIGITS else ""}
    return ideas.filter(**{name: value for name, value in asked.items() if value})


def with_own_support(ideas: "QuerySet[Idea]", user: Reader) -> "QuerySet[Idea]":
    """With `supports_it`: whether this person is for it."""
    given = Support.objects.filter(idea=OuterRef("pk"), user=user.pk)
    return ideas.annotate(supports_it=Exists(given) if user.is_authenticated else Value(value=False))


def list_ideas(board: Board, *, user: Reader, status: str = "") -> "QuerySet[Idea]":
    """Of one board, in any state or in this one; with topic and village."""
    if not board.pk:
        return Idea.objects.none()
    ideas = find_ideas(user, status=status if status in IdeaStatus.values else "").filter(topic__board=board)
    return ideas.select_related("topic", "village")


def count_states(board: Board, *, user: Reader) -> list[tuple[IdeaStatus, int]]:
    """How many ideas of the board are how far, in the order of the path; states without any are left out. One query."""
    rows = list_ideas(board, user=user).select_related(None).order_by().values_list("status").annotate(Count("pk"))
    found = dict(rows)
    return [(state, found[state.value]) for state in IdeaStatus if found.get(state.value)]


def collect_ideas(user: User) -> dict[str, Any]:
    """For the person's own copy of their data: what they are for, and what they said of finished work."""
    supports = Support.objects.filter(user=user).select_related("idea__topic").order_by("created_at")
    verdicts = Verdict.objects.filter(user=user).select_related("idea__topic").order_by("created_at")
    return {
        "supports": [
            {"topic": str(row.idea.topic.public_id), "created_at": row.created_at.isoformat()} for row in supports
        ],
        "verdicts": [
            {
                "topic": str(row.idea.topic.public_id),
                "is_done": row.is_done,
                "text": row.words,
                "created_at": row.created_at.isoformat(),
            }
            for row in verdicts
        ],
    }


def forget_ideas(user: User) -> None:
    """Support and verdicts go with the account, and the tallies follow; a step that residents took stays."""
    shown = set(IdeaStep.objects.exclude(photo="").values_list("photo", flat=True))
    for verdict in Verdict.objects.filter(user=user).exclude(photo=""):
        if verdict.photo.name and verdict.photo.name not in shown:
            transaction.on_commit(partial(verdict.photo.storage.delete, verdict.photo.name))
    touched = Topic.objects.filter(idea__supports__user=user) | Topic.objects.filter(idea__verdicts__user=user)
    for topic in touched.distinct().order_by("pk"):
        with writing_to(topic) as ledger:
            idea = ledger.topic.idea
            Support.objects.filter(idea=idea, user=user).delete()
            Verdict.objects.filter(idea=idea, user=user).delete()
            now = list(idea.verdicts.filter(turn=idea.turn).values_list("is_done", flat=True))
            counts = {"yes_count": now.count(True), "no_count": now.count(False)}
            save_counts(ledger, idea, support_count=idea.supports.count(), **counts)
