"""The programme's figures: what is counted, what stays hidden, who may look."""

import csv
import io

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.enums import InclusionGroup as G
from accounts.models import InclusionCount, Organisation, User
from accounts.services import save_inclusion
from places.models import Province
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.places import CommuneFactory
from tests.volunteers.ledger.days import apply, days_ago
from volunteers.enums import ApplicationStatus as A
from volunteers.enums import HoursStatus, PlacementStatus
from volunteers.models import HoursEntry, Placement, VolunteerRequest
from volunteers.services.figures.counts import find_idle, read_report
from volunteers.services.figures.groups import GroupFigures, read_groups
from volunteers.services.figures.measures import Measure
from volunteers.services.figures.scope import Quarter, Scope
from volunteers.services.figures.standing import renew_groups
from volunteers.services.figures.trend import read_trend

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(db: None) -> User:
    return UserFactory.create(username="staff", is_superuser=True, is_staff=True)


def province_of(office: Organisation) -> Province:
    assert office.commune is not None
    return office.commune.district.province


def elsewhere() -> Organisation:
    """An office in a province that has none yet."""
    code = f"{Organisation.objects.count() + 1:02d}"
    place = {"code": f"{code}0101", "district__code": f"{code}01", "district__province__code": code}
    office: Organisation = OfficeFactory.create(commune=CommuneFactory.create(**place))
    return office


def fill(office: Organisation, count: int, *, to: str = A.SUBMITTED, days: int = 8, **answers: bool | None) -> None:
    for _ in range(count):
        row = apply(office, days=days, to=to)
        if answers:
            save_inclusion(row.applicant, **answers)


def test_what_is_counted(office: Organisation) -> None:
    fill(office, 3, to=A.ACCEPTED)
    fill(office, 1, to=A.LAPSED)
    fill(office, 2, to=A.OFFERED)
    fill(office, 4, to=A.NOT_PLACED)
    VolunteerRequest.objects.update(seats=2, seats_filled=1)
    total = read_report(Scope()).total
    assert (total.requests, total.seats, total.filled, total.fill) == (10, 20, 10, 50)
    assert (total.applied, total.offered, total.accepted, total.answered) == (10, 5, 3, 3)
    assert total.acceptance == 100
    assert total.decision == 1


def test_only_certain_hours_count(office: Organisation) -> None:
    row = apply(office, days=40, to=A.ACCEPTED)
    Placement.objects.update(status=PlacementStatus.COMPLETED, end_date=days_ago(30).date())
    entry = HoursEntry.objects.create(
        placement=row.placement, day_date=days_ago(35).date(), minutes=600, happened_at=days_ago(35)
    )
    assert read_report(Scope(office=office)).total.service == 0
    HoursEntry.objects.filter(pk=entry.pk).update(status=HoursStatus.CONFIRMED, settled_minutes=600)
    assert read_report(Scope(office=office)).total.service == 100


def test_idle_is_without_hours_and_shifts_for_14_days(office: Organisation) -> None:
    row = apply(office, days=40, to=A.ACCEPTED)
    Placement.objects.update(status=PlacementStatus.ACTIVE)
    assert find_idle(Scope()).count() == 1
    HoursEntry.objects.create(
        placement=row.placement, day_date=days_ago(14).date(), minutes=60, happened_at=days_ago(14)
    )
    assert find_idle(Scope()).count() == 0


def test_a_place_with_few_applicants_is_hidden_with_another(office: Organisation) -> None:
    few, many = elsewhere(), elsewhere()
    for place, count in ((office, 9), (few, 4), (many, 12)):
        fill(place, count)
    parts = read_report(Scope()).parts
    hidden = {code for code, figures in parts.items() if figures.is_hidden}
    assert hidden == {province_of(office).code, province_of(few).code}
    figures = parts[province_of(few).code]
    assert (figures.requests, Measure.APPLIED.read(figures), figures.decision, figures.acceptance) == (
        4,
        None,
        None,
        None,
    )


def test_a_quarter_of_a_place_is_hidden_where_the_others_would_tell(office: Organisation) -> None:
    """Few in one quarter: neither that cell, nor the same place in another quarter that it could be taken from."""
    fill(office, 20, days=100)
    fill(office, 3)
    fill(elsewhere(), 30, days=100)
    fill(elsewhere(), 30)
    old = Quarter.of(days_ago(100).date())
    assert read_report(Scope(quarter=old)).parts[province_of(office).code].is_hidden
    shown = {each.quarter: each.applied for each in read_trend(Scope(province=province_of(office)))}
    assert shown[old] is None


def groups(scope: Scope) -> dict[G, GroupFigures]:
    renew_groups()
    return {each.group: each for each in read_groups(scope) or []}


def test_chances_of_a_group_beside_all_others(office: Organisation) -> None:
    fill(office, 6, to=A.OFFERED, is_female=True)
    fill(office, 9, to=A.NOT_PLACED, is_female=True)
    fill(office, 20, to=A.OFFERED, is_female=False)
    fill(office, 5, to=A.NOT_PLACED)
    fill(office, 5, to=A.WITHDRAWN, is_female=False)  # before the office looked: nobody it could choose
    line = groups(Scope())[G.FEMALE]
    assert (line.rate, line.others_rate, line.ratio, line.is_low) == (0.4, 0.8, 0.5, True)
    assert list(InclusionCount.objects.values_list("people", flat=True)) == [45] * 3  # country, provinces, quarters


def test_figures_stand_still_until_enough_people_are_new(office: Organisation) -> None:
    fill(office, 6, is_female=True)
    fill(office, 6, is_female=False)
    assert groups(Scope())[G.FEMALE].members == {"people": 6, **told(6)}
    fill(office, 1, is_female=True)
    fill(office, 4, is_female=False)
    assert groups(Scope())[G.FEMALE].members == {"people": 6, **told(6)}
    fill(office, 4, is_female=True)
    fill(office, 1, is_female=False)
    assert groups(Scope())[G.FEMALE].members == {"people": 11, **told(11)}


def told(count: int) -> dict[str, int]:
    """Nobody was looked at yet."""
    numbers = {"applied": count, "eligible": count, "shortlisted": 0, "offered": 0, "accepted": 0, "served": 0}
    return {name: number for stage, number in numbers.items() for name in (stage, f"{stage}_people")}


def test_nobody_is_told_of_by_a_late_stage(office: Organisation) -> None:
    """One of five members was accepted: whoever knows the person would know the rest."""
    fill(office, 7, is_female=True)
    fill(office, 8, is_female=False)
    fill(office, 1, to=A.ACCEPTED, is_female=True)
    line = groups(Scope())[G.FEMALE]
    assert (line.members or {}).get("eligible") == 8
    assert "accepted" not in (line.members or {})
    assert line.rate is None


@pytest.mark.parametrize(("women", "men"), [(4, 20), (20, 4)])
def test_a_small_group_and_small_others_are_hidden(office: Organisation, women: int, men: int) -> None:
    fill(office, women, is_female=True)
    fill(office, men, is_female=False)
    line = groups(Scope())[G.FEMALE]
    assert line.members is None
    assert not line.is_low


def test_a_province_hides_a_group_that_others_would_tell_on(office: Organisation) -> None:
    other, third = elsewhere(), elsewhere()
    fill(office, 3, is_female=True)
    fill(office, 9, is_female=False)
    fill(other, 6, is_female=True)
    fill(other, 9, is_female=False)
    fill(third, 8, is_female=True)
    fill(third, 9, is_female=False)
    shown = {
        place: groups(Scope(province=province_of(each)))[G.FEMALE].members is not None
        for place, each in (("office", office), ("other", other), ("third", third))
    }
    assert shown == {"office": False, "other": False, "third": True}


def test_groups_are_never_shown_for_a_place_and_a_time(office: Organisation) -> None:
    scope = Scope(province=province_of(office), quarter=Quarter.of(timezone.localdate()))
    assert read_groups(scope) is None


def test_the_page_and_its_files(client: Client, staff: User, office: Organisation) -> None:
    fill(office, 6, to=A.OFFERED, is_female=True)
    fill(office, 6, to=A.OFFERED, is_female=False)
    fill(office, 6, to=A.NOT_PLACED, is_female=False)
    renew_groups()
    client.force_login(staff)
    page = client.get(reverse("programme")).content.decode()
    assert page.count('<path class="m') == 25
    assert "ព្រំប្រទល់លើផែនទីគ្រាន់តែជាការបង្ហាញ" in page
    answer = client.get(reverse("programme-table", args=["groups", "csv"]))
    rows = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))  # type: ignore[arg-type]
    assert [row[1:] for row in rows if row[0] == str(G.FEMALE.label)] == [["6", "6", "6", "0", "0", "100", "50", "2.0"]]
    for table in ("places", "quarters", "groups"):
        assert client.get(reverse("programme-table", args=[table, "xlsx"])).status_code == 200
    assert client.get(reverse("programme-table", args=["people", "csv"])).status_code == 404


@pytest.mark.parametrize("query", ["?province=99", "?quarter=2026-Q9", "?measure=names", "?province=' or 1=1"])
def test_a_filter_that_does_not_exist_is_said(client: Client, staff: User, query: str) -> None:
    client.force_login(staff)
    answer = client.get(reverse("programme") + query)
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()


@pytest.mark.parametrize("count", [1, 3, 10])
def test_queries_stay_the_same(
    client: Client, staff: User, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _ in range(count):
        fill(elsewhere(), count, to=A.ACCEPTED)
    client.force_login(staff)
    cache.clear()
    client.get(reverse("programme"))
    with django_assert_num_queries(14):
        client.get(reverse("programme"))


def test_an_office_reads_its_own_figures_only(client: Client, clerk: User, office: Organisation) -> None:
    fill(office, 2, to=A.ACCEPTED)
    fill(elsewhere(), 7)
    VolunteerRequest.objects.filter(office=office).update(seats=1, seats_filled=1)
    client.force_login(clerk)
    answer = client.get(reverse("office-figures"))
    figures = answer.context["figures"]
    assert (figures.requests, figures.applied, figures.accepted, figures.fill) == (2, 2, 2, 100)
    assert client.get(reverse("programme")).status_code == 404
