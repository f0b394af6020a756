"""How long a post may wait before others can read it: one rule for each kind of hold.

| kind | by itself | moderators reminded | the programme asked, and its writer told |
|---|---|---|---|
| first post | after 12 hours, looked at or not | after `HELD_REMINDER_HOURS` | only if the clock failed |
| watched word | never: a person decides | likewise | after `HELD_ESCALATION_HOURS` |
| quiet time | when the quiet time is over; a moderator then looks at it in the queue | likewise | likewise |

A protected writer is never told by a notification: what goes on stands on the post's own page.
"""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from forums.enums import HoldReason
from forums.models import HeldPost
from forums.services.watching import find_quiet, find_word_hold

FIRST_WAITS = timedelta(hours=12)


def find_release(why: HoldReason, now: datetime) -> datetime | None:
    """When the clock lets it through; None: by nothing that is known now."""
    return now + FIRST_WAITS if why == HoldReason.FIRST else None


def find_end(held: HeldPost) -> datetime | None:
    """For its writer and for moderators: when it stands by itself, as things are now."""
    quiet = find_quiet() if held.why == HoldReason.QUIET else None
    if quiet is None:
        return held.release_at
    after = date.fromisoformat(quiet["until"]) + timedelta(days=1)
    return timezone.make_aware(datetime.combine(after, time.min))


def list_due() -> QuerySet[HeldPost]:
    """What has waited as long as its rule says, what was due first first."""
    over = Q(release_at__lt=timezone.now())
    if find_quiet() is None:
        over |= Q(why=HoldReason.QUIET)
    return HeldPost.objects.filter(over).select_related("topic").order_by("held_at", "pk")


def find_word_left(held: HeldPost) -> HoldReason | None:
    """Of one that the end of the quiet time frees: a word that was put on the list meanwhile."""
    return find_word_hold(f"{held.title}\n{held.source}") if held.why == HoldReason.QUIET else None


def list_to_remind() -> QuerySet[HeldPost]:
    """What moderators have left lying."""
    return _waiting_since(settings.HELD_REMINDER_HOURS).filter(reminded_at=None, escalated_at=None)


def list_to_escalate() -> QuerySet[HeldPost]:
    """What waits too long although nothing lets it through by itself."""
    return _waiting_since(settings.HELD_ESCALATION_HOURS).filter(release_at=None, escalated_at=None)


def _waiting_since(hours: int) -> QuerySet[HeldPost]:
    """0 hours: nobody is reminded."""
    if not hours:
        return HeldPost.objects.none()
    rows = HeldPost.objects.filter(held_at__lt=timezone.now() - timedelta(hours=hours))
    return rows.select_related("board", "topic", "author").order_by("held_at", "pk")
