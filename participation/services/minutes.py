"""Minutes: written from the meeting's own agenda and inputs, published, and asked for until they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial, reduce
from operator import or_

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from accounts.models import User
from notifications.services import notify
from participation import rules
from participation.enums import MeetingStatus, Outcome, RsvpStatus
from participation.errors import RefusedError, StaleError
from participation.models import Decision, Meeting, Minutes
from participation.services.attendance.reconciling import count_came
from participation.services.choices import answer_questions, list_choosers
from participation.services.inputs import tell_organisers
from participation.services.meetings import describe
from participation.services.notices import inputs as notices
from participation.services.planning import tell_followers

REMINDED_AFTER = (timedelta(days=3), timedelta(days=7), timedelta(days=14), timedelta(days=28))
ASKED_FOR = timedelta(days=60)  # after that nobody is reminded any more


@dataclass(frozen=True)
class Line:
    """One decision as typed. `cost` in riel."""

    title_km: str
    outcome: Outcome
    title_en: str = ""
    cost: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class Text:
    """The minutes as typed. Without a `came_count` it is what was counted at the meeting."""

    summary_km: str
    summary_en: str = ""
    came_count: int | None = None


def read_version(minutes: Minutes | None) -> str:
    """Differs after every saving; "" before the first."""
    return minutes.changed_at.isoformat() if minutes else ""


def find_minutes(meeting: Meeting) -> Minutes | None:
    """With the decisions; two queries."""
    return Minutes.objects.filter(meeting=meeting).prefetch_related("decisions").first()


@transaction.atomic
def save_minutes(
    meeting: Meeting,
    text: Text,
    *,
    lines: Sequence[Line],
    by: User,
    publishes: bool = False,
    choices: Mapping[int, str] | None = None,
    seen: str | None = None,
) -> Minutes:
    """Keep them, and with `publishes` let everybody read them from now on; what is public stays so.

    `choices`: what the meeting made of each of its questions, by the question's id. `seen`: the `read_version` that was
    on the page; None does not ask.

    Raises `PermissionDenied` for a stranger to the office, `RefusedError` before the meeting or without a summary,
    `StaleError` where a colleague saved something else meanwhile.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("office", "commune").get(pk=meeting.pk)
    if not rules.can_organise(by, meeting.office):
        raise PermissionDenied
    if meeting.status != MeetingStatus.ANNOUNCED or meeting.starts_at > timezone.now():
        raise RefusedError(_("Minutes are written from the day of the meeting on."))
    minutes = Minutes.objects.filter(meeting=meeting).first() or Minutes(meeting=meeting)
    if seen is not None and seen != read_version(minutes if minutes.pk else None):
        _check_same(minutes, text, lines, choices or {})
    minutes.summary_km, minutes.summary_en = text.summary_km, text.summary_en
    minutes.came_count = text.came_count if text.came_count is not None else count_came(meeting) or None
    minutes.changed_at, minutes.changed_by = timezone.now(), by
    if publishes and minutes.published_at is None:
        _check_public(meeting, by, text)
        minutes.published_at = timezone.now()
        transaction.on_commit(partial(tell_of_minutes_task.enqueue, meeting.pk))
    minutes.save()
    answer_questions(meeting, choices or {}, by=by)
    minutes.decisions.all().delete()
    Decision.objects.bulk_create(
        Decision(minutes=minutes, position=number, **vars(line)) for number, line in enumerate(lines, 1)
    )
    return minutes


def _check_same(minutes: Minutes, text: Text, lines: Sequence[Line], choices: Mapping[int, str]) -> None:
    """The same text sent twice is no clash. Raises `StaleError` for another one."""
    names = ("title_km", "outcome", "title_en", "cost", "reason")
    kept = list(minutes.decisions.values_list(*names)) if minutes.pk else []
    is_same = (minutes.summary_km, minutes.summary_en) == (text.summary_km, text.summary_en)
    is_same = is_same and text.came_count in (None, minutes.came_count)
    is_same = is_same and kept == [tuple(getattr(line, name) for name in names) for line in lines]
    answers = dict(minutes.meeting.choice_questions.filter(pk__in=choices).values_list("pk", "answer"))
    if not is_same or answers != dict(choices):
        raise StaleError(
            _("Somebody of your office saved other minutes meanwhile. Read them in another window. Yours stand here.")
        )


def _check_public(meeting: Meeting, by: User, text: Text) -> None:
    if not rules.can_announce(by, meeting):
        raise PermissionDenied
    if not text.summary_km.strip():
        raise RefusedError(_("Say in a few sentences what was talked about. Then publish."))


def tell_of_minutes(meeting: Meeting) -> None:
    """Whoever came, waited, sent input or follows hears that they are there."""
    people = [row.user for row in meeting.rsvps.exclude(status=RsvpStatus.NOT_COMING).select_related("user")]
    people += [row.user for row in meeting.inputs.exclude(user=None).select_related("user") if row.user]
    people += [row.user for row in meeting.check_ins.select_related("user")]
    people += list_choosers(meeting)
    news = {
        "kind": notices.PUBLISHED,
        "data": describe(meeting),
        "dedupe_key": f"minutes:{meeting.public_id}",
        "url": meeting.get_absolute_url(),
    }
    notify(people, **news)  # type: ignore[arg-type]
    tell_followers(meeting.commune, **news)  # type: ignore[arg-type]


@task()
def tell_of_minutes_task(pk: int) -> None:
    tell_of_minutes(Meeting.objects.select_related("commune").get(pk=pk))


def ask_for_minutes() -> int:
    """Remind offices of meetings without published minutes, at each of `REMINDED_AFTER` once; answers how many."""
    now = timezone.now()
    due = Meeting.objects.filter(
        Q(minutes=None) | Q(minutes__published_at=None),
        status=MeetingStatus.ANNOUNCED,
        ends_at__lte=now - REMINDED_AFTER[0],
        ends_at__gt=now - ASKED_FOR,
    )
    later = [Q(minutes_asked__lt=number, ends_at__lte=now - wait) for number, wait in enumerate(REMINDED_AFTER, 1)]
    return sum(_ask(meeting, now) for meeting in due.filter(reduce(or_, later)).order_by("pk"))


@transaction.atomic
def _ask(meeting: Meeting, now: datetime) -> bool:
    """Count and queue in one step: two clocks at once ask once, and whoever was asked is not looked at again."""
    number = sum(meeting.ends_at <= now - wait for wait in REMINDED_AFTER)
    rows = Meeting.objects.filter(pk=meeting.pk, minutes_asked=meeting.minutes_asked)
    is_first = bool(rows.update(minutes_asked=number))
    if is_first:
        ask_task.enqueue(meeting.pk, number)
    return is_first


@task()
def ask_task(pk: int, number: int) -> None:
    meeting = Meeting.objects.select_related("commune").get(pk=pk)
    tell_organisers(
        meeting,
        kind=notices.MINUTES_DUE,
        data=describe(meeting) | {"waiting": meeting.inputs.unanswered().count()},
        dedupe_key=f"minutes-due:{meeting.public_id}:{number}",
    )
