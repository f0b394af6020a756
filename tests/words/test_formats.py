"""Dates and numbers as people here write them."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.utils import translation
from django.utils.formats import date_format, get_format, number_format

DAY = date(2026, 11, 23)
MOMENT = datetime(2026, 3, 2, 14, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "name", "shown"),
    [
        ("km", "DATE_FORMAT", "ថ្ងៃទី23 ខែវិច្ឆិកា ឆ្នាំ2026"),
        ("km", "YEAR_MONTH_FORMAT", "ខែវិច្ឆិកា ឆ្នាំ2026"),
        ("km", "MONTH_DAY_FORMAT", "ថ្ងៃទី23 ខែវិច្ឆិកា"),
        ("km", "SHORT_DATE_FORMAT", "23/11/2026"),
        ("en", "DATE_FORMAT", "23 November 2026"),
        ("en", "YEAR_MONTH_FORMAT", "November 2026"),
        ("en", "MONTH_DAY_FORMAT", "23 November"),
        ("en", "SHORT_DATE_FORMAT", "23/11/2026"),
    ],
)
def test_a_date_is_written_the_local_way(language: str, name: str, shown: str) -> None:
    with translation.override(language):
        assert date_format(DAY, name) == shown


@pytest.mark.parametrize(
    ("language", "shown"), [("km", "ថ្ងៃទី2 ខែមីនា ឆ្នាំ2026 ម៉ោង 14:05"), ("en", "2 March 2026, 14:05")]
)
def test_a_moment_is_written_with_a_24_hour_clock(language: str, shown: str) -> None:
    with translation.override(language):
        assert date_format(MOMENT, "DATETIME_FORMAT") == shown


def test_the_names_of_months_and_weekdays_are_khmer() -> None:
    months = [date(2026, month, 1) for month in range(1, 13)]
    week = [date(2026, 11, day) for day in range(23, 30)]
    with translation.override("km"):
        assert [date_format(month, "F") for month in months] == [
            *("មករា", "កុម្ភៈ", "មីនា", "មេសា", "ឧសភា", "មិថុនា"),
            *("កក្កដា", "សីហា", "កញ្ញា", "តុលា", "វិច្ឆិកា", "ធ្នូ"),
        ]
        for abbreviation in ("M", "N", "E"):
            assert [date_format(month, abbreviation) for month in months] == [
                date_format(month, "F") for month in months
            ]
        assert [date_format(day, "l") for day in week] == [
            *("ច័ន្ទ", "អង្គារ", "ពុធ", "ព្រហស្បតិ៍", "សុក្រ", "សៅរ៍", "អាទិត្យ"),
        ]


@pytest.mark.parametrize(("language", "shown"), [("km", "6\u202f410,5"), ("en", "6\u202f410.5")])
def test_thousands_stand_apart_by_a_thin_gap(language: str, shown: str) -> None:
    with translation.override(language):
        assert number_format(6410.5, force_grouping=True) == shown


@pytest.mark.parametrize("language", ["km", "en"])
def test_the_week_starts_on_monday(language: str) -> None:
    assert get_format("FIRST_DAY_OF_WEEK", language) == 1


@pytest.mark.parametrize("language", ["km", "en"])
@pytest.mark.parametrize("typed", ["23/11/2026", "2026-11-23", "23-11-2026", "23.11.2026"])
def test_a_typed_date_is_understood(language: str, typed: str) -> None:
    with translation.override(language):
        assert forms.DateField(localize=True).clean(typed) == DAY


@pytest.mark.parametrize("typed", ["02/03/2026 14:05", "2026-03-02T14:05", "2026-03-02 14:05"])
def test_a_typed_moment_is_understood(typed: str) -> None:
    with translation.override("km"):
        cleaned = forms.DateTimeField(localize=True).clean(typed)
    assert cleaned.strftime("%Y-%m-%d %H:%M") == "2026-03-02 14:05"


@pytest.mark.parametrize("language", ["km", "en"])
def test_a_date_picker_can_read_the_value_shown(language: str) -> None:
    field = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    with translation.override(language):
        assert field.widget.format_value(DAY) == "2026-11-23"
