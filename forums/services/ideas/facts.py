"""What an idea says of itself beside its words."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from forums import rendering
from forums.enums import CostBand, IdeaCategory, IdeaStatus, Part
from forums.errors import WatchedWordError
from forums.models import Idea, IdeaStep, Topic
from forums.services.ideas.telling import tell_step_task
from forums.services.ledger import Ledger
from forums.services.watching import refuse_words
from places.models import Village


@dataclass(frozen=True)
class IdeaFacts:
    """As the author says it: what it is about, where, and about what it costs."""

    category: IdeaCategory | None = None
    village: Village | None = None
    place: str = ""
    cost: CostBand | None = None


def make_idea(topic: Topic, facts: IdeaFacts) -> Idea:
    """The idea's row and its first step, in the transaction that makes the topic."""
    columns = read_columns(topic, facts)
    idea = Idea.objects.create(topic=topic, status_at=topic.created_at, step_count=1, **columns)
    send(idea)
    return idea


def read_columns(topic: Topic, facts: IdeaFacts) -> dict[str, Any]:
    """As the row keeps it. A village elsewhere is none."""
    village = facts.village if facts.village and facts.village.commune_id == topic.board.commune_id else None
    place = " ".join(rendering.clean(facts.place).split())
    return {"category": facts.category or "", "village": village, "place": place, "cost": facts.cost or ""}


def change_facts(ledger: Ledger, facts: IdeaFacts, *, by: User) -> None:
    """The author says it otherwise while no office has begun with it. Raises `WatchedWordError`."""
    topic, idea = ledger.topic, ledger.topic.idea
    columns = read_columns(topic, facts)
    if idea.step_count > 1 or all(getattr(idea, name) == value for name, value in columns.items()):
        return
    if refusal := refuse_words(columns["place"], by=by, board=topic.board, former=idea.place):
        raise WatchedWordError(refusal)
    for name, value in columns.items():
        setattr(idea, name, value)
    idea.save(update_fields=list(columns))
    ledger.note_part(Part.IDEA)


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
