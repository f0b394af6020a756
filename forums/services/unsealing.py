"""Opening a seal takes two people: a moderator asks with a reason, somebody of the programme agrees; neither a party.
What was asked and why is kept for ever, and its author reads it.
"""

from datetime import timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from accounts.models import User
from accounts.rules import STAFF, is_programme_staff
from forums import rendering, rules, seals
from forums.enums import SealReason
from forums.errors import CaseError, NotAllowedError, check
from forums.models import Mask, Post, SealOpening
from forums.querysets import on_own_boards
from forums.services.deciders import find_deciders
from forums.services.following import name_board
from forums.services.notices import moderating as news
from notifications.services import notify

OPEN_FOR = timedelta(hours=48)  # afterwards nobody reads the name here again


def ask_to_open(post: Post, *, by: User, reason: str, kind: SealReason = SealReason.OTHER) -> SealOpening:
    """One question at a time about one mask. Raises `NotAllowedError`, `CaseError`."""
    check(rules.can_judge, by, post)
    if post.mask is None or not post.mask.sealed:
        raise CaseError(_("Nobody is sealed here."))
    words = rendering.clean(reason)[:500]
    with transaction.atomic():
        row, is_new = SealOpening.objects.get_or_create(
            mask=post.mask, decided_at=None, defaults={"asked_by": by, "post": post, "reason": words, "kind": kind}
        )
        if is_new:
            transaction.on_commit(partial(tell_of_question_task.enqueue, row.pk))
    return row


def can_answer(user: User, row: SealOpening) -> bool:
    """Somebody of the programme, not who asked, no party."""
    return bool(is_programme_staff(user)) and row.asked_by_id != user.pk and not rules.is_party(user, row.post)


@transaction.atomic
def answer(row: SealOpening, *, by: User, agrees: bool) -> SealOpening:
    """The second person's word. Raises `NotAllowedError`, `CaseError`."""
    row = (
        SealOpening.objects.select_for_update(of=("self",)).select_related("post__topic__board", "mask").get(pk=row.pk)
    )
    if not can_answer(by, row):
        raise NotAllowedError("can_answer")
    if row.decided_at is not None:
        raise CaseError(_("Somebody has decided this already."))
    row.decided_by, row.decided_at, row.is_agreed = by, timezone.now(), agrees
    row.save()
    transaction.on_commit(partial(tell_of_answer_task.enqueue, row.pk))
    return row


def is_open(row: SealOpening) -> bool:
    return row.is_agreed and row.decided_at is not None and row.decided_at > timezone.now() - OPEN_FOR


def find_person(row: SealOpening, *, by: User) -> User | None:
    """Who it is, for the two people and for 48 hours; None when they have left. Raises `NotAllowedError`."""
    if by.pk not in (row.asked_by_id, row.decided_by_id) or not is_open(row):
        raise NotAllowedError("find_person")
    try:
        person = seals.unseal(row.mask.sealed, topic=row.mask.topic_key, tag=row.mask.tag)
    except seals.SealError:
        return None
    return User.objects.filter(public_id=person, is_active=True).first()


def list_openings(user: User) -> QuerySet[SealOpening]:
    """What this person asked, or may answer, or has answered; nothing they wrote under a mask themselves, which only
    their own session can tell.
    """
    asked = Mask.objects.filter(openings__isnull=False).distinct()
    mine = Q(asked_by=user) | Q(decided_by=user)
    return list_openings_for(user).filter(mine | ~Q(mask__in=rules.list_worn(user, asked)))


def list_openings_for(user: User) -> QuerySet[SealOpening]:
    """The same as far as the rows alone can tell."""
    seen = Q(asked_by=user) | Q(decided_by=user)
    if is_programme_staff(user):
        seen |= ~on_own_boards(user, "post__topic__board")
    parts = ("post__topic__board", "post__mask", "mask", "asked_by", "decided_by")
    return SealOpening.objects.filter(seen).select_related(*parts)


@task()
def tell_of_question_task(pk: int) -> None:
    """The programme, at once: somebody may be in danger. Who else but the asker may answer is told."""
    row = SealOpening.objects.select_related("post__topic__board").filter(pk=pk, decided_at=None).first()
    if row is None:
        return
    people = [user for user in find_deciders([STAFF], list_openings_for, row) if user.pk != row.asked_by_id]
    data = {"board": name_board(row.post.topic.board), "danger": row.kind}
    notify(people, kind=news.SEAL_ASKED, url=row.get_absolute_url(), dedupe_key=f"seal:{pk}", data=data)


@task()
def tell_of_answer_task(pk: int) -> None:
    """Who asked."""
    row = SealOpening.objects.select_related("post__topic__board", "asked_by").get(pk=pk)
    kind = news.SEAL_OPENED if row.is_agreed else news.SEAL_REFUSED
    data = {"board": name_board(row.post.topic.board)}
    notify([row.asked_by], kind=kind, url=row.get_absolute_url(), dedupe_key=f"seal:{pk}:answer", data=data)
