"""Days and spans in words, in Phnom Penh time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone, translation

from ui import dates

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)  # 12:00 in Phnom Penh


def test_the_day_is_the_one_in_cambodia() -> None:
    late = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)  # 01:30 on the 23rd there
    with translation.override("en"):
        assert dates.to_day(late) == "23 November 2026"
        assert dates.to_clock(late) == "01:30"
    with translation.override("km"):
        assert dates.to_day(late) == "ថ្ងៃទី២៣ ខែវិច្ឆិកា ឆ្នាំ២០២៦"
        assert dates.to_clock(late) == "០១:៣០"


def test_short_day_says_the_year_only_when_it_is_another() -> None:
    this_year = timezone.localdate().replace(month=11, day=23)
    with translation.override("km"):
        assert dates.to_short_day(this_year) == "២៣ វិច្ឆិកា"
        assert dates.to_short_day(date(2001, 5, 9)) == "៩ ឧសភា ២០០១"
    with translation.override("en"):
        assert dates.to_short_day(this_year) == "23 Nov"


@pytest.mark.parametrize(
    ("minutes", "km", "en"),
    [
        (80, "១ ម៉ោង ២០ នាទី", "1 h 20 min"),
        (60, "១ ម៉ោង", "1 h"),
        (5, "៥ នាទី", "5 min"),
        (0, "០ នាទី", "0 min"),
    ],
)
def test_minutes(minutes: int, km: str, en: str) -> None:
    with translation.override("km"):
        assert dates.to_minutes(minutes) == km
    with translation.override("en"):
        assert dates.to_minutes(minutes) == en


@pytest.mark.parametrize(
    ("ago", "km", "en"),
    [
        (timedelta(seconds=20), "អម្បាញ់មិញ", "just now"),
        (timedelta(minutes=1), "១ នាទីមុន", "1 minute ago"),
        (timedelta(minutes=59), "៥៩ នាទីមុន", "59 minutes ago"),
        (timedelta(hours=3), "៣ ម៉ោងមុន", "3 hours ago"),
        (timedelta(hours=13), "ម្សិលមិញ", "yesterday"),
        (timedelta(days=6), "៦ ថ្ងៃមុន", "6 days ago"),
    ],
)
def test_since(ago: timedelta, km: str, en: str) -> None:
    with translation.override("km"):
        assert dates.to_since(NOON - ago, NOON) == km
    with translation.override("en"):
        assert dates.to_since(NOON - ago, NOON) == en


def test_an_old_moment_is_a_date() -> None:
    with translation.override("en"):
        assert dates.to_since(datetime(2020, 1, 5, tzinfo=UTC), NOON) == "5 Jan 2020"


@pytest.mark.parametrize(
    ("left", "km", "en"),
    [
        (-1, "ផុតកំណត់", "closed"),
        (0, "ដល់ថ្ងៃនេះ", "until today"),
        (1, "ដល់ថ្ងៃស្អែក", "until tomorrow"),
        (2, "២ ថ្ងៃទៀត", "2 days left"),
    ],
)
def test_until(left: int, km: str, en: str) -> None:
    day = date(2026, 11, 23) + timedelta(days=left)
    with translation.override("km"):
        assert dates.to_until(day, NOON) == km
    with translation.override("en"):
        assert dates.to_until(day, NOON) == en


def test_a_moment_earlier_today_has_closed() -> None:
    with translation.override("en"):
        assert dates.to_until(NOON - timedelta(minutes=1), NOON) == "closed"
        assert dates.to_until(NOON + timedelta(minutes=1), NOON) == "until today"
