"""What a moderator's act does to a post. Hiding the first post hides the topic."""

from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules import is_programme_staff
from forums import realtime, rendering, rules
from forums.enums import Desk, EventKind, HideReason, ModerationKind, PostState
from forums.errors import CaseError, check
from forums.models import Case, ModerationAction, Post, PostVersion
from forums.services.ledger import Ledger, writing_to
from forums.services.quotes import give_quotes_back
from forums.services.unquoting import withhold_unsaid
from forums.services.writing import take_away


def hide_under(ledger: Ledger, post: Post, reason: HideReason) -> None:
    """Readers see that something stood there and why it was hidden. Of a post that its author deleted, the author's
    reason goes, for good; one that is hidden already stays as it is.
    """
    if not post.shows_words:
        return
    if not post.is_visible:
        post.removal_reason = ""
        post.save(update_fields=["removal_reason"])
        ledger.note(EventKind.REMOVED, post)
        return
    take_away(ledger, post, PostState.HIDDEN, reason)
    if post.number == 1:
        ledger.topic.is_hidden = True
        transaction.on_commit(partial(realtime.publish_gone, realtime.thing_of(ledger.topic)))


def show_under(ledger: Ledger, post: Post) -> None:
    """What was hidden can be read again; what its author deleted stays deleted."""
    if post.state != PostState.HIDDEN:
        return
    post.state, post.removed_at, post.removal_reason = PostState.VISIBLE, None, ""
    post.save()
    ledger.topic.post_count += 1
    if post.number == 1:
        ledger.topic.is_hidden = False
    give_quotes_back(ledger, post)
    ledger.note(EventKind.RESTORED, post)


def restore(post: Post, *, by: User, note: str = "") -> Post:
    """Show a hidden post again: every act that hid it is overturned, and every appeal against one was right. What the
    programme hid only the programme shows again. Raises `NotAllowedError`, `CaseError`.
    """
    check(rules.can_judge, by, post)
    with writing_to(post.topic) as ledger:
        post = ledger.read(post)
        if post.state != PostState.HIDDEN:
            return post
        hiding = ModerationAction.objects.standing().filter(post=post, kind=ModerationKind.HIDE)
        if not is_programme_staff(by) and hiding.filter(case__desk=Desk.PROGRAMME).exists():
            raise CaseError(_("The programme hid this post. Only the programme can show it again."))
        show_under(ledger, post)
        act = record(post, by=by, kind=ModerationKind.RESTORE, note=note)
        appeals = Case.objects.open().filter(against__in=hiding)
        appeals.update(ruling=ModerationKind.OVERTURN, closed_by=by, closed_at=act.created_at)
        hiding.update(overturned_at=act.created_at)
        return post


def remove_version(post: Post, *, number: int, by: User) -> None:
    """Take the words of a former edition out for good, as where they show somebody's number, and out of every post that
    quotes them; it stands in the log. Raises `NotAllowedError`.
    """
    check(rules.can_judge, by, post)
    with writing_to(post.topic) as ledger:
        post = ledger.read(post)
        rows = PostVersion.objects.filter(post=post, number=number, removed_at=None)
        if rows.update(source="", title="", removed_at=timezone.now(), removed_by=by):
            withhold_unsaid(ledger, post)
            record(post, by=by, kind=ModerationKind.ERASE)


def record(
    post: Post, *, by: User, kind: ModerationKind, reason: str = "", note: str = "", case: Case | None = None
) -> ModerationAction:
    """One row per act, with where its moderator belongs now."""
    return ModerationAction.objects.create(
        post=post,
        case=case,
        moderator=by,
        kind=kind,
        reason=reason,
        note=rendering.clean(note)[:300],
        districts=sorted(rules.find_districts(by)),
    )
