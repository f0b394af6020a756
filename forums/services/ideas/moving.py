"""A step on the path: by the office with its words, or by residents together."""

from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from forums import rendering, rules
from forums.enums import IdeaStatus, Part
from forums.errors import NotReadyError, WrongStateError, check
from forums.models import Idea, IdeaStep, Topic, Verdict
from forums.services.ideas.path import PATH, Change, Goer
from forums.services.ideas.telling import tell_step_task
from forums.services.ledger import Ledger, writing_to
from forums.services.officials import official_fields
from ui.files.photos import Picture


def move(topic: Topic, verb: str, *, by: User, words: str, reason: str = "", photo: Picture | None = None) -> IdeaStep:
    """The office goes one arrow of the path.

    Raises `NotAllowedError`, `WrongStateError` when somebody moved it meanwhile, `NotReadyError` without words or a
    reason of the arrow's list; then nothing has changed.
    """
    with writing_to(topic) as ledger:
        check(rules.can_move_idea, by, ledger.topic)
        change, idea = PATH[verb], ledger.topic.idea
        if change.goer != Goer.OFFICE or idea.status not in change.sources:
            raise WrongStateError
        words = rendering.clean(words)
        if not rendering.has_letters(words) or bool(change.reasons) != bool(reason):
            raise NotReadyError
        if change.reasons and reason not in change.reasons.values:
            raise NotReadyError
        voice = official_fields(by, ledger.topic.board)
        return take_step(ledger, change, by=by, words=words, reason=reason, picture=photo, **voice)


def take_step(
    ledger: Ledger, change: Change, *, by: User | None, words: str, picture: Picture | None = None, **columns: Any
) -> IdeaStep:
    """Write the step and the new state on the locked topic, and tell people once it is committed."""
    idea, now = ledger.topic.idea, timezone.now()
    step = IdeaStep(
        idea=idea,
        number=idea.step_count + 1,
        verb=change.verb,
        source=idea.status,
        status=change.target,
        by=by,
        words=words,
        created_at=now,
        **columns,
    )
    keep_photo(step, picture)
    step.save()
    idea.step_count, idea.status, idea.status_at = step.number, change.target, now
    if change.target == IdeaStatus.SAID_DONE:
        idea.turn, idea.yes_count, idea.no_count = idea.turn + 1, 0, 0
    idea.save()
    ledger.topic.last_post_at = now
    ledger.note_part(Part.IDEA)
    transaction.on_commit(partial(tell_step_task.enqueue, step.pk))
    return step


def keep_photo(row: Any, photo: Picture | None) -> None:
    """Put a picture drawn anew into the private store."""
    if photo is not None:
        row.width, row.height, row.photo_bytes = photo.width, photo.height, len(photo.content)
        row.photo.save("photo.webp", ContentFile(photo.content), save=False)


def drop_photo(verdict: Verdict) -> None:
    """A later word comes with its own photo or with none. The file goes after the commit, unless a step shows it."""
    name = verdict.photo.name
    if name and not IdeaStep.objects.filter(photo=name).exists():
        transaction.on_commit(partial(verdict.photo.storage.delete, name))
    verdict.photo, verdict.photo_bytes, verdict.width, verdict.height = "", 0, 0, 0


def save_counts(ledger: Ledger, idea: Idea, **counts: int) -> None:
    """New tallies, shown on every open page."""
    for name, value in counts.items():
        setattr(idea, name, value)
    idea.save(update_fields=list(counts))
    ledger.note_part(Part.IDEA)
