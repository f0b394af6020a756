"""What finding costs among 20,000 open requests: one person's best 20, the page, the daily counts, saved searches.

Makes them in a database of its own (SQLite in a temporary folder; `DATABASE_URL` chooses another, empty one): offices
in every commune, 12 skills in many combinations, a person with a full profile. Run by hand from the project's folder,
on an idle machine: `python bench/finding.py [requests] [searches]`. The limit: 50 ms for the best 20 of 20,000.
"""

import random
import sys
from datetime import timedelta
from typing import Any

from stopwatch import analyse, measure, own_database

TIMES = 20
SKILLS = 12
CHANCE = random.Random(2026)  # noqa: S311 the same rows in every run


def fill(requests: int, searches: int) -> Any:
    """Places, offices, requests with their listings; answers the person who looks."""
    from courses.models import Skill
    from places.models import Commune
    from places.services import load_gazetteer

    load_gazetteer()
    communes = list(Commune.objects.all())
    skills = [Skill.objects.create(code=f"bench-{n}", name_km=f"ជំនាញ {n}", name_en=f"Skill {n}") for n in range(SKILLS)]
    make_requests(make_offices(communes), skills, requests)
    list_requests()
    save_searches(communes, searches)
    return make_person(communes, skills)


def make_offices(communes: list[Any]) -> list[Any]:
    """One in every commune, verified."""
    from django.utils import timezone

    from accounts.enums import OrganisationKind, Verification
    from accounts.models import Organisation

    trust = {"verification": Verification.VERIFIED, "verified_at": timezone.now()}
    rows = [
        Organisation(
            kind=OrganisationKind.COMMUNE_OFFICE, name_km=place.name_km, name_en=place.name_en, commune=place, **trust
        )
        for place in communes
    ]
    return list(Organisation.objects.bulk_create(rows, batch_size=500))


def make_requests(offices: list[Any], skills: list[Any], count: int) -> None:
    """Opened in the last 40 days, each with up to four skills."""
    from volunteers.models import RequestSkill, VolunteerRequest

    rows = [describe_request(CHANCE.choice(offices), n) for n in range(count)]
    made = VolunteerRequest.objects.bulk_create(rows, batch_size=500)
    needed = [
        RequestSkill(request=row, skill=skill)
        for row in made
        for skill in CHANCE.sample(skills, CHANCE.randrange(0, 5))
    ]
    RequestSkill.objects.bulk_create(needed, batch_size=2000)


def describe_request(office: Any, n: int) -> Any:
    from django.utils import timezone

    from volunteers.models import VolunteerRequest

    now = timezone.now()
    return VolunteerRequest(
        office=office, status="open", title_km=f"បញ្ចូលសំណើពីភូមិ {n}", title_en=f"Work {n}",
        summary_km="ជួយស្មៀនបញ្ចូលសំណើក្នុងតារាង។" * 3, tasks_km=["បញ្ចូលសំណើ។", "ពិនិត្យលេខ។"], seats=2,
        start_date=(now + timedelta(days=CHANCE.randrange(5, 60))).date(), minimum_age=CHANCE.choice([15, 18]),
        is_morning=CHANCE.random() < 0.5, is_weekend=CHANCE.random() < 0.3,
        opened_at=now - timedelta(hours=CHANCE.randrange(1, 24 * 40)),
        expires_at=now + timedelta(days=CHANCE.randrange(1, 60)),
    )  # fmt: skip


def list_requests() -> None:
    """What the services keep beside each request, all at once."""
    from volunteers.models import RequestListing, RequestText
    from volunteers.services.finding.listing import describe, make_text, read_requests

    rows = read_requests().all()
    listings = [RequestListing(request=row, **describe(row)) for row in rows.iterator(chunk_size=500)]
    RequestListing.objects.bulk_create(listings, batch_size=500)
    texts = [RequestText(request=row, text=make_text(row)) for row in rows.iterator(chunk_size=500)]
    RequestText.objects.bulk_create(texts, batch_size=500)


def make_person(communes: list[Any], skills: list[Any]) -> Any:
    """Who looks: five skills proved, two to learn, ten communes in reach."""
    from django.utils import timezone

    from accounts.models import User
    from courses.models import SkillGrant
    from volunteers.models import VolunteerProfile

    home = next(place for place in communes if place.code == "210901")
    person = User.objects.create(username="bench", home_commune=home, birth_year=2003)
    for skill in skills[:5]:
        SkillGrant.objects.create(user=person, skill=skill, course_key="0" * 32, granted_at=timezone.now())
    profile = VolunteerProfile.objects.create(
        user=person, free=0b111000111, communes=[place.code for place in CHANCE.sample(communes, 10)]
    )
    profile.growth_skills.set(skills[5:7])
    return person


def save_searches(communes: list[Any], searches: int) -> None:
    """Four a person, of a few kinds, looked at a day ago."""
    from django.utils import timezone

    from accounts.models import User
    from volunteers.models import SavedSearch

    now = timezone.now()
    people = User.objects.bulk_create(
        [User(username=f"b{n}", home_commune=CHANCE.choice(communes)) for n in range(searches // 4)], batch_size=500
    )
    queries = ["days=weekend", "remote=on", "province=21", "near=district", "q=តារាង", "skill=bench-1&time=morning"]
    SavedSearch.objects.bulk_create(
        [
            SavedSearch(
                user=people[n % len(people)], name=f"{n}", query=f"{CHANCE.choice(queries)}&minors={n}",
                seen_until=now - timedelta(days=1),
            )
            for n in range(searches)
        ],
        batch_size=500,
    )  # fmt: skip


def main(requests: int, searches: int) -> None:
    """Fill, measure."""
    from django.db import connection

    from volunteers.services.finding import standing
    from volunteers.services.finding.seeker import read_seeker

    person = fill(requests, searches)
    analyse()
    print(f"{connection.vendor}: {requests} open requests, {searches} saved searches", flush=True)
    standing.count_day()
    measure_order(read_seeker(person), person)
    measure_pages(person)
    measure_clocks(searches)


def measure_order(seeker: Any, person: Any) -> None:
    from volunteers.services.finding.filters import Filters
    from volunteers.services.finding.search import KEY, find_best, search
    from volunteers.services.finding.seeker import Seeker, read_seeker

    words = Filters(text="តារាង", is_remote=False, place="21")
    for name, act in {
        "best 20 for one person, ranked": lambda: list(search(Filters(), seeker).order_by(*KEY)[:20]),
        "best 20, who is asked first, ready to show": lambda: find_best(Filters(), read_seeker(person), 20),
        "best 20 for a visitor": lambda: list(search(Filters(), Seeker()).order_by(*KEY)[:20]),
        "best 20 with words and a province": lambda: list(search(words, seeker).order_by(*KEY)[:20]),
    }.items():
        measure(name, act, TIMES)


def measure_pages(person: Any) -> None:
    from django.test import Client
    from django.urls import reverse

    visitor, member = Client(), Client()
    member.force_login(person)
    measure("page of the list, visitor", lambda: visitor.get(reverse("requests")).content, TIMES)
    measure("page of the list, member", lambda: member.get(reverse("requests")).content, TIMES)
    measure("list of the API, member", lambda: member.get("/api/v1/requests/?order=best").content, TIMES)


def measure_clocks(searches: int) -> None:
    from django.utils import timezone

    from volunteers.models import SavedSearch
    from volunteers.services.finding import exposure, records, standing, watch

    today = timezone.localdate()
    measure("daily count of points", lambda: standing.count_standing(today))
    measure("daily response records", records.count_records)
    measure("daily lift of the little seen", lambda: exposure.lift(today))
    found = list(SavedSearch.objects.select_related(*watch.PLACES))
    measure(f"{searches} saved searches looked through", lambda: watch.find_new(found, timezone.now()), 3)


if __name__ == "__main__":
    with own_database():
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000, int(sys.argv[2]) if len(sys.argv) > 2 else 1000)
