"""What residents say and show of finished work is read by everybody: it passes the eyes of a moderator where a post
would, can be reported, and can be taken out without hiding the idea.
"""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_tasks import task

from accounts.models import User
from accounts.rules import MODERATORS
from forums import rules
from forums.enums import ModerationKind, Part, StepCare, TrustLevel
from forums.errors import WrongStateError, check
from forums.models import Board, IdeaStep, Verdict
from forums.querysets import on_own_boards
from forums.services.deciders import find_deciders
from forums.services.ledger import writing_to
from forums.services.moderation import record
from forums.services.notices import ideas as news
from forums.services.trust import find_level, is_known_to_programme
from forums.services.watching import find_word_hold, find_words
from notifications.services import notify


def find_care(last: Verdict, board: Board) -> dict[str, Any]:
    """The columns of the step that shows this verdict. What somebody new says and shows waits, and so does a word that
    would make a post wait; a word to look at is looked at while everybody reads it. The step itself waits for nobody.
    """
    if is_known_to_programme(last.user, board):
        return {}
    if find_level(last.user, board) == TrustLevel.NEW or find_word_hold(last.words):
        return {"care": StepCare.WAITS}
    return {"reported_at": timezone.now()} if find_words(last.words) else {}


def list_looked_at(user: User) -> "QuerySet[IdeaStep]":
    """What waits or was reported, not of one's own office."""
    if not rules.can_moderate(user):
        return IdeaStep.objects.none()
    rows = IdeaStep.objects.filter(Q(care=StepCare.WAITS) | Q(reported_at__isnull=False), by=None)
    return rows.exclude(on_own_boards(user, "idea__topic__board")).select_related("idea__topic__board__commune")


def report_step(step: IdeaStep, *, by: User) -> None:
    """A moderator looks at it; reported again it is the same report. Raises `NotAllowedError`."""
    check(rules.can_report_step, by, step)
    with transaction.atomic():
        if IdeaStep.objects.filter(pk=step.pk, reported_at=None).update(reported_at=timezone.now()):
            transaction.on_commit(partial(tell_looked_at_task.enqueue, step.pk))


def look_at(step: IdeaStep, *, by: User, takes_out: bool) -> None:
    """A moderator has looked: everybody reads it, or words and photo are gone for good; which stands in the log. Raises
    `NotAllowedError`, `WrongStateError` when they were taken out meanwhile.
    """
    check(rules.can_care, by, step)
    with writing_to(step.idea.topic) as ledger:
        step = IdeaStep.objects.select_related("idea__topic").get(pk=step.pk)
        if step.care == StepCare.GONE:
            raise WrongStateError
        step.care, step.reported_at = (StepCare.GONE if takes_out else StepCare.SHOWN), None
        if takes_out:
            forget_words(step)
        step.save()
        kind = ModerationKind.ERASE if takes_out else ModerationKind.RELEASE
        record(ledger.topic.posts.get(number=1), by=by, kind=kind)
        ledger.note_part(Part.IDEA)


def forget_words(step: IdeaStep) -> None:
    """Of the step and, where it is the photo of a verdict, there as well."""
    step.words, name = "", step.photo.name
    step.photo, step.photo_bytes, step.width, step.height = "", 0, 0, 0
    if not name:
        return
    transaction.on_commit(partial(IdeaStep._meta.get_field("photo").storage.delete, name))
    Verdict.objects.filter(photo=name).update(photo="", photo_bytes=0, width=0, height=0)


@task()
def tell_looked_at_task(pk: int) -> None:
    """Moderators who may look at it."""
    step = IdeaStep.objects.select_related("idea__topic__board").get(pk=pk)
    judges = find_deciders([MODERATORS], list_looked_at, step)
    data = {"idea": step.idea.topic.title}
    when = step.reported_at.isoformat() if step.reported_at else ""
    notify(judges, kind=news.LOOK, url=step.get_absolute_url(), dedupe_key=f"step:{pk}:{when}", data=data)
