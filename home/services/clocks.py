"""What happens because time passes, for every part of the site; the clocks program calls it every few minutes."""

import logging
from collections.abc import Callable

from django_tasks import task

from courses.services.upkeep import forget_uploads, publish_due
from forums.services.cases.telling import remind_of_overdue, tell_decisions
from forums.services.held_clock import release_due, remind_of_held
from forums.services.masking import forget_refusals
from forums.services.polls.making import end_polls
from forums.services.questions.clock import remind_of_questions
from notifications.services.delivery import sweep
from participation.services.feedback.asking import ask_for_feedback
from participation.services.indicators.standing import keep_indicators
from participation.services.meeting_clock import remind_of_meetings
from participation.services.minutes import ask_for_minutes
from participation.services.reminders import remind_of_steps
from participation.services.room.opening import close_past_rooms
from volunteers.services.clocks import CLOCKS as VOLUNTEER_CLOCKS
from volunteers.services.finding.standing import count_day
from volunteers.services.finding.watch import watch_searches
from volunteers.services.ledger.nightly import keep_ledger

logger = logging.getLogger(__name__)
CLOCKS: tuple[Callable[[], object], ...] = (
    *VOLUNTEER_CLOCKS,
    count_day,
    watch_searches,
    publish_due,
    end_polls,
    remind_of_questions,
    forget_uploads,
    sweep,
    keep_ledger,
    remind_of_steps,
    remind_of_meetings,
    ask_for_minutes,
    ask_for_feedback,
    keep_indicators,
    close_past_rooms,
    tell_decisions,
    remind_of_overdue,
    release_due,
    remind_of_held,
    forget_refusals,
)


def keep_clocks() -> None:
    """Every clock once. One that fails is logged and does not stop the others."""
    for clock in CLOCKS:
        try:
            clock()
        except Exception:
            logger.exception("%s.%s failed", clock.__module__, clock.__name__)


@task()
def keep_clocks_task() -> None:
    """For a scheduler that speaks to the task queue."""
    keep_clocks()
