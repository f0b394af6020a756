"""A nudge from a facilitator: seldom, kind, and seen only here."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from courses.enums import NudgeSentence
from courses.models import Cohort, Nudge
from courses.services.notices import notify_nudged

PAUSE = timedelta(days=3)  # between two nudges to one learner, whoever sends them


@dataclass(frozen=True)
class Nudged:
    """How many learners got it, how many had one less than three days ago."""

    sent: int
    held_back: int


@transaction.atomic
def send_nudges(
    cohort: Cohort,
    *,
    by: User,
    sentence: NudgeSentence,
    text: str = "",
    members: Collection[int] = (),
    quiet_days: int | None = None,
) -> Nudged:
    """To these members, or to all that were quiet so long. Minors get the ready sentence alone: product.md, Minors."""
    current = cohort.members.current()
    chosen = current.filter(pk__in=members) if quiet_days is None else current.quiet_for(quiet_days)
    people = list(User.objects.select_for_update().filter(pk__in=chosen.values("user")).order_by("pk"))
    now = timezone.now()
    recent = Nudge.objects.filter(user__in=chosen.values("user"), sent_at__gt=now - PAUSE)
    resting = set(recent.values_list("user_id", flat=True))
    nudges = [
        Nudge(
            cohort=cohort,
            user=person,
            by=by,
            sentence=sentence,
            text="" if person.is_minor else text.strip(),
            sent_at=now,
        )
        for person in people
        if person.pk not in resting
    ]
    notify_nudged(Nudge.objects.bulk_create(nudges, batch_size=500))
    return Nudged(len(nudges), len(people) - len(nudges))


def mark_seen(cohort: Cohort, *, by: User) -> None:
    """The learner has read what the facilitators of this cohort wrote so far."""
    cohort.nudges.filter(user=by).unread().update(read_at=timezone.now())
