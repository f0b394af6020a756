"""What waits on an office's desk of its serving volunteers: hours, rolls, appeals."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Window
from django.utils import timezone

from accounts.models import User
from volunteers.enums import Appeal, SignupStatus
from volunteers.models import Application, HoursEntry, Placement, Shift, ShiftSignup
from volunteers.services.serving.attendance import ON_THE_ROLL
from volunteers.services.serving.attendance_conditions import ONLY_SAID
from volunteers.services.serving.clocks import ROLL_DAYS
from volunteers.services.serving.codes import OPENS
from volunteers.serving_querysets import HoursQuerySet

SHOWN_DONE = 10
SHOWN_WAITING = 3  # on the desk itself; the page of hours has them all
UNSURE = Q(arrival__in=ONLY_SAID) & ~Q(status=SignupStatus.ATTENDED)  # says so, and the office has not confirmed it


@dataclass
class Person:
    """One volunteer's claims, in the order of their days."""

    placement: Placement
    entries: list[HoursEntry] = field(default_factory=list)

    @property
    def name(self) -> str:
        return name_of(self.placement.application)

    @property
    def minutes(self) -> int:
        return sum(entry.minutes for entry in self.entries)


def name_of(application: Application) -> str:
    """The name while the office may read it, else the code name."""
    return application.applicant.get_full_name() if application.is_named else application.code_name


def list_to_confirm(user: User | AnonymousUser) -> QuerySet[HoursEntry]:
    """Claims of all offices the person acts for, by person and day."""
    return HoursEntry.objects.of_offices_of(user).to_confirm().with_work().select_related("signup")


def group_by_person(entries: Iterable[HoursEntry]) -> list[Person]:
    found: dict[int, Person] = {}
    for entry in entries:
        found.setdefault(entry.placement_id, Person(entry.placement)).entries.append(entry)
    return list(found.values())


def list_open_rolls(user: User | AnonymousUser) -> QuerySet[Shift]:
    """Shifts that show their code now or ended lately with somebody unrecorded; the oldest first."""
    now = timezone.now()
    coming = Q(signups__status=SignupStatus.SIGNED_UP)
    rows = Shift.objects.of_offices_of(user).filter(
        cancelled_at=None, starts_at__lte=now + OPENS, ends_at__gte=now - timedelta(days=ROLL_DAYS)
    )
    counted = rows.select_related("request").annotate(
        expected=Count("signups", filter=Q(signups__status__in=ON_THE_ROLL)),
        unrecorded=Count("signups", filter=coming),
        unsure=Count("signups", filter=Q(signups__arrival__in=ONLY_SAID) & ~Q(signups__status=SignupStatus.ATTENDED)),
    )
    return counted.filter(Q(unrecorded__gt=0) | Q(unsure__gt=0) | Q(ends_at__gte=now, expected__gt=0))


def list_done_rolls(user: User) -> list[Shift]:
    """The latest that are over, to look again."""
    rows = Shift.objects.of_offices_of(user).filter(cancelled_at=None, ends_at__lt=timezone.now(), seats_filled__gt=0)
    return list(rows.select_related("request").order_by("-starts_at", "-pk")[:SHOWN_DONE])


def list_appeals(user: User | AnonymousUser) -> QuerySet[ShiftSignup]:
    """Against a "did not come" of the person's offices; the longest waiting first."""
    return with_words(find_appeals(user))


def find_appeals(user: User | AnonymousUser) -> QuerySet[ShiftSignup]:
    return ShiftSignup.objects.filter(placement__in=Placement.objects.of_offices_of(user), appeal=Appeal.OFFICE)


def list_appeals_for_staff(user: User) -> QuerySet[ShiftSignup]:
    """With both sides' words; the longest waiting first."""
    return with_words(find_appeals_for_staff(user))


def list_disputed_hours(user: User) -> QuerySet[HoursEntry]:
    """With both sides' words; the longest waiting first."""
    return find_disputed_hours(user).with_work().prefetch_related("transitions__by")


def find_appeals_for_staff(user: User) -> QuerySet[ShiftSignup]:
    """What offices upheld or left without an answer; without those to which this member of staff is a party."""
    rows = ShiftSignup.objects.filter(appeal=Appeal.STAFF)
    return rows.exclude(placement__in=Placement.objects.with_part_of(user))


def find_disputed_hours(user: User) -> HoursQuerySet:
    """What volunteers asked the programme to settle, the same way."""
    return HoursEntry.objects.escalated().exclude(placement__in=Placement.objects.with_part_of(user))


def with_words(rows: "QuerySet[ShiftSignup]") -> "QuerySet[ShiftSignup]":
    """With both sides' words, which are in the log."""
    people = rows.select_related("placement__application__applicant", "shift__request__office")
    return people.prefetch_related("transitions").order_by("updated_at", "pk")


@dataclass(frozen=True)
class HoursWaiting:
    """Claims that the desk shows with a button each, beside whose they are, and how many wait in all."""

    claims: list[tuple[str, HoursEntry]]
    count: int


def find_hours_waiting(user: User | AnonymousUser) -> HoursWaiting:
    """The first few, the oldest day first. One query."""
    counted = list_to_confirm(user).annotate(total=Window(Count("pk"))).order_by("day_date", "pk")
    rows: list[Any] = list(counted[:SHOWN_WAITING])
    claims = [(name_of(row.placement.application), row) for row in rows]
    return HoursWaiting(claims, rows[0].total if rows else 0)


def find_due_rolls(user: User | AnonymousUser) -> QuerySet[Shift]:
    """Shifts that are over with somebody unrecorded, or where somebody said "I came" and nobody confirmed it."""
    now = timezone.now()
    marked = ShiftSignup.objects.filter(shift=OuterRef("pk"))
    due = Q(Exists(marked.filter(status=SignupStatus.SIGNED_UP, ends_at__lt=now))) | Q(Exists(marked.filter(UNSURE)))
    return Shift.objects.of_offices_of(user).filter(
        due, cancelled_at=None, ends_at__gte=now - timedelta(days=ROLL_DAYS)
    )
