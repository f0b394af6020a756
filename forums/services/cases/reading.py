"""What those who decide see of the queue, and what everybody sees of the decisions."""

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from forums import rules
from forums.case_querysets import CaseQuerySet, ModerationQuerySet
from forums.enums import HideReason, ModerationKind
from forums.models import Board, Case, ModerationAction, Post, ReplyTemplate
from forums.querysets import Reader
from forums.services.cases.deciding import UNDO, can_undo, is_held_by_another

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Row:
    """A case as one person sees it."""

    case: Case
    reasons: list[tuple[str, int]]
    may_decide: bool
    is_held: bool
    may_undo: bool


def list_cases(user: Reader, show: str) -> CaseQuerySet:
    """Waiting, the person's own, or decided ones."""
    rows = Case.objects.visible_to(user).with_parts()
    if show == "done":
        return rows.filter(closed_at__isnull=False)
    return rows.open().filter(assignee=user.pk) if show == "mine" else rows.open()


def count_waiting(user: Reader) -> int:
    return Case.objects.visible_to(user).open().count()


def describe(case: Case, user: User) -> Row:
    """Without a query after `with_parts()`, except for whoever's district an appeal depends on."""
    found = Counter(report.reason for report in case.reports.all()) or Counter([case.reason])
    return Row(
        case=case,
        reasons=[(str(HideReason(reason).label), count) for reason, count in found.most_common()],
        may_decide=case.is_open and rules.can_decide(user, case),
        is_held=is_held_by_another(case, user),
        may_undo=can_undo(case, user) and rules.can_decide(user, case),
    )


def count_earlier(post: Post) -> int:
    """How many decisions of the last year stand against other posts of this author."""
    if post.author_id is None and post.mask_id is None:
        return 0
    acts = ModerationAction.objects.standing().filter(
        post__author=post.author_id,
        post__mask=post.mask_id,
        kind__in=(ModerationKind.HIDE, ModerationKind.WARN),
        created_at__gt=timezone.now() - YEAR,
    )
    return acts.exclude(post=post).count()


def list_templates() -> list[ReplyTemplate]:
    return list(ReplyTemplate.objects.all())


def list_log(user: Reader) -> ModerationQuerySet:
    """What was decided where and why: no names and no words, and nothing that may still be undone."""
    settled = ModerationAction.objects.filter(
        post__topic__board__in=Board.objects.visible_to(user), undone_at=None, created_at__lt=timezone.now() - UNDO
    )
    return settled.select_related("post__topic__board").only(
        "kind", "reason", "created_at", "overturned_at", "post__topic__board"
    )


def find_act_against(user: User, public_id: uuid.UUID) -> ModerationAction | None:
    """The act, if this person wrote what it is about."""
    acts = ModerationAction.objects.filter(kind__in=(ModerationKind.HIDE, ModerationKind.WARN), undone_at=None)
    parts = ("post__topic__board", "post__author", "post__mask", "case", "appeal")
    act = acts.select_related(*parts).filter(public_id=public_id).first()
    return act if act is not None and rules.wrote(user, act.post) else None
