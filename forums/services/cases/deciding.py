"""Taking a case, deciding it, and taking a decision back at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from forums import rendering, rules
from forums.enums import HideReason, ModerationKind, PostState, ReportOutcome
from forums.errors import CaseError, check
from forums.models import Case, CaseNote, ModerationAction, Post, ReplyTemplate, Report
from forums.services.cases.opening import open_case
from forums.services.ledger import Ledger, writing_to
from forums.services.moderation import hide_under, record, show_under

UNDO = timedelta(minutes=10)  # nobody is told before that
TAKEN = timedelta(hours=4)  # then somebody else may have it
RULINGS = (ModerationKind.HIDE, ModerationKind.WARN, ModerationKind.DISMISS)
APPEAL_RULINGS = (ModerationKind.OVERTURN, ModerationKind.UPHOLD)
OUTCOMES = {
    ModerationKind.HIDE: ReportOutcome.HIDDEN,
    ModerationKind.WARN: ReportOutcome.WARNED,
    ModerationKind.DISMISS: ReportOutcome.NOTHING,
}


@transaction.atomic
def take(case: Case, *, by: User) -> Case:
    """The person looks after it for some hours. Raises `NotAllowedError`, `CaseError`."""
    case = Case.objects.select_for_update(of=("self",)).with_parts().get(pk=case.pk)
    _check_open(case, by)
    case.assignee, case.taken_at = by, timezone.now()
    case.save(update_fields=["assignee", "taken_at"])
    return case


def give_back(case: Case, *, by: User) -> None:
    """Anybody may have it. Raises `NotAllowedError`."""
    check(rules.can_decide, by, case)
    Case.objects.open().filter(pk=case.pk, assignee=by).update(assignee=None, taken_at=None)


def add_note(case: Case, *, by: User, text: str) -> CaseNote:
    """For those who decide. Raises `NotAllowedError`."""
    check(rules.can_decide, by, case)
    return CaseNote.objects.create(case=case, author=by, text=rendering.clean(text)[:500])


def is_held_by_another(case: Case, user: User) -> bool:
    """Whether somebody else looks after it right now."""
    is_fresh = case.taken_at is not None and case.taken_at > timezone.now() - TAKEN
    return is_fresh and case.assignee_id is not None and case.assignee_id != user.pk


def decide(
    case: Case,
    *,
    by: User,
    ruling: ModerationKind,
    reason: HideReason | None = None,
    note: str = "",
    template: ReplyTemplate | None = None,
) -> ModerationAction:
    """One decision closes the case and all its reports; `template` is what its author is told besides the reason.
    People are told when it can no longer be undone. Raises `NotAllowedError`, `CaseError`.
    """
    with _locked(case) as (ledger, case):
        _check_open(case, by)
        if ruling not in (APPEAL_RULINGS if case.is_appeal else RULINGS):
            raise CaseError(_("This cannot be decided here."))
        post = ledger.read(case.post)
        why = HideReason(reason or case.reason)
        _carry_out(ledger, case, post, ruling, why)
        act = record(post, by=by, kind=ruling, reason=why, note=note or words_of(case, why), case=case)
        _close(case, by, ruling, template, at=act.created_at)
        return act


def undo(case: Case, *, by: User) -> Case:
    """Within some minutes, by who decided: as if nothing had been done. Raises `NotAllowedError`, `CaseError`."""
    with _locked(case) as (ledger, case):
        check(rules.can_decide, by, case)
        if not can_undo(case, by):
            raise CaseError(_("It is too late to take this back. Hide the post or show it again instead."))
        post = ledger.read(case.post)
        ModerationAction.objects.standing().filter(case=case, kind=case.ruling).update(undone_at=timezone.now())
        _take_back(ledger, case, post)
        Report.objects.filter(case=case).update(closed_at=None, closed_by=None, outcome="")
        case.closed_at = case.closed_by = None
        case.ruling = case.answer_km = case.answer_en = ""
        case.save()
        return case


def can_undo(case: Case, user: User) -> bool:
    recent = case.closed_at is not None and case.closed_at > timezone.now() - UNDO
    return recent and case.told_at is None and case.closed_by_id == user.pk


def hide(post: Post, *, by: User, reason: HideReason, note: str = "") -> Post:
    """From the topic itself: the case is opened if need be and decided in one step. A post that is away already,
    without a word of its author, stays as it is. Raises `NotAllowedError`, `CaseError`.
    """
    check(rules.can_judge, by, post)
    with writing_to(post.topic) as ledger:
        post = ledger.read(post)
        if not post.shows_words:
            return post
        case = Case.objects.with_parts().get(pk=_find_or_open(post, reason).pk)
        _check_open(case, by)
        hide_under(ledger, post, reason)
        act = record(post, by=by, kind=ModerationKind.HIDE, reason=reason, note=note, case=case)
        _close(case, by, ModerationKind.HIDE, None, at=act.created_at)
        return post


def _find_or_open(post: Post, reason: HideReason) -> Case:
    """What moderators have of it, whatever it was reported for."""
    return open_case(post, reason=HideReason.SPAM if reason == HideReason.EXCLUSION else reason)


@contextmanager
def _locked(case: Case) -> Iterator[tuple[Ledger, Case]]:
    """Topic, then case: the order in which whoever reports takes them."""
    with writing_to(case.post.topic) as ledger:
        case = Case.objects.select_for_update(of=("self",)).with_parts().get(pk=case.pk)
        case.post.topic = ledger.topic
        yield ledger, case


def _check_open(case: Case, by: User) -> None:
    check(rules.can_decide, by, case)
    if not case.is_open:
        raise CaseError(_("Somebody has decided this already."))
    if is_held_by_another(case, by):
        name = case.assignee.public_name if case.assignee else ""
        raise CaseError(_("%(name)s is looking at this. Take another one.") % {"name": name})


def _carry_out(ledger: Ledger, case: Case, post: Post, ruling: ModerationKind, reason: HideReason) -> None:
    if ruling == ModerationKind.HIDE:
        hide_under(ledger, post, reason)
    elif ruling == ModerationKind.OVERTURN and case.against is not None:
        case.against.overturned_at = timezone.now()
        case.against.save(update_fields=["overturned_at"])
        _show_unless_hidden(ledger, post)


def _take_back(ledger: Ledger, case: Case, post: Post) -> None:
    if case.ruling == ModerationKind.HIDE:
        _show_unless_hidden(ledger, post)
    elif case.ruling == ModerationKind.OVERTURN and case.against is not None:
        case.against.overturned_at = None
        case.against.save(update_fields=["overturned_at"])
        if case.against.kind == ModerationKind.HIDE:
            hide_under(ledger, post, HideReason(case.against.reason))


def _show_unless_hidden(ledger: Ledger, post: Post) -> None:
    """Another desk may have hidden it too."""
    hiding = ModerationAction.objects.standing().filter(post=post, kind=ModerationKind.HIDE)
    if post.state == PostState.HIDDEN and not hiding.exists():
        show_under(ledger, post)


def _close(case: Case, by: User, ruling: ModerationKind, template: ReplyTemplate | None, *, at: object) -> None:
    case.ruling, case.closed_by, case.closed_at = ruling, by, at  # type: ignore[assignment]
    if template is not None:
        case.answer_km, case.answer_en = template.text_km, template.text_en
    case.save()
    outcome = OUTCOMES.get(ruling)
    if outcome is not None:
        case.reports.filter(closed_at=None).update(closed_at=at, closed_by=by, outcome=outcome)


def words_of(case: Case, reason: str) -> str:
    """What a reporter wrote, where "another reason" needs words."""
    notes = [report.note for report in case.reports.all() if report.note]
    return next(iter(notes), "–") if reason == HideReason.OTHER else ""
