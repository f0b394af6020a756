"""Checking in at a meeting by the code on the office's screen, also from a phone that had no network then.

The code, its tries and its clock are those of shifts (decision 0032); here nobody had to sign up first.
"""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_tasks import task

from accounts.models import User
from accounts.rules import may_post
from notifications.services import notify
from participation import rules
from participation.enums import AgeBand, CountedBy, MeetingStatus
from participation.models import CheckIn, Meeting
from participation.services.attendance.counting import add
from participation.services.notices import attendance as notices
from participation.services.planning import name_both_ways
from volunteers.enums import Arrival
from volunteers.services.serving.check_in import GRACE, LONGEST_WAY, OLDEST, WrongCodeError, check_tries, refuse
from volunteers.services.serving.codes import OPENS, clean_code, is_fresh, was_shown

MOST_MEETINGS = 20  # that a code without its meeting is compared with
SURE = (Arrival.CODE, Arrival.LATE, Arrival.OFFICE)


@dataclass(frozen=True)
class Coming:
    """What the person says of themselves as they come: all of it is free, and goes into sums."""

    hides_name: bool = False
    sex: str = ""
    age: str = ""
    channel: str = ""
    groups: Collection[str] = field(default_factory=tuple)
    was_counted: bool = False  # by this phone, before they signed in


@dataclass(frozen=True)
class Moment:
    """When it was typed by our clock, the phone's id of it, and whether the phone kept it meanwhile."""

    happened_at: datetime | None = None
    client_id: uuid.UUID | None = None
    is_kept: bool = False


def band_of(person: User) -> str:
    """By the birth year of the account; "" where it is not known, or below the bands."""
    age = person.age
    bands = ((61, AgeBand.ELDERLY), (36, AgeBand.MIDDLE), (18, AgeBand.YOUTH), (15, AgeBand.MINOR))
    return next((band.value for least, band in bands if age is not None and age >= least), "")


def check_in(
    person: User, typed: str, coming: Coming | None = None, *, at: uuid.UUID | None = None, moment: Moment | None = None
) -> CheckIn:
    """The person came to the meeting whose code this is: the one with id `at`, or one near them. Twice is once.

    A code of that very moment counts, late ones as late. One that the screen showed at another time is kept, and the
    office asked; so is a wrong one that waited on a phone, as nobody sits in front of it any more. Under 15 only a code
    of that moment counts, in the sums alone: the row that is answered then is not kept.
    Raises `WrongCodeError`, `TooManyTriesError`.
    """
    coming, moment = coming or Coming(), moment or Moment()
    sent = CheckIn.objects.filter(user=person, client_id=moment.client_id).first() if moment.client_id else None
    if sent is not None:
        return sent
    check_tries(person)
    typed_at, code = moment.happened_at or timezone.now(), clean_code(typed)
    meetings = list_meetings(person, typed_at, at)
    if timezone.now() - typed_at <= LONGEST_WAY:
        for meeting in meetings:
            if is_fresh(meeting, code, typed_at) and meeting.starts_at - OPENS <= typed_at <= meeting.ends_at:
                arrival = Arrival.LATE if typed_at > meeting.starts_at + GRACE else Arrival.CODE
                arrive = _arrive if may_post(person) else _count_unnamed
                return arrive(person, meeting, arrival, coming, moment)
    if not may_post(person):
        raise refuse(person)
    for meeting in meetings:
        if was_shown(meeting, code):
            return _arrive(person, meeting, Arrival.UNSURE, coming, moment)
    refusal = refuse(person)
    if moment.is_kept:
        return _keep_unproved(person, meetings, coming, moment, refusal)
    raise refusal


def list_meetings(person: User, moment: datetime, at: uuid.UUID | None) -> list[Meeting]:
    """That could be meant, the nearest first: the one named, or those the person answered, follows or lives near."""
    now = timezone.now()
    rows = Meeting.objects.filter(status=MeetingStatus.ANNOUNCED, starts_at__lte=now + OPENS, ends_at__gte=now - OLDEST)
    here = [place for place in (person.home_commune_id, person.current_commune_id) if place]
    near = Q(rsvps__user=person) | Q(commune__follows__user=person) | Q(commune__in=here)
    rows = rows.filter(public_id=at) if at else rows.filter(near).distinct().order_by("-starts_at")
    return sorted(rows[:MOST_MEETINGS], key=lambda meeting: abs(meeting.starts_at - moment))


def _keep_unproved(
    person: User, meetings: list[Meeting], coming: Coming, moment: Moment, refusal: WrongCodeError
) -> CheckIn:
    """The person's word at the meeting of that moment; they are told that the office confirms it."""
    typed_at = moment.happened_at or timezone.now()
    meant = [each for each in meetings if each.starts_at - OPENS <= typed_at <= each.ends_at]
    if not meant:
        raise refusal
    row = _arrive(person, meant[0], Arrival.UNPROVED, coming, moment)
    if row.arrival == Arrival.UNPROVED:
        transaction.on_commit(partial(tell_unproved_task.enqueue, row.pk))
    return row


@transaction.atomic
def _arrive(person: User, meeting: Meeting, arrival: Arrival, coming: Coming, moment: Moment) -> CheckIn:
    """A row for the person, counted once it is sure. What was sure before stays as it was."""
    User.objects.select_for_update().filter(pk=person.pk).values("pk").get()
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    row = CheckIn.objects.filter(meeting=meeting, user=person).first()
    if row is not None and (row.is_counted or arrival not in SURE):
        return row
    now = timezone.now()
    row = row or CheckIn(meeting=meeting, user=person, client_id=_find_free_id(moment.client_id))
    row.arrival, row.happened_at = arrival, min(moment.happened_at or now, now)
    row.hides_name, row.channel = coming.hides_name or person.is_minor, coming.channel
    row.sex, row.age = coming.sex, coming.age
    row.was_counted = coming.was_counted
    if arrival in SURE:
        _count(row, coming.groups)
    row.save()
    return row


@transaction.atomic
def _count_unnamed(person: User, meeting: Meeting, arrival: Arrival, coming: Coming, moment: Moment) -> CheckIn:
    """Into the sums, once while the code can still be sent; no row tells that the child was there."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    row = CheckIn(meeting=meeting, user=person, arrival=arrival, happened_at=moment.happened_at or timezone.now())
    row.sex, row.age = coming.sex, "" if person.age is not None else coming.age
    row.was_counted = coming.was_counted
    mark = salted_hmac("participation.unnamed", f"{meeting.public_id}:{person.pk}", algorithm="sha256").hexdigest()
    if cache.add(f"came:{mark}", True, LONGEST_WAY.total_seconds() * 2):
        _count(row, coming.groups)
    row.is_counted = True
    return row


def _find_free_id(client_id: uuid.UUID | None) -> uuid.UUID:
    """An id that another person's phone used says nothing here."""
    taken = client_id is None or CheckIn.objects.filter(client_id=client_id).exists()
    return uuid.uuid4() if taken or client_id is None else client_id


def _count(row: CheckIn, groups: Collection[str] = ()) -> None:
    """Into the sums, unless they are there already, and out of the row."""
    if not row.was_counted:
        add(row.meeting, CountedBy.CODE, sex=row.sex, age=row.age)
        for group in groups:
            add(row.meeting, CountedBy.CODE, group=group)
    row.is_counted, row.sex, row.age = True, "", ""


@transaction.atomic
def confirm(row: CheckIn, *, by: User) -> CheckIn:
    """The office saw the person. Twice is the same as once. Raises `PermissionDenied`."""
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("office").get(pk=row.meeting_id)
    if not rules.can_organise(by, meeting.office) or row.user_id == by.pk:
        raise PermissionDenied
    found = CheckIn.objects.select_related("meeting").get(pk=row.pk)
    if not found.is_counted:
        found.arrival = Arrival.OFFICE
        if timezone.now() >= meeting.ends_at + LONGEST_WAY:  # the sums by sex and age stand: one step would tell whose
            found.sex = found.age = ""
        _count(found)
        found.save()
    return found


def find_check_in(meeting: Meeting, user: User) -> CheckIn | None:
    return meeting.check_ins.filter(user=user).first()


def describe_check_ins(user: User) -> list[dict[str, str]]:
    """For the person's own copy of their data."""
    rows = CheckIn.objects.filter(user=user).select_related("meeting")
    return [
        {"meeting": row.meeting.title_km, "arrived_at": row.happened_at.isoformat(), "arrival": row.arrival}
        for row in rows
    ]


def forget_check_ins(user: User) -> None:
    """With the account goes that the person was there; the sums, which name nobody, stay."""
    CheckIn.objects.filter(user=user).delete()


@task()
def tell_unproved_task(pk: int) -> None:
    row = CheckIn.objects.select_related("user", "meeting__commune").get(pk=pk)
    notify(
        [row.user],
        kind=notices.UNPROVED,
        data={
            "meeting": {"km": row.meeting.title_km, "en": row.meeting.title_en},
            "commune": name_both_ways(row.meeting.commune),
        },
        dedupe_key=f"check-in:{row.pk}",
        url=row.meeting.get_absolute_url(),
    )


def find_attended(user: User | OuterRef) -> QuerySet[CheckIn]:
    """Meetings to which the person came, as far as the office has counted them."""
    return CheckIn.objects.filter(user=user, is_counted=True)
