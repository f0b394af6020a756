"""Inclusion answers leave accounts as sums over groups, and each counting is written down."""

import pytest
from django.db.models import Count, F
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.enums import InclusionGroup as G
from accounts.models import InclusionCount, InclusionRead, Membership, User
from accounts.services import save_inclusion
from accounts.services.inclusion_counts import PEOPLE, GroupSums, count_groups
from tests.factories.accounts import MembershipFactory, NgoFactory

pytestmark = pytest.mark.django_db


def make(age: int, *, times: int = 1, language: str = "km", **answers: bool | None) -> None:
    """One person with this many memberships."""
    year = timezone.localdate().year - age - 1
    first: Membership = MembershipFactory.create(user__birth_year=year, user__language=language)
    for _ in range(times - 1):
        MembershipFactory.create(user=first.user, organisation=NgoFactory.create())
    if answers:
        save_inclusion(first.user, **answers)


def count(by: User | None = None) -> GroupSums:
    measures = {"rows": Count("pk")}
    rows = Membership.objects.all()
    return count_groups(rows, person="user", measures=measures, part=F("user__language"), by=by, reason="a test")


def test_sums_by_group_and_part(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    make(17, times=2, is_female=True, has_disability=True)
    make(24, is_female=True, has_disability=False)
    make(24, language="en", is_female=None)
    make(36, language="en")
    with django_assert_num_queries(2):
        sums = count()
    assert sums.everybody == {"km": {PEOPLE: 2, "rows": 3}, "en": {PEOPLE: 2, "rows": 2}}
    filled = {group: dict(parts) for group, parts in sums.groups.items() if parts}
    assert filled == {
        G.FEMALE: {"km": {PEOPLE: 2, "rows": 3}},
        G.DISABILITY: {"km": {PEOPLE: 1, "rows": 2}},
        G.AGE_15: {"km": {PEOPLE: 1, "rows": 2}},
        G.AGE_18: {"km": {PEOPLE: 1, "rows": 1}, "en": {PEOPLE: 1, "rows": 1}},
    }


def test_each_counting_is_logged_and_no_single_read() -> None:
    make(20, is_minority=True)
    reader = User.objects.get()
    count(by=reader)
    count()
    lines = InclusionCount.objects.order_by("pk").values_list("reader", "reason", "people")
    assert list(lines) == [(reader.pk, "a test", 1), (None, "a test", 1)]
    assert InclusionRead.objects.count() == 0
