"""What finding costs among 20,000 open requests: one person's best 20, the page, the daily counts, saved searches.

Makes them in a database of its own (SQLite in a temporary folder; `DATABASE_URL` chooses another, empty one): offices
in every commune, 12 skills in many combinations, a person with a full profile. Run by hand from the project's folder,
on an idle machine: `python bench/finding.py [requests] [searches]`. The limit: 50 ms for the best 20 of 20,000.
"""

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
CHANCE = random.Random(2026)  # noqa: S311 the same rows in every run


def fill(requests: int, searches: int) -> Any:
    """Places, offices, requests with their listings; answers the person who looks."""
    from django.utils import timezone

    from accounts.enums import OrganisationKind, Verification
    from accounts.models import Organisation
    from courses.models import Skill
    from places.models import Commune
    from places.services import load_gazetteer
    from volunteers.models import (
        RequestListing,
        RequestSkill,
        RequestText,
        VolunteerRequest,
    )
    from volunteers.services.finding.listing import describe, make_text, read_requests

    load_gazetteer()
    now = timezone.now()
    communes = list(Commune.objects.all())
    offices = Organisation.objects.bulk_create(
        [
            Organisation(
                kind=OrganisationKind.COMMUNE_OFFICE, name_km=place.name_km, name_en=place.name_en, commune=place,
                verification=Verification.VERIFIED, verified_at=now,
            )
            for place in communes
        ],
        batch_size=500,
    )  # fmt: skip
    skills = [Skill.objects.create(code=f"bench-{n}", name_km=f"ជំនាញ {n}", name_en=f"Skill {n}") for n in range(12)]
    rows = []
    for n in range(requests):
        opened = now - timedelta(hours=CHANCE.randrange(1, 24 * 40))
        rows.append(
            VolunteerRequest(
                office=CHANCE.choice(offices), status="open", title_km=f"បញ្ចូលសំណើពីភូមិ {n}", title_en=f"Work {n}",
                summary_km="ជួយស្មៀនបញ្ចូលសំណើក្នុងតារាង។" * 3, tasks_km=["បញ្ចូលសំណើ។", "ពិនិត្យលេខ។"], seats=2,
                start_date=(now + timedelta(days=CHANCE.randrange(5, 60))).date(), minimum_age=CHANCE.choice([15, 18]),
                is_morning=CHANCE.random() < 0.5, is_weekend=CHANCE.random() < 0.3, opened_at=opened,
                expires_at=now + timedelta(days=CHANCE.randrange(1, 60)),
            )
        )  # fmt: skip
    made = VolunteerRequest.objects.bulk_create(rows, batch_size=500)
    RequestSkill.objects.bulk_create(
        [
            RequestSkill(request=row, skill=skill)
            for row in made
            for skill in CHANCE.sample(skills, CHANCE.randrange(0, 5))
        ],
        batch_size=2000,
    )
    listed = read_requests().all()
    RequestListing.objects.bulk_create(
        [RequestListing(request=row, **describe(row)) for row in listed.iterator(chunk_size=500)], batch_size=500
    )
    RequestText.objects.bulk_create(
        [RequestText(request=row, text=make_text(row)) for row in listed.iterator(chunk_size=500)], batch_size=500
    )
    person = make_person(communes, skills)
    save_searches(communes, searches)
    return person


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


def measure(name: str, act: Callable[[], object], times: int = 20) -> None:
    """The best, the middle and the least work of this process after two runs that warm up; the queries of one."""
    from django.db import connection

    queries: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        queries.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        act()
    act()
    spent, busy = [], []
    for _ in range(times):
        began, worked = time.perf_counter(), time.process_time()
        act()
        spent.append((time.perf_counter() - began) * 1000)
        busy.append((time.process_time() - worked) * 1000)
    spent.sort()
    print(
        f"{name:<44}{spent[0]:>9.1f} ms best{spent[len(spent) // 2]:>9.1f} ms middle{min(busy):>9.1f} ms of CPU"
        f"{len(queries):>6} queries",
        flush=True,
    )


def main(requests: int, searches: int) -> None:
    """Set up, fill, measure."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.urls import reverse
    from django.utils import timezone

    from volunteers.models import SavedSearch
    from volunteers.services.finding import exposure, records, standing, watch
    from volunteers.services.finding.filters import Filters
    from volunteers.services.finding.search import KEY, find_best, search
    from volunteers.services.finding.seeker import Seeker, read_seeker

    call_command("migrate", verbosity=0)
    person = fill(requests, searches)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    today = timezone.localdate()
    print(f"{connection.vendor}: {requests} open requests, {searches} saved searches")
    standing.count_day()
    seeker = read_seeker(person)
    measure("best 20 for one person, ranked", lambda: list(search(Filters(), seeker).order_by(*KEY)[:20]))
    measure("best 20, who is asked first, ready to show", lambda: find_best(Filters(), read_seeker(person), 20))
    measure("best 20 for a visitor", lambda: list(search(Filters(), Seeker()).order_by(*KEY)[:20]))
    words = Filters(text="តារាង", is_remote=False, place="21")
    measure("best 20 with words and a province", lambda: list(search(words, seeker).order_by(*KEY)[:20]))
    visitor, member = Client(), Client()
    member.force_login(person)
    measure("page of the list, visitor", lambda: visitor.get(reverse("requests")).content)
    measure("page of the list, member", lambda: member.get(reverse("requests")).content)
    measure("daily count of points", lambda: standing.count_standing(today), 5)
    measure("daily response records", records.count_records, 5)
    measure("daily lift of the little seen", lambda: exposure.lift(today), 5)
    found = list(SavedSearch.objects.select_related(*watch.PLACES))
    measure(f"{searches} saved searches looked through", lambda: watch.find_new(found, timezone.now()), 3)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000, int(sys.argv[2]) if len(sys.argv) > 2 else 1000)
