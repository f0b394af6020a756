"""The order of the list: the same points in the database and in Python, explained, still for a day, fair."""

import random
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.test import RequestFactory as HttpRequests
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organisation, User
from courses.models import Skill
from tests.factories.accounts import OfficeFactory
from tests.factories.courses import SkillFactory
from tests.factories.places import CommuneFactory
from tests.factories.volunteers import ApplicationFactory, RequestFactory
from volunteers.enums import TimeOfDay
from volunteers.models import RequestListing, ResponseRecord, VolunteerRequest
from volunteers.services.applications import send_application
from volunteers.services.finding import points
from volunteers.services.finding.filters import Filters
from volunteers.services.finding.search import KEY, find_page, search
from volunteers.services.finding.seeker import Seeker, read_seeker
from volunteers.services.finding.standing import count_day, count_standing

pytestmark = pytest.mark.django_db
HTTP = HttpRequests()


def make_seekers(home: Any, skills: list[int]) -> list[Seeker]:
    """From a visitor to a person of whom everything is known."""
    return [
        Seeker(),
        Seeker(home=home),
        Seeker(granted=frozenset(skills[:2])),
        Seeker(growth=frozenset(skills[2:])),
        Seeker(times=frozenset({TimeOfDay.WEEKEND})),
        Seeker(
            home=home,
            reach=frozenset({120101}),
            granted=frozenset(skills[:1]),
            claimed=frozenset(skills[1:2]),
            growth=frozenset(skills[:3]),
            times=frozenset({TimeOfDay.MORNING}),
        ),
    ]


def check_points(skills: list[int]) -> None:
    for seeker in make_seekers(CommuneFactory.create(code="210901"), skills):
        for listing in search(Filters(), seeker):
            needed = seeker.skill_sets.get(listing.skill_set_id or 0, frozenset())
            assert listing.score == sum(part.points for part in points.list_parts(listing, seeker, needed))  # type: ignore[attr-defined]


def test_the_database_counts_as_python_does(variety: list[VolunteerRequest]) -> None:
    check_points(list(Skill.objects.values_list("pk", flat=True)))


@pytest.mark.postgresql
def test_postgresql_counts_as_python_does(variety: list[VolunteerRequest]) -> None:
    check_points(list(Skill.objects.values_list("pk", flat=True)))


def test_each_part_does_what_it_says(learner: User) -> None:
    skill = SkillFactory.create()
    seeker = Seeker(home=learner.home_commune, granted=frozenset({skill.pk}), growth=frozenset({skill.pk + 1}))
    assert points.rate_skills(frozenset({skill.pk, skill.pk + 1}), seeker) == 20
    assert points.rate_skills(frozenset({skill.pk}), Seeker()) == points.NO_SKILL_POINTS
    assert points.rate_skills(frozenset({skill.pk}), Seeker(claimed=frozenset({skill.pk}))) == 20
    assert points.rate_growth(frozenset({skill.pk + 1}), seeker) == points.GROWTH_POINTS
    home = seeker.place
    rated = [points.rate_place(place, is_remote=False, seeker=seeker) for place in (home, home + 1, home + 500, 10101)]
    assert rated == [30, 20, 10, 0]
    today = timezone.localdate()
    ages = [points.rate_fresh(today - timedelta(days=days), today) for days in (0, 2, 3, 6, 7, 13, 14)]
    assert ages == [10, 10, 7, 7, 4, 4, 0]
    assert points.rate_response(ResponseRecord(counted=4, in_time=0)) == points.NEW_OFFICE_POINTS
    assert points.rate_response(ResponseRecord(counted=10, in_time=9)) == 9
    assert points.rate_penalty(99) == points.MOST_PENALTY


def test_new_people_are_ranked_by_place_and_time_only(variety: list[VolunteerRequest]) -> None:
    person = Seeker(home=CommuneFactory.create(code="210901"), times=frozenset({TimeOfDay.MORNING}))
    for listing in search(Filters(), person):
        needed = person.skill_sets.get(listing.skill_set_id or 0, frozenset())
        parts = {part.code: part.points for part in points.list_parts(listing, person, needed)}
        assert (parts["skills"], parts["growth"]) == (points.NO_SKILL_POINTS, 0)


def test_the_order_holds_for_a_day(learner: User, variety: list[VolunteerRequest]) -> None:
    seeker = read_seeker(learner)
    before = list(search(Filters(), seeker).order_by(*KEY))
    for row in before[:3]:
        ApplicationFactory.create_batch(2, request=row.request)
        for other in ApplicationFactory.create_batch(2, request=row.request, status="draft"):
            other.delete()
        RequestListing.objects.filter(pk=row.pk).update(received=2)
    assert list(search(Filters(), seeker).order_by(*KEY)) == before
    count_standing(timezone.localdate())
    after = {row.pk: row.score for row in search(Filters(), seeker)}  # type: ignore[attr-defined]
    assert [after[row.pk] - row.score for row in before[:3]] == [-2, -2, -2]  # type: ignore[attr-defined]


def test_pages_lose_and_repeat_nothing(learner: User, variety: list[VolunteerRequest]) -> None:
    RequestListing.objects.filter(office__commune__code="120101").update(is_lifted=True)
    seeker, shown, cursor = read_seeker(learner), [], ""
    while cursor is not None:
        found = find_page(Filters(), seeker, HTTP.get("/", {"cursor": cursor}))
        shown += [row.pk for row in found.listings]
        cursor = found.page.next_cursor
    assert sorted(shown) == sorted(row.pk for row in variety)


def test_two_places_of_the_first_page_are_kept_for_the_little_seen(learner: User) -> None:
    far = OfficeFactory.create(commune=CommuneFactory.create(code="120101"))
    near = OfficeFactory.create(commune=learner.home_commune)
    lifted = RequestFactory.create_batch(3, office=far)
    RequestFactory.create_batch(12, office=near)
    RequestListing.objects.filter(office=far).update(is_lifted=True)
    seeker = read_seeker(learner)
    first = find_page(Filters(), seeker, HTTP.get("/")).listings
    assert [place for place, row in enumerate(first) if row.office_id == far.pk] == [4, 9]
    assert {first[4].pk, first[9].pk} < {row.pk for row in lifted}
    RequestListing.objects.filter(office=near).update(is_lifted=True)
    best = find_page(Filters(), seeker, HTTP.get("/")).listings
    scores = [row.score for row in best]  # type: ignore[attr-defined]
    assert scores == sorted(scores, reverse=True)  # who stands higher by points is never put down


def test_a_person_can_see_why(client: Client, learner: User, office: Organisation) -> None:
    RequestFactory.create(office=OfficeFactory.create(commune=CommuneFactory.create(code="120101")))
    item = RequestFactory.create(office=office)
    client.force_login(learner)
    why = client.get(reverse("request-why", args=[item.public_id])).context["why"]
    assert (why.place, why.total) == (1, 2)
    assert why.points == sum(line.part.points for line in why.lines) == 20 + 30 + 10 + 5
    assert client.get(reverse("request-why", args=[RequestFactory.create(draft=True).public_id])).status_code == 404


def test_an_application_counts_at_once_and_weighs_tomorrow(learner: User, office: Organisation) -> None:
    item = RequestFactory.create(office=office)
    send_application(item, by=learner, answers=("a", "b"), times=[])
    listing = RequestListing.objects.get(pk=item.pk)
    assert (listing.received, listing.penalty) == (1, 0)
    assert not count_day()
    RequestListing.objects.update(counted_date=timezone.localdate() - timedelta(days=1))
    assert count_day()
    listing.refresh_from_db()
    assert (listing.penalty, listing.standing) == (1, 10 + 5 - 1)


def test_ties_fall_to_the_newest(chance: random.Random) -> None:
    rows = RequestFactory.create_batch(5)
    assert [row.pk for row in search(Filters(), Seeker()).order_by(*KEY)] == [row.pk for row in reversed(rows)]
