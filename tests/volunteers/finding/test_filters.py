"""Each filter finds what it says, in the database and in Python alike; nothing found offers what is nearest."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from courses.models import Skill
from places.models import Commune
from tests.factories.accounts import OfficeFactory
from tests.factories.courses import SkillFactory
from tests.factories.places import CommuneFactory
from tests.factories.volunteers import RequestFactory
from volunteers.enums import TimeOfDay
from volunteers.models import RequestListing, VolunteerProfile, VolunteerRequest
from volunteers.services.finding.alternatives import find_alternatives
from volunteers.services.finding.filters import Band, Days, Filters, list_conditions, make_test
from volunteers.services.finding.search import search
from volunteers.services.finding.seeker import Seeker

pytestmark = pytest.mark.django_db


def some_filters(chance: random.Random) -> Iterator[Filters]:
    skills, today = list(Skill.objects.values_list("pk", flat=True)), timezone.localdate()
    choices: dict[str, list[Any]] = {
        "text": ["", "", "សំណើ", "commune takeo", "nowhere"],
        "place": ["", "", "21", "2109", "210901", "bad", "12"],
        "near": ["", "", *Band.values],
        "times": [(), (TimeOfDay.MORNING,), (TimeOfDay.EVENING, TimeOfDay.AFTERNOON)],
        "days": ["", *Days.values],
        "skills": [(), (), tuple(skills[:1]), tuple(skills[1:])],
        "starts_from": [None, None, today + timedelta(days=5)],
        "starts_until": [None, None, today + timedelta(days=12)],
        "fits_weeks": [False, True],
        "is_remote": [False, False, True],
        "pays_costs": [False, False, True],
        "pays_stipend": [False, False, True],
        "for_minors": [False, False, True],
        "fits_skills": [False, False, True],
    }
    for _ in range(60):
        changed = chance.sample(sorted(choices), 3)
        yield replace(Filters(), **{name: chance.choice(choices[name]) for name in changed})


def check_filters(chance: random.Random) -> None:
    seeker = Seeker(
        home=CommuneFactory.create(code="210901"),
        reach=frozenset({120101}),
        granted=frozenset(Skill.objects.values_list("pk", flat=True)[:2]),
        free_from=timezone.localdate() + timedelta(days=3),
        free_until=timezone.localdate() + timedelta(days=90),
    )
    rows = list(RequestListing.objects.open().select_related("request__search"))
    counts = set()
    for filters in some_filters(chance):
        test = make_test(list_conditions(filters, seeker).values())
        found = {row.pk for row in search(filters, seeker)}
        assert found == {row.pk for row in rows if test(row)}, filters
        counts.add(len(found))
    assert len(counts) > 8  # the filters do tell rows apart


def test_the_database_and_python_find_the_same(variety: list[VolunteerRequest], chance: random.Random) -> None:
    check_filters(chance)


@pytest.mark.postgresql
def test_postgresql_and_python_find_the_same(variety: list[VolunteerRequest], chance: random.Random) -> None:
    check_filters(chance)


def test_filters_of_the_page(client: Client, learner: User, commune: Commune) -> None:
    skill = SkillFactory.create()
    soon, later = timezone.localdate() + timedelta(days=2), timezone.localdate() + timedelta(days=30)
    near = RequestFactory.create(
        office__commune=commune, minimum_age=15, start_date=soon, skills_needed=[skill], covers_transport=False
    )
    far = RequestFactory.create(
        office__commune=CommuneFactory.create(code="120101"),
        title_km="ថតវីដេអូប្រជុំ",
        minimum_age=18,
        start_date=later,
        covers_transport=True,
        remote_share=100,
        is_morning=False,
        is_weekend=True,
    )
    VolunteerProfile.objects.create(user=learner, free_from=later)
    client.force_login(learner)

    def found(**query: Any) -> list[VolunteerRequest]:
        return [row.request for row in client.get(reverse("requests"), query).context["found"].listings]

    assert found(q="វីដេអូ") == found(q="ថត ប្រជុំ") == [far]
    assert found(near="commune") == found(near="province") == [near]
    assert found(skill=skill.code) == [near]
    assert found(days="weekend") == found(time="weekend") == [far]
    assert found(starts_until=str(soon)) == found(minors="on") == [near]
    assert found(starts_from=str(later)) == found(costs="on") == found(weeks="on") == [far]
    assert found(starts_from="nonsense", skill="none", near="moon", time="x") == found() == [near, far]


def test_each_chip_takes_its_filter_away(client: Client, commune: Commune) -> None:
    query = {"province": "21", "district": "2109", "commune": commune.code, "time": ["morning", "evening"], "q": "ក"}
    form = client.get(reverse("requests"), query).context["form"]
    assert len(form.chips) == 6
    for _label, address in form.chips:
        left = client.get(address).context["form"]
        assert len(left.chips) < 6
    without_district = next(address for label, address in form.chips if label == commune.district.name)
    assert dict(client.get(without_district).context["form"].data.lists()).keys() == {"province", "time", "q"}


def test_the_last_filters_are_kept_for_the_person(client: Client, learner: User) -> None:
    client.force_login(learner)
    client.get(reverse("requests"), {"q": "ក", "cursor": "x", "order": "new"})
    assert VolunteerProfile.objects.get().last_query == "q=%E1%9E%80"
    page = client.get(reverse("requests"))
    assert page.context["last_query"] == "q=%E1%9E%80"
    assert VolunteerProfile.objects.get().last_query == "q=%E1%9E%80"


def test_nothing_found_lets_go_what_costs_most(commune: Commune) -> None:
    seeker = Seeker(home=commune)
    near_office = OfficeFactory.create(commune=CommuneFactory.create(code="210902"))
    far_office = OfficeFactory.create(commune=CommuneFactory.create(code="120101"))
    RequestFactory.create_batch(2, office=near_office, remote_share=100)
    RequestFactory.create_batch(6, office=far_office)
    near = find_alternatives(Filters(place=commune.code, is_remote=True), seeker)
    assert (len(near.listings), near.filters) == (2, Filters(place=commune.code[:4], is_remote=True))
    assert near.loosened == ["បានរកក្នុងស្រុកត្រាំកក់ទាំងមូល។"]
    text = find_alternatives(Filters(text="nowhere", place="12"), seeker)
    assert (len(text.listings), text.filters) == (5, Filters(place="12"))
    both = find_alternatives(Filters(text="nowhere", pays_stipend=True), seeker)
    assert (len(both.listings), both.filters, len(both.loosened)) == (5, Filters(), 2)


def test_where_nothing_is_open_nothing_is_offered() -> None:
    assert find_alternatives(Filters(text="x", place="210901", near="commune"), Seeker()).listings == []
