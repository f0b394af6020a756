"""Residents say whether it is really done. Enough of them confirm it; a "no" that is shown brings it back to work."""

from functools import partial

from django.db import transaction

from accounts.models import User
from forums import rendering
from forums.errors import NotAllowedError, NotReadyError, WrongStateError
from forums.models import Idea, Topic, Verdict
from forums.services.ideas.caring import find_care, tell_looked_at_task
from forums.services.ideas.moving import drop_photo, keep_photo, save_counts, take_step
from forums.services.ideas.path import PATH
from forums.services.ideas.residents import may_judge
from forums.services.ledger import Ledger, writing_to
from ui.files.photos import Picture

CONFIRM = 3  # people who say yes, and more of them than say no
DENY = 2  # people who say no; one is enough who shows it in a photo


def judge(topic: Topic, *, by: User, is_done: bool, words: str = "", photo: Picture | None = None) -> Idea:
    """One person's word in this turn; a later one replaces it. A "no" says what is missing.

    Raises `NotAllowedError`, `WrongStateError` where nobody is asked, `NotReadyError` for a "no" without words.
    """
    with writing_to(topic) as ledger:
        idea = ledger.topic.idea
        if not may_judge(by, ledger.topic):
            raise NotAllowedError
        if not idea.asks_residents:
            raise WrongStateError
        words = rendering.clean(words)
        if not is_done and not rendering.has_letters(words):
            raise NotReadyError
        verdict = Verdict.objects.filter(idea=idea, turn=idea.turn, user=by).first()
        verdict = verdict or Verdict(idea=idea, turn=idea.turn, user=by)
        verdict.is_done, verdict.words = is_done, words
        drop_photo(verdict)
        keep_photo(verdict, photo)
        verdict.save()
        weigh(ledger, verdict)
        return idea


def weigh(ledger: Ledger, last: Verdict) -> None:
    """Count the turn anew under the lock, and go on or back when the residents have decided."""
    idea = ledger.topic.idea
    said = list(idea.verdicts.filter(turn=idea.turn).values_list("is_done", flat=True))
    yes, no = said.count(True), said.count(False)
    save_counts(ledger, idea, yes_count=yes, no_count=no)
    if not last.is_done and (last.photo or no >= DENY):
        shown = {name: getattr(last, name) for name in ("photo", "photo_bytes", "width", "height")}
        care = find_care(last, ledger.topic.board)
        step = take_step(ledger, PATH["reopen"], by=None, words=last.words, **shown, **care)
        if care:
            transaction.on_commit(partial(tell_looked_at_task.enqueue, step.pk))
    elif yes >= CONFIRM and yes > no:
        take_step(ledger, PATH["confirm"], by=None, words="")
