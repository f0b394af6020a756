"""A member reports a post; an author appeals."""

from datetime import timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from forums import rendering, rules
from forums.enums import CaseKind, Desk, HideReason, ModerationKind
from forums.errors import CaseError, check
from forums.models import Case, ModerationAction, Post, Report
from forums.services.cases.telling import tell_arrival_task
from forums.services.ledger import lock_topic

DAY = timedelta(days=1)
DUE = {
    HideReason.DANGER: timedelta(hours=1),
    HideReason.PERSONAL_DATA: timedelta(hours=12),
    HideReason.INSULT: DAY,
}
USUALLY = 2 * DAY
APPEAL_DUE = 3 * DAY
APPEAL_DAYS = 30
# The heaviest first: it is what the case is called by.
WEIGHT = list(HideReason)
WEIGHT.sort(key=lambda reason: (reason != HideReason.DANGER, DUE.get(reason, USUALLY), reason == HideReason.OTHER))


def desk_of(reason: str) -> Desk:
    """Being left out for one's views is heard by the programme alone."""
    return Desk.PROGRAMME if reason == HideReason.EXCLUSION else Desk.MODERATORS


@transaction.atomic
def report(post: Post, *, by: User, reason: HideReason, note: str = "") -> Report:
    """Tell those who decide. While the member's report of this post is open, another is the same one. Raises
    `NotAllowedError`.
    """
    check(rules.can_report, by, post)
    lock_topic(post.topic)
    made = Report.objects.filter(post=post, reporter=by, closed_at=None).first()
    if made is not None:
        return made
    case = open_case(post, reason=reason)
    case.report_count += 1
    case.save()
    transaction.on_commit(partial(tell_arrival_task.enqueue, case.pk))
    return Report.objects.create(post=post, case=case, reporter=by, reason=reason, note=note)


def open_case(post: Post, *, reason: HideReason) -> Case:
    """The post's open case at the desk for this reason, begun now if there is none; a heavier reason makes it heavier.
    Under the topic's lock.
    """
    now, desk = timezone.now(), desk_of(reason)
    due = now + DUE.get(reason, USUALLY)
    case = Case.objects.open().filter(post=post, desk=desk, kind=CaseKind.REPORT).first()
    if case is None:
        is_urgent = reason == HideReason.DANGER
        return Case.objects.create(post=post, desk=desk, reason=reason, due_at=due, is_urgent=is_urgent)
    case.reason = min(HideReason(case.reason), reason, key=WEIGHT.index)
    case.is_urgent, case.due_at = case.is_urgent or reason == HideReason.DANGER, min(case.due_at, due)
    case.save()
    return case


def find_appealable(act: ModerationAction) -> str:
    """ "" if its author may appeal, else why not."""
    if act.kind not in {ModerationKind.HIDE, ModerationKind.WARN}:
        return _("There is nothing to appeal against.")
    if not act.stands:
        return _("This decision was taken back.")
    if act.created_at < timezone.now() - APPEAL_DAYS * DAY:
        return _("An appeal is possible for 30 days after the decision.")
    return ""


@transaction.atomic
def appeal(act: ModerationAction, *, by: User, words: str) -> Case:
    """Ask somebody else, from elsewhere, to look again; once for each act. Raises `NotAllowedError`, `CaseError`."""
    check(rules.can_appeal, by, act)
    if refusal := find_appealable(act):
        raise CaseError(refusal)
    desk = act.case.desk if act.case else Desk.MODERATORS
    begun: dict[str, Any] = {"post": act.post, "reason": act.reason, "words": rendering.clean(words)[:1000]}
    begun |= {"kind": CaseKind.APPEAL, "desk": desk, "due_at": timezone.now() + APPEAL_DUE}
    case, is_new = Case.objects.get_or_create(against=act, defaults=begun)
    if is_new:
        transaction.on_commit(partial(tell_arrival_task.enqueue, case.pk))
    return case
