"""Reads of shifts, of who comes to them, and of hours."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone

from accounts.models import User
from volunteers.enums import HoursStatus, SignupStatus
from volunteers.querysets import list_guided, list_office_ids

if TYPE_CHECKING:
    from volunteers.models import HoursEntry, Shift, ShiftSignup  # noqa: F401 named in strings below


class ShiftQuerySet(models.QuerySet["Shift"]):
    def ahead(self) -> "ShiftQuerySet":
        """Not begun and not called off."""
        return self.filter(cancelled_at=None, starts_at__gt=timezone.now())

    def to_come(self) -> "ShiftQuerySet":
        """Not over, those called off among them."""
        return self.filter(ends_at__gt=timezone.now())

    def begun(self) -> "ShiftQuerySet":
        return self.filter(starts_at__lte=timezone.now())

    def of_offices_of(self, user: User | AnonymousUser) -> "ShiftQuerySet":
        return self.filter(request__office__in=list_office_ids(user))

    def guided_by(self, user: User | AnonymousUser) -> "ShiftQuerySet":
        """Of the requests in which the person guides for a partner of the office."""
        return self.filter(request__in=list_guided(user))

    def open_to(self, user: User | AnonymousUser) -> "ShiftQuerySet":
        """Shifts of the requests in which the person has a place, also of one that is over."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(request__applications__applicant=user, request__applications__placement__isnull=False)

    def with_free_seats(self) -> "ShiftQuerySet":
        return self.ahead().filter(seats_filled__lt=F("seats"))

    def with_waiting(self) -> "ShiftQuerySet":
        """Somebody waits for a seat."""
        return self.filter(signups__status=SignupStatus.WAITING).distinct()

    def with_waiting_count(self) -> "ShiftQuerySet":
        """Adds `waiting`, the length of the waiting list."""
        waits = Q(signups__status=SignupStatus.WAITING)
        return self.annotate(waiting=Count("signups", filter=waits))

    def with_request(self) -> "ShiftQuerySet":
        return self.select_related("request__office__commune__district__province")


class SignupQuerySet(models.QuerySet["ShiftSignup"]):
    def live(self) -> "SignupQuerySet":
        """Coming, waiting or called."""
        return self.filter(status__in=(SignupStatus.SIGNED_UP, SignupStatus.WAITING, SignupStatus.CALLED))

    def ahead(self) -> "SignupQuerySet":
        return self.filter(starts_at__gt=timezone.now())

    def of(self, user: User) -> "SignupQuerySet":
        return self.filter(person=user)

    def waiting(self) -> "SignupQuerySet":
        """The waiting list, the first first."""
        return self.filter(status=SignupStatus.WAITING).order_by("queued_at", "pk")

    def overdue(self) -> "SignupQuerySet":
        """Called, and the time to confirm passed."""
        return self.filter(status=SignupStatus.CALLED, call_expires_at__lte=timezone.now())

    def with_rows(self) -> "SignupQuerySet":
        """With all that a change of it reads."""
        return self.select_related("person", "shift", "placement__application__request__office")


class HoursQuerySet(models.QuerySet["HoursEntry"]):
    def of(self, user: User) -> "HoursQuerySet":
        return self.filter(placement__application__applicant=user)

    def visible_to(self, user: User | AnonymousUser) -> "HoursQuerySet":
        """The volunteer's own page. Offices and staff read hours on their desks only."""
        return self.of(user) if isinstance(user, User) else self.none()

    def of_offices_of(self, user: User | AnonymousUser) -> "HoursQuerySet":
        """Hours of others: nobody confirms their own."""
        if not isinstance(user, User) or not (offices := list_office_ids(user)):
            return self.none()
        rows = self.exclude(placement__application__applicant=user)
        return rows.filter(placement__application__request__office__in=offices)

    def to_confirm(self) -> "HoursQuerySet":
        """Waits for the office."""
        return self.filter(status=HoursStatus.CLAIMED)

    def disputed(self) -> "HoursQuerySet":
        return self.filter(status=HoursStatus.DISPUTED)

    def escalated(self) -> "HoursQuerySet":
        """Waits for the programme's staff, the longest first."""
        return self.disputed().filter(escalated_at__isnull=False).order_by("escalated_at", "pk")

    def unanswered(self, before: datetime) -> "HoursQuerySet":
        """The office corrected them before this moment, and the volunteer said nothing."""
        return self.disputed().filter(escalated_at=None, updated_at__lte=before)

    def with_work(self) -> "HoursQuerySet":
        """With the person, the request and its office."""
        return self.select_related("placement__application__applicant", "placement__application__request__office")

    def total(self) -> dict[str, int]:
        """Minutes `confirmed` (settled ones too) and `claimed` (not yet, disputed ones too)."""
        found = self.aggregate(
            confirmed=models.Sum("settled_minutes"),
            claimed=models.Sum("minutes", filter=Q(settled_minutes=None)),
        )
        return {name: value or 0 for name, value in found.items()}
