"""Pages by key: whole, ordered, flat, and deaf to nonsense."""

import base64
import json
from typing import Any

import pytest
from django.db.models import F, QuerySet
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from tests.factories.accounts import UserFactory
from ui.keyset import KeysetPage, paginate_by_key


def ask(queryset: QuerySet[User], cursor: str | None, by: Any, size: int = 2) -> KeysetPage[User]:
    return paginate_by_key(queryset, RequestFactory().get("/", {"cursor": cursor} if cursor else {}), by=by, size=size)


def walk(queryset: QuerySet[User], by: Any) -> list[list[int]]:
    """Every page forward, as lists of primary keys."""
    pages, cursor = [], None
    while True:
        page = ask(queryset, cursor, by)
        pages.append([person.pk for person in page.items])
        cursor = page.next_cursor
        if cursor is None:
            return pages


@pytest.fixture
def people(db: None) -> list[User]:
    """Five people, three of one birth year."""
    return [UserFactory.create(birth_year=year) for year in (2000, 2004, 2004, 2004, 2006)]


@pytest.mark.parametrize("by", ["birth_year", "-birth_year", "-date_joined", ("-birth_year", "username"), "-pk"])
def test_every_row_comes_once_and_in_order(people: list[User], by: Any) -> None:
    names = [by] if isinstance(by, str) else list(by)
    last = "-pk" if names[-1].startswith("-") else "pk"
    expected = list(User.objects.order_by(*names, last).values_list("pk", flat=True))
    pages = walk(User.objects.all(), by)
    assert pages == [expected[:2], expected[2:4], expected[4:]]


@pytest.mark.parametrize("by", ["birth_year", "-birth_year"])
def test_back_leads_through_the_same_pages(people: list[User], by: str) -> None:
    first = ask(User.objects.all(), None, by)
    second = ask(User.objects.all(), first.next_cursor, by)
    third = ask(User.objects.all(), second.next_cursor, by)
    back = ask(User.objects.all(), third.previous_cursor, by)
    assert back.items == second.items
    assert ask(User.objects.all(), back.previous_cursor, by).items == first.items
    assert ask(User.objects.all(), back.next_cursor, by).items == third.items
    assert (first.previous_cursor, third.next_cursor) == (None, None)
    assert ask(User.objects.all(), back.previous_cursor, by).previous_cursor is None


def test_annotations_order_too(people: list[User]) -> None:
    queryset = User.objects.annotate(born=F("birth_year"))
    assert walk(queryset, "-born") == walk(User.objects.all(), "-birth_year")


def test_a_row_written_meanwhile_moves_nothing(people: list[User]) -> None:
    first = ask(User.objects.all(), None, "-birth_year")
    before = ask(User.objects.all(), first.next_cursor, "-birth_year").items
    UserFactory.create(birth_year=2010)
    assert ask(User.objects.all(), first.next_cursor, "-birth_year").items == before


def encode(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode()


@pytest.mark.parametrize(
    "cursor",
    [
        "nonsense",
        "%%%",
        "ខ្មែរ",
        "=",
        "A" * 5000,
        encode("n"),
        encode([]),
        encode({"n": 1}),
        encode(["x", 2004, 1]),
        encode(["n", 2004]),
        encode(["n", None, 1]),
        encode(["n", "x", 1]),
        encode(["n", [2004], 1]),
        encode(["n", 2004, {"pk": 1}]),
        encode(["n", 10**400, 1]),
        encode(["n", "NaN", "1; DROP TABLE"]),
    ],
)
def test_a_bad_cursor_is_the_first_page(people: list[User], cursor: str) -> None:
    assert ask(User.objects.all(), cursor, "birth_year").items == ask(User.objects.all(), None, "birth_year").items


@pytest.mark.parametrize("when", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-01-01T00:00:00"])
def test_a_moment_beyond_the_calendar_is_the_first_page(people: list[User], when: str) -> None:
    first = ask(User.objects.all(), None, "date_joined").items
    assert ask(User.objects.all(), encode(["n", when, 1]), "date_joined").items == first


@pytest.mark.parametrize("text", ["a\x00b", "\ud800"])
def test_a_text_no_database_holds_is_the_first_page(people: list[User], text: str) -> None:
    assert ask(User.objects.all(), encode(["n", text, 1]), "username").previous_cursor is None


def test_every_page_is_one_query(people: list[User], django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        first = ask(User.objects.all(), None, "birth_year")
    with django_assert_num_queries(1):
        ask(User.objects.all(), first.next_cursor, "birth_year")


def test_nothing_is_a_page_without_neighbours(db: None) -> None:
    page = ask(User.objects.all(), None, "birth_year")
    assert (page.items, page.next_cursor, page.previous_cursor, len(page)) == ([], None, None, 0)


def test_rows_are_dressed_once_they_are_chosen(
    people: list[User], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    request = RequestFactory().get("/")

    def dress(rows: QuerySet[User]) -> QuerySet[User]:
        return rows.annotate(twice=F("pk") * 2)

    with django_assert_num_queries(1) as queries:
        page = paginate_by_key(User.objects.order_by("username"), request, by="-pk", size=2, dress=dress)
    assert [(row.pk, row.twice) for row in page] == [
        (row.pk, row.pk * 2) for row in sorted(people, key=lambda row: -row.pk)[:2]
    ]  # type: ignore[attr-defined]
    assert page.next_cursor is not None
    inner = queries.captured_queries[0]["sql"].split(" IN (SELECT ")[1]
    assert ("LIMIT 3" in inner, "* 2" in inner) == (True, False)
