"""What the programme's figures cost on 50,000 applications, and a day of the ledger.

Makes 1,652 offices with one request each in a database of its own (SQLite in a temporary folder; `DATABASE_URL`
chooses another, empty one). Run by hand from the project's folder, on an otherwise idle machine:
`python bench/figures.py [applications]`. Each figure is the best of three.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
OFFICES, PROVINCES = 1652, 25


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
    from django.utils import timezone

    from accounts.models import InclusionProfile, User
    from volunteers.models import Application, HoursEntry, Placement, Transition, VolunteerRequest

    now = timezone.now()
    requests = VolunteerRequest.objects.bulk_create(
        [
            VolunteerRequest(office=office, title_km=f"ការងារ {n}", status="review", seats=40, seats_filled=n % 40,
                             opened_at=now - timedelta(days=n % 365 + 1), expires_at=now)
            for n, office in enumerate(make_offices())
        ]
    )  # fmt: skip
    people = User.objects.bulk_create(
        [User(username=f"bench{n}", birth_year=now.year - 16 - n % 20) for n in range(count)], batch_size=1000
    )
    InclusionProfile.objects.bulk_create(
        [
            InclusionProfile(user=each, is_female=n % 2 == 0, has_disability=n % 11 == 0, has_id_poor=n % 5 == 0,
                             is_minority=n % 13 == 0, consented_at=now, purpose="bench")
            for n, each in enumerate(people)
        ],
        batch_size=1000,
    )  # fmt: skip
    states = ("submitted", "not_placed", "shortlisted", "accepted")
    rows = Application.objects.bulk_create(
        [
            Application(request=requests[n % OFFICES], applicant=each, code_number=n // OFFICES + 1,
                        status=states[n % 4], sent_at=now - timedelta(days=n % 365 + 2),
                        offer_expires_at=now if n % 4 == 3 else None)
            for n, each in enumerate(people)
        ],
        batch_size=1000,
    )  # fmt: skip
    way = {"submitted": 1, "not_placed": 2, "shortlisted": 2, "accepted": 4}
    steps = ("submitted", "shortlisted", "offered", "accepted")
    log = []
    for row in rows:
        source = "draft"
        for step in range(way[row.status]):
            target = "not_placed" if row.status == "not_placed" and step else steps[step]
            log.append(Transition(application=row, verb="bench", source=source, target=target, announced_at=now))
            source = target
    Transition._meta.get_field("at").auto_now_add = False  # the log of a year, not of this minute
    for n, line in enumerate(log):
        line.at = now - timedelta(days=n % 365 + 1, hours=n % 9)
    Transition.objects.bulk_create(log, batch_size=1000)
    placements = Placement.objects.bulk_create(
        [
            Placement(application=row, status="completed" if n % 8 == 3 else "active",
                      start_date=now.date() - timedelta(days=60), end_date=now.date() - timedelta(days=20))
            for n, row in enumerate(rows) if n % 4 == 3
        ],
        batch_size=1000,
    )  # fmt: skip
    HoursEntry.objects.bulk_create(
        [
            HoursEntry(placement=each, day_date=now.date() - timedelta(days=day), minutes=480, settled_minutes=480,
                       status="confirmed", happened_at=now)
            for n, each in enumerate(placements) for day in range(10, 10 + 3 * (n % 3), 3)
        ],
        batch_size=1000,
    )  # fmt: skip


def measure(name: str, run: Callable[[], Any]) -> None:
    from django.db import connection, reset_queries

    best, queries = float("inf"), 0
    for _ in range(3):
        reset_queries()
        before = time.perf_counter()
        run()
        best, queries = min(best, time.perf_counter() - before), len(connection.queries)
    print(f"{name:<52}{best * 1000:>9.0f} ms {queries:>4} queries", flush=True)


def main(count: int) -> None:
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    fill(count)
    settings.DEBUG = True  # so that queries are counted
    from django.utils import timezone

    from places.models import Province
    from volunteers.services.figures.alerts import refresh_alerts
    from volunteers.services.figures.counts import read_report
    from volunteers.services.figures.groups import read_groups
    from volunteers.services.figures.scope import Quarter, Scope
    from volunteers.services.figures.trend import read_trend
    from volunteers.services.ledger.daily import write_day

    province = Province.objects.get(code="07")
    quarter = Quarter.of(timezone.localdate() - timedelta(days=100))
    print(f"{count:,} applications, {settings.DATABASES['default']['ENGINE'].rpartition('.')[2]}")
    measure("all provinces, all time", lambda: read_report(Scope()))
    measure("one province", lambda: read_report(Scope(province=province)))
    measure("one quarter", lambda: read_report(Scope(quarter=quarter)))
    measure("one province in one quarter", lambda: read_report(Scope(province, quarter)))
    measure("groups of all", lambda: read_groups(Scope(), by=None, reason="bench"))
    measure("groups of a province", lambda: read_groups(Scope(province=province), by=None, reason="bench"))
    measure("quarters", lambda: read_trend(Scope()))
    measure("alerts of the night", refresh_alerts)
    days = iter(range(300, 0, -1))
    measure("one day of the ledger", lambda: write_day(timezone.localdate() - timedelta(days=next(days))))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("VAR_DIR", folder)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
