"""Closing the topic of a case for replies, in one tap, while the quarrel cools; and taking that back at once."""

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from forums import rules
from forums.enums import ModerationKind, Part
from forums.errors import CaseError, check
from forums.models import Case, ModerationAction
from forums.querysets import Reader
from forums.services import order
from forums.services.cases.deciding import UNDO, words_of
from forums.services.ledger import writing_to


def may_close(case: Case, user: User) -> bool:
    """Whoever may decide it, and may keep order there. The case itself stays as it is."""
    return rules.can_decide(user, case) and rules.can_keep_order(user, case.post.topic)


def close_topic(case: Case, *, by: User) -> None:
    """Nobody replies any more; under the topic stands the reason of the case. Raises `NotAllowedError`, `CaseError`."""
    check(_may_close, by, case)
    if case.post.topic.is_locked:
        raise CaseError(_("The topic is closed already."))
    order.lock(case.post.topic, by=by, reason=case.reason, case=case, words=words_of(case, case.reason))


def open_topic(case: Case, *, by: User) -> None:
    """Replies again: as if it had never been closed where this person closed it just now, else an act of its own.
    Raises `NotAllowedError`.
    """
    check(_may_close, by, case)
    act = find_undoable(case, by)
    if act is None:
        order.unlock(case.post.topic, by=by, reason="")
        return
    with writing_to(case.post.topic) as ledger:
        if ModerationAction.objects.standing().filter(pk=act.pk).update(undone_at=timezone.now()):
            ledger.topic.locked_at, ledger.topic.lock_reason = None, ""
            ledger.note_part(Part.HEAD)


def find_undoable(case: Case, user: User) -> ModerationAction | None:
    """The closing that this person may still take back, unless the topic was opened since."""
    if not case.post.topic.is_locked:
        return None
    acts = ModerationAction.objects.standing().filter(case=case, kind=ModerationKind.LOCK, moderator=user)
    return acts.filter(created_at__gt=timezone.now() - UNDO).first()


def _may_close(user: Reader, case: Case) -> bool:
    return isinstance(user, User) and may_close(case, user)
