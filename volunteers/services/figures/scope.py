"""What a report of the programme counts: a place, a quarter, or both. Quarters part all time once for all, provinces
the country, communes a province: so no two reports differ by part of one.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Case, CharField, F, Q, Value, When
from django.db.models.functions import Substr
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organisation
from places.models import Province
from ui.words import to_digits
from volunteers.enums import ApplicationStatus
from volunteers.models import Application, Placement, Transition, VolunteerRequest
from volunteers.querysets import ApplicationQuerySet, PlacementQuerySet, RequestQuerySet
from volunteers.services.figures.stages import SENT
from volunteers.services.ledger.periods import begin_of

CODE = re.compile(r"(20\d\d)-Q([1-4])")
REQUEST, APPLICATION, PLACEMENT = "", "request__", "application__request__"  # from each model to the request


@dataclass(frozen=True, order=True)
class Quarter:
    year: int
    number: int

    @property
    def code(self) -> str:
        return f"{self.year}-Q{self.number}"

    @property
    def label(self) -> str:
        return to_digits(_("%(year)s, quarter %(number)s") % {"year": self.year, "number": self.number})

    @property
    def first(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def after(self) -> date:
        """The first day that is no longer in it."""
        return (self.first + timedelta(days=93)).replace(day=1)

    @property
    def before(self) -> "Quarter":
        return Quarter.of(self.first - timedelta(days=1))

    @classmethod
    def of(cls, day: date) -> "Quarter":
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def find(cls, code: str) -> "Quarter | None":
        found = CODE.fullmatch(code)
        return cls(int(found[1]), int(found[2])) if found else None


FIRST = Quarter(2025, 1)  # nothing was sent before


def list_quarters(most: int = 8) -> list[Quarter]:
    """From the first opened request to now, the latest first."""
    oldest = VolunteerRequest.objects.filter(opened_at__isnull=False).order_by("opened_at").first()
    first = Quarter.of(timezone.localdate(oldest.opened_at)) if oldest else Quarter.of(timezone.localdate())
    found: list[Quarter] = []
    each = Quarter.of(timezone.localdate())
    while each >= first and len(found) < most:
        found.append(each)
        each = each.before
    return found


@dataclass(frozen=True)
class Scope:
    """Requests opened in the quarter, applications sent in it, placements agreed in it; everything without one."""

    province: Province | None = None
    quarter: Quarter | None = None
    office: Organisation | None = None

    @property
    def requests(self) -> RequestQuerySet:
        rows = VolunteerRequest.objects.filter(self._where(REQUEST), opened_at__isnull=False)
        return rows.filter(self._when("opened_at"))

    @property
    def applications(self) -> ApplicationQuerySet:
        return Application.objects.filter(SENT, self._where(APPLICATION), self._when("sent_at"))

    @property
    def log(self) -> models.QuerySet[Transition]:
        """Of the same applications."""
        sent = Q(application__sent_at__isnull=False) & ~Q(application__status=ApplicationStatus.DRAFT)
        where = self._where(f"application__{APPLICATION}")
        return Transition.objects.filter(sent, where, self._when("application__sent_at"))

    @property
    def placements(self) -> PlacementQuerySet:
        return Placement.objects.filter(self._where(PLACEMENT), self._when("agreed_at"))

    def place_of(self, path: str) -> Any:
        """The place of a row, by its path to the request: communes of a province, provinces of the country."""
        code = f"{path}office__commune__code"
        return F(code) if self.province or self.office else Substr(code, 1, 2)

    @property
    def without_quarter(self) -> "Scope":
        return replace(self, quarter=None)

    @property
    def without_province(self) -> "Scope":
        return replace(self, province=None)

    def _where(self, path: str) -> Q:
        if self.office:
            return Q(**{f"{path}office": self.office})
        return Q(**{f"{path}office__commune__code__startswith": self.province.code}) if self.province else Q()

    def _when(self, column: str) -> Q:
        if self.quarter is None:
            return Q()
        first, after = begin_of(self.quarter.first), begin_of(self.quarter.after)
        return Q(**{f"{column}__gte": first, f"{column}__lt": after})


def quarter_of(column: str) -> Case:
    """The code of a moment's quarter, in the database; "" before the first. By plain comparisons: taking dates apart is
    three times slower in SQLite.
    """
    steps, each = [], Quarter.of(timezone.localdate())
    while each >= FIRST:
        steps.append(When(**{f"{column}__gte": begin_of(each.first)}, then=Value(each.code)))
        each = each.before
    return Case(*steps, default=Value(""), output_field=CharField())
