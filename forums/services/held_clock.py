"""What happens to held posts because time passes; the rules stand in `patience`."""

from collections.abc import Iterable
from functools import partial

from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone
from django_tasks import task

from accounts.models import User
from accounts.rules import MODERATORS, STAFF
from forums.enums import HoldReason
from forums.errors import CaseError, NotAllowedError
from forums.models import HeldPost
from forums.services.deciders import find_deciders
from forums.services.following import name_board
from forums.services.holding import list_held_for, release
from forums.services.notices import moderating as news
from forums.services.patience import find_word_left, list_due, list_to_escalate, list_to_remind
from notifications.services import Kind, notify

MOST_AT_ONCE = 100
QUEUE = "/forum/reports/held/"


def release_due() -> int:
    """For the clocks: whoever waited as long as was said has waited enough."""
    return sum(_release_when_due(held) for held in list_due()[:MOST_AT_ONCE])


def _release_when_due(held: HeldPost) -> bool:
    try:
        if find_word_left(held) is None:
            release(held)
            return True
    except OperationalError:  # somebody is at the topic: the next round finds it again
        return False
    except (CaseError, IntegrityError, NotAllowedError):
        pass
    # A moderator looks, the words are not lost; the clock leaves it alone from now on.
    why = HoldReason.WORDS if held.why == HoldReason.QUIET else held.why
    HeldPost.objects.filter(pk=held.pk).update(release_at=None, why=why)
    return False


def remind_of_held() -> int:
    """For the clocks: moderators once, then the programme and its writer once, however many clocks run."""
    now = timezone.now()
    return sum(
        _mark(held, stamp, now)
        for stamp, rows in (("escalated_at", list_to_escalate()), ("reminded_at", list_to_remind()))
        for held in rows[:MOST_AT_ONCE]
    )


@transaction.atomic
def _mark(held: HeldPost, stamp: str, now: object) -> int:
    changed = HeldPost.objects.filter(pk=held.pk, **{stamp: None}).update(**{stamp: now})
    if changed:
        asks = tell_of_late_task if stamp == "escalated_at" else remind_task
        transaction.on_commit(partial(asks.enqueue, held.pk))
    return changed


@task()
def remind_task(pk: int) -> None:
    """To the moderators who may let it through."""
    for held in HeldPost.objects.select_related("board").filter(pk=pk):
        _tell(find_deciders([MODERATORS], list_held_for, held), held, news.HELD_WAITS)


@task()
def tell_of_late_task(pk: int) -> None:
    """To the programme, which may let it through now; and to its writer, unless protected, that others look."""
    for held in HeldPost.objects.select_related("board", "topic", "author").filter(pk=pk):
        _tell(find_deciders([STAFF], list_held_for, held), held, news.HELD_LATE)
        if held.author is not None:
            data = {"title": held.heading}
            key = f"held:{pk}:still"
            notify([held.author], kind=news.STILL_HELD, url=held.get_absolute_url(), dedupe_key=key, data=data)


def _tell(people: Iterable[User], held: HeldPost, kind: Kind) -> None:
    data = {"board": name_board(held.board), "why": held.why}
    key = f"held:{held.pk}:{kind.code}"
    notify(list(people), kind=kind, url=QUEUE, dedupe_key=key, data=data, group_key=kind.code)
