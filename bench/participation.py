"""What the night's figures of participation and their pages cost on 100,000 answers from 1,652 communes.

In a database of its own (SQLite in a temporary folder; `DATABASE_URL` chooses another, empty one). Run by hand from the
project's folder, on an otherwise idle machine: `python bench/participation.py [answers]`.
"""

import sys
from datetime import timedelta
from random import Random
from typing import Any

from figures import make_offices
from stopwatch import analyse, measure, own_database


def fill(count: int) -> None:
    """One survey an office, its answers spread over days, so that no ten minutes hold too many."""
    from django.utils import timezone

    from participation.models import Survey, SurveyAnswer
    from participation.services.surveys.answering import WINDOW, floor_to_window
    from participation.services.usual import plan_year_on

    now, chance = timezone.now(), Random(54)  # noqa: S311
    year = plan_year_on(timezone.localdate())
    surveys: list[Any] = Survey.objects.bulk_create(
        [
            Survey(office=each, commune=each.commune, year=year, title_km="ផែនការ", at_once=20,
                   closes_at=now + timedelta(days=9), opens_at=now - timedelta(days=30))
            for each in make_offices()
        ]
    )  # fmt: skip
    begin = floor_to_window(now - timedelta(days=2))
    yes = lambda share: chance.random() < share  # noqa: E731
    answers = [
        SurveyAnswer(
            survey=surveys[number % len(surveys)], received_at=begin - WINDOW * (number // len(surveys)),
            heard=yes(0.7), invited=yes(0.6), joined=yes(0.45), gave_input=yes(0.4),
            satisfaction=chance.choice(["very", "somewhat", "hardly", "not", "unsure"]),
            age=chance.choice(["", "18-35", "36-60", "61-"]), sex=chance.choice(["", "female", "male"]),
            has_migrant=yes(0.3), has_disability=yes(0.05), is_minority=yes(0.1),
        )
        for number in range(count)
    ]  # fmt: skip
    SurveyAnswer.objects.bulk_create(answers, batch_size=2000)
    analyse()


def look() -> None:
    from django.test import Client
    from django.utils import timezone

    from participation.services.indicators.standing import renew_indicators

    measure("the night's count", lambda: renew_indicators(timezone.localdate()), times=1)
    client = Client()
    for path in ("/km/participation/", "/km/participation/?province=01", "/km/communes/010100/participation/"):
        measure(path, lambda path=path: client.get(path))


if __name__ == "__main__":
    with own_database():
        fill(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
        look()
