"""At least 80 % of the agreed days: every clause of the definition."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.factories.attendance import days_ago, make_hours, make_placement, make_shift, make_signup
from volunteers.models import Placement
from volunteers.services.serving.served import Served, measure_served

pytestmark = pytest.mark.django_db


def at(day: date, hour: int = 8) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def sign(placement: Placement, days: int, status: str, hour: int = 8) -> None:
    make_signup(placement, make_shift(placement, at(days_ago(days), hour), hours=1), status)


def measure(placement: Placement) -> Served:
    return measure_served([placement])[placement.pk]


def test_days_with_shifts() -> None:
    placement = make_placement()
    sign(placement, 9, "attended")
    sign(placement, 9, "no_show", hour=10)  # the same day: came to one of two
    sign(placement, 8, "attended")
    sign(placement, 7, "no_show")
    sign(placement, 6, "excused")
    sign(placement, 5, "not_tracked")
    sign(placement, 4, "cancelled")
    sign(placement, 3, "signed_up")  # nobody recorded it yet
    sign(placement, -3, "signed_up")
    assert measure(placement) == Served(agreed=3, served=2)
    make_hours(placement, days_ago(5), status="confirmed")  # the office forgot the roll, but confirmed the hours
    make_hours(placement, days_ago(3))  # only claimed
    assert measure(placement) == Served(agreed=4, served=3)


def test_80_per_cent_is_enough_and_nothing_agreed_says_nothing() -> None:
    assert [Served(5, 4).is_enough, Served(6, 4).is_enough, Served(0, 0).is_enough] == [True, False, None]
    assert [Served(3, 2).percent, Served(1, 1).percent, Served(0, 0).percent] == [66, 100, None]


def test_without_shifts_the_weekly_hours_count() -> None:
    placement = make_placement(start_date=days_ago(27))  # 28 days with today
    placement.application.request.weekly_hours = 4
    assert measure(placement) == Served(agreed=4, served=0)
    make_hours(placement, days_ago(5), 480, "confirmed")
    make_hours(placement, days_ago(4), 480, "confirmed")
    assert measure(placement) == Served(agreed=4, served=4)
    ahead = make_placement(start_date=days_ago(-1))
    assert measure(ahead) == Served(0, 0)


def test_two_queries_however_many(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    placements = [make_placement() for _ in range(3)]
    for placement in placements[:2]:
        sign(placement, 2, "attended")
    with django_assert_num_queries(2):
        measured = measure_served(placements)
    assert [measured[placement.pk].served for placement in placements] == [1, 1, 0]


def test_a_place_that_ended_counts_until_its_end() -> None:
    placement = make_placement(status="ended_early", start_date=days_ago(27))
    placement.application.request.weekly_hours = 20
    Placement.objects.filter(pk=placement.pk).update(updated_at=timezone.now() - timedelta(days=21))
    placement.refresh_from_db(fields=["updated_at"])
    assert measure(placement).agreed == 5
