"""The clock: two hours and seven days after a meeting, whoever came and whoever could have come is asked once each."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from accounts.models import User
from notifications.services import notify
from participation.enums import FeedbackStage, MeetingStatus
from participation.models import Choice, Meeting
from participation.services.feedback.answering import make_address
from participation.services.meetings import describe
from participation.services.notices import feedback as notices

STAGES = (  # how long after the end, and until when it still makes sense to ask
    (FeedbackStage.HOURS, timedelta(hours=2), timedelta(days=3)),
    (FeedbackStage.DAYS, timedelta(days=7), timedelta(days=21)),
)
MOST_FOLLOWERS = 2000  # of one commune that are asked of one meeting


def ask_for_feedback() -> int:
    """Queue the questions of each meeting and stage that is due, once; answers how many."""
    now, asked = timezone.now(), 0
    for number, (stage, after, until) in enumerate(STAGES, 1):
        due = Meeting.objects.filter(
            status=MeetingStatus.ANNOUNCED,
            feedback_asked__lt=number,
            ends_at__lte=now - after,
            ends_at__gt=now - until,
        )
        asked += sum(_ask(pk, number, stage) for pk in due.values_list("pk", flat=True))
    return asked


@transaction.atomic
def _ask(pk: int, number: int, stage: FeedbackStage) -> bool:
    """Mark and queue in one step: two clocks at once ask once, and a crash between them loses nothing."""
    is_first = bool(Meeting.objects.filter(pk=pk, feedback_asked__lt=number).update(feedback_asked=number))
    if is_first:
        ask_task.enqueue(pk, stage.value)
    return is_first


def list_came(meeting: Meeting) -> list[User]:
    return [row.user for row in meeting.check_ins.select_related("user")]


def list_missed(meeting: Meeting) -> list[User]:
    """Who answered, sent a word, chose or follows the commune, and did not check in. Many of them came all the same."""
    people = {row.user.pk: row.user for row in meeting.rsvps.select_related("user")}
    people |= {row.user.pk: row.user for row in meeting.inputs.select_related("user") if row.user}
    choices = Choice.objects.filter(question__meeting=meeting).select_related("user")
    people |= {row.user.pk: row.user for row in choices}
    follows = meeting.commune.follows.filter(user__is_active=True).select_related("user").order_by("pk")
    people |= {row.user.pk: row.user for row in follows[:MOST_FOLLOWERS]}
    came = set(meeting.check_ins.values_list("user", flat=True))
    return [person for pk, person in sorted(people.items()) if pk not in came]


@task()
def ask_task(pk: int, code: str) -> None:
    meeting, stage = Meeting.objects.select_related("commune").get(pk=pk), FeedbackStage(code)
    for kind, people in ((notices.HOW_WAS_IT, list_came(meeting)), (notices.WHY_NOT, list_missed(meeting))):
        for person in people:
            notify(
                [person],
                kind=kind,
                data=describe(meeting),
                dedupe_key=f"feedback:{meeting.public_id}:{stage}",
                url=make_address(meeting, person, stage),
            )
