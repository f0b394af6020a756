"""Opening a seal takes two people: a moderator asks with a reason, somebody of the programme agrees; neither a party.
What was asked and why is kept for ever, and its author reads it.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules import is_programme_staff
from forums import rendering, rules, seals
from forums.enums import SealReason
from forums.errors import CaseError, NotAllowedError, check
from forums.models import Post, SealOpening

OPEN_FOR = timedelta(hours=48)  # afterwards nobody reads the name here again


def ask_to_open(post: Post, *, by: User, reason: str, kind: SealReason = SealReason.OTHER) -> SealOpening:
    """One question at a time about one mask. Raises `NotAllowedError`, `CaseError`."""
    check(rules.can_judge, by, post)
    if post.mask is None or not post.mask.sealed:
        raise CaseError(_("Nobody is sealed here."))
    words = rendering.clean(reason)[:500]
    with transaction.atomic():
        row, _made = SealOpening.objects.get_or_create(
            mask=post.mask, decided_at=None, defaults={"asked_by": by, "post": post, "reason": words, "kind": kind}
        )
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


def list_openings(user: User) -> list[SealOpening]:
    """What this person asked, or may answer, or has answered."""
    rows = SealOpening.objects.select_related("post__topic__board", "post__mask", "mask", "asked_by", "decided_by")
    return [row for row in rows[:200] if user.pk in (row.asked_by_id, row.decided_by_id) or can_answer(user, row)]
