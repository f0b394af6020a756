"""What the programme's figures cost on 50,000 applications, and a day of the ledger.

Makes 1,652 offices with one request each in a database of its own (SQLite in a temporary folder; `DATABASE_URL`
chooses another, empty one). Run by hand from the project's folder, on an otherwise idle machine:
`python bench/figures.py [applications]`.
"""

import sys
from datetime import timedelta
from itertools import pairwise
from typing import Any

from stopwatch import analyse, measure, own_database

OFFICES, PROVINCES = 1652, 25
STATES = ("submitted", "not_placed", "shortlisted", "accepted")
WAYS = {
    "submitted": ("draft", "submitted"),
    "not_placed": ("draft", "submitted", "not_placed"),
    "shortlisted": ("draft", "submitted", "shortlisted"),
    "accepted": ("draft", "submitted", "shortlisted", "offered", "accepted"),
}


def make_offices() -> list[Any]:
    from accounts.models import Organisation
    from places.models import Commune, District, Province

    provinces = Province.objects.bulk_create(
        [Province(code=f"{n:02d}", name_km=f"ខេត្ត {n}", name_en=f"Province {n}") for n in range(1, PROVINCES + 1)]
    )
    districts = District.objects.bulk_create(
        [District(code=f"{each.code}01", province=each, name_km="ស្រុក", name_en="District") for each in provinces]
    )
    communes = Commune.objects.bulk_create(
        [
            Commune(code=f"{districts[n % PROVINCES].code}{n // PROVINCES:02d}", district=districts[n % PROVINCES],
                    name_km=f"ឃុំ {n}", name_en=f"Commune {n}")
            for n in range(OFFICES)
        ]
    )  # fmt: skip
    offices = [
        Organisation(kind="commune_office", commune=each, name_km=each.name_km, name_en=each.name_en)
        for each in communes
    ]
    return list(Organisation.objects.bulk_create(offices))


def fill(count: int) -> None:
    """Applications of a year, each with its log; one in four accepted, one in eight served."""
    applications = make_applications(make_requests(), make_people(count))
    write_log(applications)
    make_service([row for row in applications if row.status == "accepted"])


def make_requests() -> list[Any]:
    """One an office, opened some time in the last year."""
    from django.utils import timezone

    from volunteers.models import VolunteerRequest

    now = timezone.now()
    rows = [
        VolunteerRequest(office=office, title_km=f"ការងារ {n}", status="review", seats=40, seats_filled=n % 40,
                         opened_at=now - timedelta(days=n % 365 + 1), expires_at=now)
        for n, office in enumerate(make_offices())
    ]  # fmt: skip
    return list(VolunteerRequest.objects.bulk_create(rows))


def make_people(count: int) -> list[Any]:
    """From 16 to 35 years old, of whom every group has some."""
    from django.utils import timezone

    from accounts.models import InclusionProfile, User

    now = timezone.now()
    people = [User(username=f"bench{n}", birth_year=now.year - 16 - n % 20) for n in range(count)]
    User.objects.bulk_create(people, batch_size=1000)
    told = [
        InclusionProfile(user=each, is_female=n % 2 == 0, has_disability=n % 11 == 0, has_id_poor=n % 5 == 0,
                         is_minority=n % 13 == 0, consented_at=now, purpose="bench")
        for n, each in enumerate(people)
    ]  # fmt: skip
    InclusionProfile.objects.bulk_create(told, batch_size=1000)
    return people


def make_applications(requests: list[Any], people: list[Any]) -> list[Any]:
    from django.utils import timezone

    from volunteers.models import Application

    now = timezone.now()
    rows = [
        Application(request=requests[n % OFFICES], applicant=each, code_number=n // OFFICES + 1,
                    status=STATES[n % 4], sent_at=now - timedelta(days=n % 365 + 2),
                    offer_expires_at=now if STATES[n % 4] == "accepted" else None)
        for n, each in enumerate(people)
    ]  # fmt: skip
    return list(Application.objects.bulk_create(rows, batch_size=1000))


def write_log(applications: list[Any]) -> None:
    """Every step of each, over the year."""
    from django.utils import timezone

    from volunteers.models import Transition

    now = timezone.now()
    log = [
        Transition(application=row, verb="bench", source=source, target=target, announced_at=now)
        for row in applications
        for source, target in pairwise(WAYS[row.status])
    ]
    Transition._meta.get_field("at").auto_now_add = False  # the log of a year, not of this minute
    for n, line in enumerate(log):
        line.at = now - timedelta(days=n % 365 + 1, hours=n % 9)
    Transition.objects.bulk_create(log, batch_size=1000)


def make_service(accepted: list[Any]) -> None:
    """Every second placement is over; some have hours."""
    from django.utils import timezone

    from volunteers.models import HoursEntry, Placement

    now = timezone.now()
    rows = [
        Placement(application=row, status="completed" if n % 2 else "active",
                  start_date=now.date() - timedelta(days=60), end_date=now.date() - timedelta(days=20))
        for n, row in enumerate(accepted)
    ]  # fmt: skip
    placements = Placement.objects.bulk_create(rows, batch_size=1000)
    hours = [
        HoursEntry(placement=each, day_date=now.date() - timedelta(days=day), minutes=480, settled_minutes=480,
                   status="confirmed", happened_at=now)
        for n, each in enumerate(placements) for day in range(10, 10 + 3 * (n % 3), 3)
    ]  # fmt: skip
    HoursEntry.objects.bulk_create(hours, batch_size=1000)


def main(count: int) -> None:
    from django.db import connection

    fill(count)
    analyse()
    print(f"{connection.vendor}: {count:,} applications", flush=True)
    measure_dashboard()
    measure_night()


def measure_dashboard() -> None:
    """What a person waits for, part by part and as the whole page."""
    from django.contrib.auth.models import Group
    from django.test import Client
    from django.urls import reverse
    from django.utils import timezone

    from accounts.models import User
    from accounts.rules import STAFF
    from places.models import Province
    from volunteers.services.figures.counts import read_report
    from volunteers.services.figures.groups import read_groups
    from volunteers.services.figures.scope import Quarter, Scope
    from volunteers.services.figures.trend import read_trend

    province, quarter = Province.objects.get(code="07"), Quarter.of(timezone.localdate() - timedelta(days=100))
    client, staff = Client(), User.objects.create(username="bench-staff")
    staff.groups.add(Group.objects.get_or_create(name=STAFF)[0])
    client.force_login(staff)
    for name, act in {
        "page of all provinces, all time": lambda: client.get(reverse("programme")).content,
        "all provinces, all time": lambda: read_report(Scope()),
        "one province": lambda: read_report(Scope(province=province)),
        "one quarter": lambda: read_report(Scope(quarter=quarter)),
        "one province in one quarter": lambda: read_report(Scope(province, quarter)),
        "groups of all": lambda: read_groups(Scope()),
        "groups of a province": lambda: read_groups(Scope(province=province)),
        "quarters": lambda: read_trend(Scope()),
    }.items():
        measure(name, act)


def measure_night() -> None:
    from django.utils import timezone

    from volunteers.services.figures.alerts import refresh_alerts
    from volunteers.services.figures.standing import renew_groups
    from volunteers.services.ledger.daily import write_day

    days = iter(range(300, 0, -1))
    measure("groups of the night", renew_groups)
    measure("alerts of the night", refresh_alerts)
    measure("one day of the ledger", lambda: write_day(timezone.localdate() - timedelta(days=next(days))))


if __name__ == "__main__":
    with own_database():
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
