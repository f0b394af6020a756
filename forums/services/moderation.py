"""A moderator hides a post with a reason, or shows it again. Hiding the first post hides the topic."""

from functools import partial

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from forums import realtime, rendering, rules
from forums.enums import EventKind, HideReason, ModerationKind, PostState, ReportOutcome
from forums.errors import check
from forums.models import ModerationAction, Post, Report
from forums.services.ledger import writing_to
from forums.services.quotes import give_quotes_back
from forums.services.writing import search_text, take_away


def hide(post: Post, *, by: User, reason: HideReason, note: str = "") -> Post:
    """Readers see that something stood there and why it was hidden; `note` is kept with the act and shown to nobody
    but moderators. Open reports of it are closed. A post that is away already stays as it is. Raises `NotAllowedError`.
    """
    check(rules.can_moderate, by, post)
    with writing_to(post.topic) as ledger:
        post = ledger.read(post)
        if not post.is_visible:
            return post
        take_away(ledger, post, PostState.HIDDEN, reason)
        record(post, by, ModerationKind.HIDE, reason, note)
        Report.objects.open().filter(post=post).update(
            closed_at=timezone.now(), closed_by=by, outcome=ReportOutcome.HIDDEN
        )
        if post.number == 1:
            ledger.topic.is_hidden = True
            transaction.on_commit(partial(realtime.publish_gone, ledger.topic))
        return post


def restore(post: Post, *, by: User, note: str = "") -> Post:
    """Show a hidden post again; what its author deleted stays deleted. Raises `NotAllowedError`."""
    check(rules.can_moderate, by, post)
    with writing_to(post.topic) as ledger:
        post = ledger.read(post)
        if post.state != PostState.HIDDEN:
            return post
        post.state, post.removed_at, post.removal_reason = PostState.VISIBLE, None, ""
        post.save()
        ledger.topic.post_count += 1
        if post.number == 1:
            ledger.topic.is_hidden = False
            ledger.topic.search_text = search_text(ledger.topic.title, post.source)
        give_quotes_back(ledger, post)
        ledger.note(EventKind.RESTORED, post)
        record(post, by, ModerationKind.RESTORE, "", note)
        return post


def record(post: Post, moderator: User, kind: ModerationKind, reason: str, note: str) -> None:
    """One row per act."""
    ModerationAction.objects.create(
        post=post, moderator=moderator, kind=kind, reason=reason, note=rendering.clean(note)[:300]
    )
