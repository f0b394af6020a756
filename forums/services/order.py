"""Keeping a topic at the top for a while, and closing it for replies; each act with its reason, in the log."""

from datetime import datetime

from django.utils import timezone

from accounts.models import User
from forums import rendering, rules
from forums.enums import ModerationKind, Part, PinScope
from forums.errors import check
from forums.models import Case, Topic
from forums.services.ledger import Ledger, writing_to
from forums.services.moderation import record
from forums.services.order_telling import tell_of_order

LONGEST_REASON = 300


def pin(topic: Topic, *, by: User, scope: PinScope, until: datetime, reason: str) -> Topic:
    """At the top of its board, or of the whole forum, until then. Raises `NotAllowedError`."""
    check(rules.can_rearrange if scope == PinScope.SITE else rules.can_keep_order, by, topic)
    with writing_to(topic) as ledger:
        ledger.topic.pin_scope, ledger.topic.pinned_until = scope, until
        note(ledger, by, ModerationKind.PIN, reason)
        return ledger.topic


def unpin(topic: Topic, *, by: User, reason: str) -> Topic:
    """Among the others again. Raises `NotAllowedError`."""
    check(rules.can_rearrange if topic.pin_scope == PinScope.SITE else rules.can_keep_order, by, topic)
    with writing_to(topic) as ledger:
        if ledger.topic.pin_scope:
            ledger.topic.pin_scope, ledger.topic.pinned_until = "", None
            note(ledger, by, ModerationKind.UNPIN, reason)
        return ledger.topic


def lock(topic: Topic, *, by: User, reason: str, case: Case | None = None, words: str = "") -> Topic:
    """Nobody replies any more; the page says why. From a case the reason is one of the list, and `words` stand beside
    it in the log. Raises `NotAllowedError`.
    """
    check(rules.can_keep_order, by, topic)
    with writing_to(topic) as ledger:
        if not ledger.topic.is_locked:
            ledger.topic.locked_at = timezone.now()
            ledger.topic.lock_reason = rendering.clean(reason)[:LONGEST_REASON]
            if case is None:
                note(ledger, by, ModerationKind.LOCK, reason)
            else:
                note(ledger, by, ModerationKind.LOCK, words, case=case, reason=reason)
        return ledger.topic


def unlock(topic: Topic, *, by: User, reason: str) -> Topic:
    """Raises `NotAllowedError`."""
    check(rules.can_keep_order, by, topic)
    with writing_to(topic) as ledger:
        if ledger.topic.is_locked:
            ledger.topic.locked_at, ledger.topic.lock_reason = None, ""
            note(ledger, by, ModerationKind.UNLOCK, reason)
        return ledger.topic


def note(
    ledger: Ledger, by: User, kind: ModerationKind, words: str, *, case: Case | None = None, reason: str = ""
) -> None:
    """In the log of moderation, at the topic's first post, and in the head of open pages. What was decided in a case is
    told with the case.
    """
    act = record(ledger.topic.posts.get(number=1), by=by, kind=kind, note=words, case=case, reason=reason)
    ledger.note_part(Part.HEAD)
    if case is None:
        tell_of_order(ledger.topic, act)
