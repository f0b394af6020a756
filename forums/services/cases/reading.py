"""What those who decide see of the queue, and what everybody sees of the decisions."""

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from forums import rules
from forums.case_querysets import CaseQuerySet, ModerationQuerySet
from forums.enums import HideReason, ModerationKind
from forums.models import Board, Case, Mask, ModerationAction, Post, ReplyTemplate, SealOpening, Topic
from forums.querysets import Reader
from forums.services.cases.deciding import UNDO, can_undo, is_held_by_another

AGAINST = (ModerationKind.HIDE, ModerationKind.WARN)
BESIDE = 2  # posts shown before and after
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Row:
    """A case as one person sees it."""

    case: Case
    reasons: list[tuple[str, int]]
    may_decide: bool
    is_held: bool
    may_undo: bool


def find_cases(user: Reader) -> CaseQuerySet:
    """What this person may see, without what they wrote under a mask: only their own session can tell. Who is told of
    a case is found without this, or the one who is not told would be its author.
    """
    rows = Case.objects.visible_to(user)
    masked = rows.filter(post__mask__isnull=False).order_by().values("post__mask")
    return rows.exclude(post__mask__in=rules.list_worn(user, Mask.objects.filter(pk__in=masked)))


def list_cases(user: Reader, show: str) -> CaseQuerySet:
    """Waiting, the person's own, or decided ones."""
    rows = find_cases(user).with_parts()
    if show == "done":
        return rows.filter(closed_at__isnull=False)
    return rows.open().filter(assignee=user.pk) if show == "mine" else rows.open()


def count_waiting(user: Reader) -> int:
    """As `find_cases` counts, in one query."""
    rows = Case.objects.visible_to(user).open().order_by()
    groups = rows.values_list("post__mask__topic_key", "post__mask__tag").annotate(count=Count("pk"))
    return sum(
        count for key, tag, count in groups if key is None or not rules.wears(user, Mask(topic_key=key, tag=tag))
    )


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
        kind__in=AGAINST,
        created_at__gt=timezone.now() - YEAR,
    )
    return acts.exclude(post=post).count()


def list_around(post: Post, *, user: User) -> list[Post] | None:
    """For whoever decides and may not read the topic, as the programme of a hidden or private one: how it begins, and
    the posts beside this one. None for whoever can read it there.
    """
    if Topic.objects.visible_to(user).filter(pk=post.topic_id).exists():
        return None
    beside = Q(number=1) | Q(number__range=(post.number - BESIDE, post.number + BESIDE))
    rows = Post.objects.visible().filter(beside, topic=post.topic_id).exclude(pk=post.pk)
    return list(rows.select_related("author", "mask").order_by("number"))


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


def list_opened() -> QuerySet[SealOpening]:
    """What was asked and answered about seals: the day, the kind of danger and the answer, nothing else."""
    return SealOpening.objects.filter(decided_at__isnull=False).only("kind", "decided_at", "is_agreed")


def list_acts_against(user: User) -> ModerationQuerySet:
    """What was decided about posts under the person's name, the latest first. What they wrote under a mask stands on
    the page of that alone.
    """
    acts = ModerationAction.objects.filter(post__author=user, kind__in=AGAINST, undone_at=None)
    return acts.select_related("post__topic").order_by("-created_at", "-pk")


def find_act_against(user: User, public_id: uuid.UUID) -> ModerationAction | None:
    """The act, if this person wrote what it is about."""
    acts = ModerationAction.objects.filter(kind__in=AGAINST, undone_at=None)
    parts = ("post__topic__board", "post__author", "post__mask", "case", "appeal")
    act = acts.select_related(*parts).filter(public_id=public_id).first()
    return act if act is not None and rules.wrote(user, act.post) else None
