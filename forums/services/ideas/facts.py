"""What an idea says of itself beside its words."""

from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.utils import timezone

from forums import rendering
from forums.enums import CostBand, IdeaCategory, IdeaStatus
from forums.models import Idea, IdeaStep, Topic
from forums.services.ideas.telling import tell_step_task
from places.models import Village


@dataclass(frozen=True)
class IdeaFacts:
    """As the author says it: what it is about, where, and about what it costs."""

    category: IdeaCategory | None = None
    village: Village | None = None
    place: str = ""
    cost: CostBand | None = None


def make_idea(topic: Topic, facts: IdeaFacts) -> Idea:
    """The idea's row and its first step, in the transaction that makes the topic. A village elsewhere is none."""
    village = facts.village if facts.village and facts.village.commune_id == topic.board.commune_id else None
    idea = Idea.objects.create(
        topic=topic,
        category=facts.category or "",
        village=village,
        place=" ".join(rendering.clean(facts.place).split()),
        cost=facts.cost or "",
        status_at=topic.created_at,
        step_count=1,
    )
    send(idea)
    return idea


def send(idea: Idea) -> None:
    """The first line of its history; the office hears of it."""
    topic = idea.topic
    step = IdeaStep.objects.create(
        idea=idea, number=1, verb="send", status=IdeaStatus.RECEIVED, by=topic.author, created_at=idea.status_at
    )
    if topic.board.commune_id:
        transaction.on_commit(partial(tell_step_task.enqueue, step.pk))


def begin_anew(topic: Topic) -> None:
    """It stands on another commune's board: what another office said of it, and residents of its work, ends. Who is
    for it stays for it. In the transaction that moves it.
    """
    idea = topic.idea
    for row in [*idea.steps.exclude(photo=""), *idea.verdicts.exclude(photo="")]:
        transaction.on_commit(partial(row.photo.storage.delete, str(row.photo.name)))
    idea.steps.all().delete()
    idea.verdicts.all().delete()
    idea.status, idea.status_at, idea.village, idea.step_count = IdeaStatus.RECEIVED, timezone.now(), None, 1
    idea.turn = idea.yes_count = idea.no_count = 0
    idea.save()
    send(idea)
