"""Places, shifts and sign-ups in any state, made by their columns."""

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from tests.factories.volunteers import ApplicationFactory, RequestFactory
from volunteers.enums import ApplicationStatus, HoursStatus, PlacementStatus, SignupStatus
from volunteers.models import Agreement, HoursEntry, Placement, Shift, ShiftSignup
from volunteers.models.serving import HOLDS_SEAT
from volunteers.services.agreements import write_agreement


def confirm_agreement(placement: Placement) -> Placement:
    """Everybody has, whoever they are."""
    write_agreement(placement)
    now, person = timezone.now(), placement.application.applicant
    Agreement.objects.filter(placement=placement).update(
        volunteer_at=now, office_at=now, office_by=person, guardian_at=now, guardian_by=person, guardian_name="សុខ"
    )
    return Placement.objects.select_related("agreement", "application__applicant").get(pk=placement.pk)


class PlacementFactory(DjangoModelFactory[Placement]):
    """Agreed, with an agreement that everybody confirmed, for the dates of its request."""

    class Meta:
        model = Placement
        skip_postgeneration_save = True

    class Params:
        active = factory.Trait(status=PlacementStatus.ACTIVE)
        completed = factory.Trait(status=PlacementStatus.COMPLETED)

    application = factory.SubFactory(ApplicationFactory, status=ApplicationStatus.ACCEPTED)
    start_date = factory.LazyAttribute(lambda row: row.application.request.start_date)
    end_date = factory.LazyAttribute(lambda row: row.application.request.end_date)

    @factory.post_generation
    def confirmed(self, create: bool, wanted: bool | None, **_: Any) -> None:
        if wanted is not False:
            confirm_agreement(self)  # type: ignore[arg-type]


class ShiftFactory(DjangoModelFactory[Shift]):
    """Two hours in the morning, on a day of its request; each a day after the last."""

    class Meta:
        model = Shift

    request = factory.SubFactory(RequestFactory)
    starts_at = factory.Sequence(
        lambda n: timezone.localtime().replace(hour=8, minute=0, second=0, microsecond=0) + timedelta(days=15 + n % 30)
    )
    ends_at = factory.LazyAttribute(lambda row: row.starts_at + timedelta(hours=2))
    seats = 2


class SignupFactory(DjangoModelFactory[ShiftSignup]):
    """Comes; the shift's counter is kept."""

    class Meta:
        model = ShiftSignup
        skip_postgeneration_save = True

    shift = factory.SubFactory(ShiftFactory)
    placement = factory.LazyAttribute(
        lambda row: PlacementFactory.create(application__request=row.shift.request, active=True)
    )
    person = factory.LazyAttribute(lambda row: row.placement.application.applicant)
    starts_at = factory.LazyAttribute(lambda row: row.shift.starts_at)
    ends_at = factory.LazyAttribute(lambda row: row.shift.ends_at)
    status = SignupStatus.SIGNED_UP

    @factory.post_generation
    def counted(self, create: bool, extracted: Any, **_: Any) -> None:
        held = ShiftSignup.objects.filter(shift=self.shift, status__in=HOLDS_SEAT).count()  # type: ignore[attr-defined]
        Shift.objects.filter(pk=self.shift.pk).update(seats_filled=held)  # type: ignore[attr-defined]


class HoursFactory(DjangoModelFactory[HoursEntry]):
    """Three hours that the office confirmed."""

    class Meta:
        model = HoursEntry

    placement = factory.SubFactory(PlacementFactory, active=True)
    day_date = factory.Sequence(lambda n: timezone.localdate() - timedelta(days=1 + n % 300))
    minutes = 180
    settled_minutes = 180
    status = HoursStatus.CONFIRMED
    happened_at = factory.LazyFunction(timezone.now)
