"""What a round costs that is built from the database: 5,000 people, 500 requests, 10 choices each, three criteria.

Makes it in a database of its own (SQLite in a temporary folder; `DATABASE_URL` chooses another, empty one): tastes of
which some are shared, points that make every band, one choice in twenty without points, groups of which two have kept
seats. Run by hand from the project's folder, on an otherwise idle machine: `python bench/rounds.py [people]
[requests]`. The limit: reading, running and a dry run with changed settings in under a second each.
"""

import sys
from datetime import timedelta
from typing import Any

from stopwatch import analyse, measure, own_database

CHOICES, TIMES = 10, 3
FLAGS = {"is_female": 0.5, "has_disability": 0.04, "has_id_poor": 0.18, "is_minority": 0.06}


def make_requests(count: int, people: int) -> list[Any]:
    """One office and request for each commune, with seats for nine people in ten."""
    from django.utils import timezone

    from accounts.models import Organisation
    from places.models import Commune
    from places.services import load_gazetteer
    from volunteers.models import VolunteerRequest

    load_gazetteer()
    communes = list(Commune.objects.order_by("code")[:count])
    offices = Organisation.objects.bulk_create(
        [Organisation(kind="commune_office", commune=each, name_km=each.name_km) for each in communes], batch_size=500
    )
    return list(
        VolunteerRequest.objects.bulk_create(
            [
                VolunteerRequest(
                    office=office, title_km=f"ការងារ {n}", status="open", seats=max(1, people * 9 // 10 // count),
                    opened_at=timezone.now(), expires_at=timezone.now() + timedelta(days=50),
                )
                for n, office in enumerate(offices)
            ],
            batch_size=500,
        )
    )  # fmt: skip


def make_round(requests: list[Any]) -> tuple[Any, list[Any]]:
    from django.utils import timezone

    from volunteers.models import Round, RoundRequest

    now = timezone.now()
    days = ("opens_at", "choices_close_at", "scoring_closes_at", "draw_at")
    row = Round.objects.create(
        name_km="ជុំ", status="ready", seed_source_km="ឆ្នោត", reserves=[["has_disability", 10], ["has_id_poor", 10]],
        **{name: now - timedelta(days=9 - place) for place, name in enumerate(days)},
        confirm_by=now + timedelta(days=3), second_closes_at=now + timedelta(days=9),
    )  # fmt: skip
    places = [RoundRequest(round=row, request=each, seats=each.seats) for each in requests]
    return row, RoundRequest.objects.bulk_create(places, batch_size=500)


def make_people(count: int, chance: Any) -> list[Any]:
    from django.utils import timezone

    from accounts.models import InclusionProfile, User

    people = User.objects.bulk_create([User(username=f"b{n}", birth_year=2001) for n in range(count)], batch_size=1000)
    held = {flag: (chance.random(count) < share).tolist() for flag, share in FLAGS.items()}
    InclusionProfile.objects.bulk_create(
        [
            InclusionProfile(
                user=each,
                consented_at=timezone.now() - timedelta(days=30),
                purpose="bench",
                **{flag: held[flag][n] for flag in FLAGS},
            )
            for n, each in enumerate(people)
        ],
        batch_size=500,
    )
    return list(people)


def make_lists(row: Any, places: list[Any], people: list[Any], chance: Any) -> list[Any]:
    """Ten applications and choices for each person; the applications."""
    import numpy as np

    from volunteers.models import Application, RoundChoice, RoundEntry

    dear = chance.gumbel(size=len(places)) / 2
    liked = np.argsort(-(dear + chance.gumbel(size=(len(people), len(places)))), axis=1)[:, :CHOICES].tolist()
    entries = RoundEntry.objects.bulk_create([RoundEntry(round=row, person=each) for each in people], batch_size=1000)
    codes = dict.fromkeys(range(len(places)), 0)
    sent, lines = [], []
    for entry, person, chosen in zip(entries, people, liked, strict=True):
        for rank, at in enumerate(chosen, 1):
            codes[at] += 1
            application = Application(
                request=places[at].request, applicant=person, status="submitted", code_number=codes[at]
            )
            sent.append(application)
            lines.append(RoundChoice(entry=entry, round_request=places[at], rank=rank, application=application))
    Application.objects.bulk_create(sent, batch_size=1000)
    RoundChoice.objects.bulk_create(lines, batch_size=1000)
    return sent


def score(requests: list[Any], sent: list[Any], by: Any, chance: Any) -> None:
    from volunteers.models import Criterion, Score
    from volunteers.services.scoring.criteria import read_usual

    words = read_usual()[:3]
    made = Criterion.objects.bulk_create(
        [Criterion(request=each, position=n, **row) for each in requests for n, row in enumerate(words, 1)],
        batch_size=500,
    )
    criteria: dict[int, list[Any]] = {}
    for each in made:
        criteria.setdefault(each.request_id, []).append(each)
    points = chance.integers(1, 6, (len(sent), len(words))).tolist()
    scored = (chance.random(len(sent)) >= 0.05).tolist()
    Score.objects.bulk_create(
        [
            Score(application=application, criterion=criterion, by=by, points=given)
            for application, row, is_scored in zip(sent, points, scored, strict=True)
            if is_scored
            for criterion, given in zip(criteria[application.request_id], row, strict=True)
        ],
        batch_size=2000,
    )


def show(figures: dict[str, Any]) -> None:
    """What a dry run shows: shares of the placed and of first choices, each group beside the rest, fill by commune."""
    from volunteers.services.rounds.report import spell_share

    print(f"  placed {spell_share(figures['placed_share'])}, first choice {spell_share(figures['first_share'])}")
    for group in figures["groups"]:
        if not group["hidden"]:
            shares = [spell_share(group[name]) for name in ("placed_share", "rest_share", "ratio")]
            print(f"  {group['flag']}: {shares[0]} beside {shares[1]} of the others, ratio {shares[2]}")
    full = sum(row["taken"] == row["seats"] for row in figures["communes"])
    print(f"  {full} of {len(figures['communes'])} communes full, seats taken {spell_share(figures['filled_share'])}")


def make(people: int, requests: int) -> tuple[Any, Any]:
    """The round with its number entered, and who leads it."""
    import numpy as np
    from django.contrib.auth.models import Group

    from accounts.models import User
    from accounts.rules import STAFF
    from volunteers.models import Round

    chance = np.random.default_rng(2026)
    offers = make_requests(requests, people)
    row, places = make_round(offers)
    persons = make_people(people, chance)
    officer = User.objects.create(username="officer")  # nobody leads a round in which they choose
    officer.groups.add(Group.objects.get_or_create(name=STAFF)[0])
    score(offers, make_lists(row, places, persons, chance), officer, chance)
    Round.objects.filter(pk=row.pk).update(seed="634217", seed_entered_at=row.draw_at)
    row.refresh_from_db()
    return row, officer


def measure_all(row: Any, officer: Any) -> None:
    from volunteers.enums import RoundStage
    from volunteers.matching.runs import run
    from volunteers.services.rounds.building import build_inputs
    from volunteers.services.rounds.figures import count_run
    from volunteers.services.rounds.outcomes import write_outcomes
    from volunteers.services.rounds.progress import list_progress
    from volunteers.services.rounds.readiness import look
    from volunteers.services.rounds.running import hash_now, record_run, repeat
    from volunteers.services.rounds.trying import try_tuning
    from volunteers.services.rounds.tuning import Tuning
    from volunteers.services.rounds.verifying import _look

    inputs = build_inputs(row, RoundStage.FIRST, by=None)
    done = run(inputs.instance, seed="634217")
    kept = record_run(row, by=officer)
    tuning = Tuning((420, 350, 250, 150), (("has_id_poor", 15), ("is_minority", 5)))
    for name, act in (
        ("read from the database", lambda: build_inputs(row, RoundStage.FIRST, by=None)),
        ("draw, place and prove", lambda: run(inputs.instance, seed="634217")),
        ("count it, by group and commune", lambda: count_run(row, done, by=officer)),
        ("read, place, prove, count and keep", lambda: record_run(row, by=officer)),
        ("dry run, other bands and kept seats", lambda: try_tuning(kept, tuning, by=officer)),
        ("does the run still fit the database", lambda: hash_now(row, RoundStage.FIRST)),
        ("what is still missing", lambda: look(row)),
        ("scoring: the first fifty offices", lambda: list(list_progress(row, waiting=True)[:50])),
        ("made and proved again, for everybody", lambda: dict(_look(kept))),
    ):
        measure(name, act, TIMES)
    show(kept.figures)
    show(try_tuning(kept, tuning, by=officer))

    def explain() -> None:
        kept.outcomes.all()._raw_delete(kept.outcomes.db)
        kept.request_outcomes.all()._raw_delete(kept.request_outcomes.db)
        write_outcomes(kept, repeat(kept), [])

    measure("every reason written", explain, TIMES)


def main(people: int, requests: int) -> None:
    """Fill and measure."""
    from django.db import connection
    from django.utils.translation import activate

    activate("en")
    row, officer = make(people, requests)
    analyse()
    print(f"{connection.vendor}: {people} people, {requests} requests, {CHOICES} choices")
    measure_all(row, officer)


if __name__ == "__main__":
    with own_database():
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000, int(sys.argv[2]) if len(sys.argv) > 2 else 500)
