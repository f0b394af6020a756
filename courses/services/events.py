"""What phones tell, many at a time: stored once, in order, late ones as late, and acted on."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Length, Substr
from django.utils import timezone
from wagtail.models import Page

from courses.enums import EventKind, EventOutcome
from courses.models import Enrolment, LessonCompletion, ProgressEvent
from courses.querysets import Learner
from courses.services.progress import check_finished
from ui.kept import Clock

Owner = tuple[int | None, uuid.UUID | None]  # a person's pk or a visitor's uuid
Place = tuple[uuid.UUID, bool]  # a page's key, and whether it is a course's

MOST_EVENTS = 500
LATE = timedelta(hours=24)  # a phone that was without network for a night is no news; later is marked


@dataclass(frozen=True)
class Event:
    """One event as a phone tells it. `key` is the lesson's, for `enrolled` the course's; `happened_at` its clock."""

    client_id: uuid.UUID
    kind: EventKind
    key: uuid.UUID
    happened_at: datetime
    seconds: int = 0


@transaction.atomic
def store_events(learner: Learner, events: Sequence[Event], *, sent_at: datetime | None = None) -> list[EventOutcome]:
    """Store a batch and do what it says. One outcome an event, in the same order; sending again changes nothing.

    As many queries for 500 events as for one, but for the database's limit on the parameters of one statement.
    """
    clock = Clock(timezone.now(), sent_at)
    owners = _find_owners(event.client_id for event in events)
    courses = _find_courses(events)
    fresh: dict[uuid.UUID, ProgressEvent] = {}
    outcomes = []
    for event in events:
        outcome = _judge(event, learner, owners, courses)
        if outcome == EventOutcome.STORED and event.client_id in fresh:
            outcome = EventOutcome.KNOWN
        if outcome == EventOutcome.STORED:
            fresh[event.client_id] = _to_row(event, learner, courses[_to_place(event)], clock)
        outcomes.append(outcome)
    rows = list(fresh.values())
    ProgressEvent.objects.bulk_create(rows, ignore_conflicts=True)  # the same batch may arrive twice at once
    _apply(learner, rows)
    return outcomes


def _judge(
    event: Event, learner: Learner, owners: dict[uuid.UUID, Owner], courses: dict[Place, uuid.UUID]
) -> EventOutcome:
    if event.client_id in owners:
        return EventOutcome.KNOWN if owners[event.client_id] == _identity(learner) else EventOutcome.REFUSED
    return EventOutcome.STORED if _to_place(event) in courses else EventOutcome.GONE


def _identity(learner: Learner) -> Owner:
    return (learner.user.pk, None) if learner.user else (None, learner.visitor)


def _find_owners(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Owner]:
    rows = ProgressEvent.objects.filter(client_id__in=list(ids)).values_list("client_id", "user_id", "visitor")
    return {client_id: (user, visitor) for client_id, user, visitor in rows}


def _to_place(event: Event) -> Place:
    return event.key, event.kind == EventKind.ENROLLED


def _find_courses(events: Sequence[Event]) -> dict[Place, uuid.UUID]:
    """The course's key for every live lesson, and live course, that the events name. One query."""
    parent = Page.objects.filter(path=OuterRef("course_path")).values("translation_key")[:1]
    pages = (
        Page.objects.live()
        .filter(Q(coursepage__isnull=False) | Q(lessonpage__isnull=False))
        .filter(translation_key__in={event.key for event in events})
        .annotate(course_path=Substr("path", 1, Length("path") - Page.steplen), parent_key=Subquery(parent))
        .values_list("translation_key", "coursepage", "parent_key")
    )
    return {(key, bool(course)): key if course else parent for key, course, parent in pages}


def _to_row(event: Event, learner: Learner, course_key: uuid.UUID, clock: Clock) -> ProgressEvent:
    moment = clock.correct(event.happened_at)
    return ProgressEvent(
        **learner.columns,
        client_id=event.client_id,
        kind=event.kind,
        course_key=course_key,
        lesson_key=None if event.kind == EventKind.ENROLLED else event.key,
        seconds=event.seconds if event.kind == EventKind.STUDIED else 0,
        happened_at=moment,
        is_late=clock.received_at - moment > LATE,
        clock_offset=round((moment - event.happened_at).total_seconds()),
    )


def _apply(learner: Learner, rows: Sequence[ProgressEvent]) -> None:
    """Begin the courses, complete the lessons, finish what is complete."""
    if not rows:
        return
    starts: dict[uuid.UUID, datetime] = {}
    for row in rows:
        starts[row.course_key] = min(row.happened_at, starts.get(row.course_key, row.happened_at))
    _enrol_in_all(learner, starts)
    done: dict[uuid.UUID, ProgressEvent] = {}
    for row in rows:
        if row.kind == EventKind.DONE and row.lesson_key:
            done.setdefault(row.lesson_key, row)
    if not done:
        return
    completions = [
        LessonCompletion(
            **learner.columns,
            course_key=row.course_key,
            lesson_key=key,
            client_id=row.client_id,
            happened_at=row.happened_at,
        )
        for key, row in done.items()
    ]
    LessonCompletion.objects.bulk_create(completions, ignore_conflicts=True)
    check_finished(learner, course_keys=list({row.course_key for row in completions}))


def _enrol_in_all(learner: Learner, starts: dict[uuid.UUID, datetime]) -> None:
    now = timezone.now()
    Enrolment.objects.of(learner).filter(course_key__in=starts).update(touched_at=now)
    rows = [
        Enrolment(**learner.columns, course_key=key, started_at=start, touched_at=now) for key, start in starts.items()
    ]
    Enrolment.objects.bulk_create(rows, ignore_conflicts=True)
