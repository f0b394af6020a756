"""How long a round takes, with the draw and the proof: 50,000 and 200,000 people, 1,652 requests, 10 choices each;
and 5,000 people with 500 requests beside the `matching` package, on the same instance in the same run.

Run by hand from the project's folder, on an otherwise idle machine: `python bench/matching.py`. No database is used.
Some requests are much dearer than others, seats are for nine people in ten, a tenth of the seats each is kept for two
flags, bands are 1 to 5 and one choice in twenty has none.
"""

import gc
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# This file is called like the package that it measures against, so its own folder must not be searched.
sys.path[:] = [str(ROOT), *(folder for folder in sys.path if Path(folder).resolve() != ROOT / "bench")]

import numpy as np
import numpy.typing as npt

from tests.volunteers.matching.judges import solve_deeply
from volunteers.matching.acceptance import Option, accept
from volunteers.matching.figures import measure
from volunteers.matching.instance import Instance, Person, Request
from volunteers.matching.lottery import draw_number, draw_places
from volunteers.matching.proof import prove
from volunteers.matching.record import write_record
from volunteers.matching.runs import run
from volunteers.matching.sections import Sections

TIMES, CHOICES, REQUESTS = 5, 10, 1652
Floats = npt.NDArray[np.float64]


def tell(what: str, work: Callable[[], object], times: int = TIMES) -> float:
    """Print medians of a few runs: by the clock, and of the processor, which others on the machine disturb less."""
    spent = []
    for _ in range(times):
        gc.collect()
        began, busy = time.perf_counter(), time.process_time()
        work()
        spent.append((time.perf_counter() - began, time.process_time() - busy))
    clock, processor = (statistics.median(column) for column in zip(*spent, strict=True))
    print(f"  {what}: {clock:.3f} s, processor {processor:.3f} s", flush=True)
    return processor


def make_rows(people: int, requests: int, *, kept: bool = True) -> tuple[list[Person], list[Request]]:
    """People who choose by taste and by what is dear to all."""
    chance = np.random.default_rng(people)
    dear = chance.gumbel(size=requests) / 2
    seats = people * 9 // 10 // requests
    reserves = (("disability", seats // 10), ("poor", seats // 10)) if kept else ()
    names = [f"r{number:05}" for number in range(requests)]
    rows = []
    for start in range(0, people, 1000):
        count = min(1000, people - start)
        liked = sort_best(dear + chance.gumbel(size=(count, requests)))
        bands = np.where(chance.random((count, CHOICES)) < 0.05, 0, chance.integers(1, 6, (count, CHOICES))).tolist()
        holds = (chance.random((count, 2)) < (0.04, 0.18)).tolist()
        for index in range(count):
            choices = tuple((names[r], band) for r, band in zip(liked[index], bands[index], strict=True))
            flags = frozenset(f for f, held in zip(("disability", "poor"), holds[index], strict=True) if held)
            rows.append(Person(f"p{start + index:07}", choices, flags))
    return rows, [Request(name, seats, reserves) for name in names]


def sort_best(worth: Floats) -> list[list[int]]:
    """The columns of the few largest of each row, the largest first."""
    best = np.argpartition(-worth, CHOICES, axis=1)[:, :CHOICES]
    order = np.argsort(-np.take_along_axis(worth, best, axis=1), axis=1)
    return np.take_along_axis(best, order, axis=1).tolist()


def report(people: int) -> None:
    rows, offers = make_rows(people, REQUESTS)
    print(f"{people} people, {REQUESTS} requests, {CHOICES} choices")
    tell("rows into columns, checked", lambda: Instance.build(rows, offers), 3)
    instance = Instance.build(rows, offers)
    for option in Option:
        tell(f"draw, place and prove, {option}", lambda option=option: run(instance, seed="bench", option=option))
    done = run(instance, seed="bench")
    places, sections = draw_places("bench", instance.people), Sections.of(instance)
    tell("of these the draw", lambda: draw_places("bench", instance.people))
    tell("of these the placing", lambda: accept(instance, sections, places))
    tell("of these the proof", lambda: prove(instance, seed="bench", placed=done.placed))
    changed = [Request(offer.id, offer.seats, (("poor", offer.seats // 5),)) for offer in offers]
    tell(
        "dry run with other reserves, with its figures",
        lambda: measure(run(instance.with_requests(changed), seed="bench")),
    )
    tell("the record", lambda: write_record(done), 1)
    figures = measure(done)
    print(f"  placed {figures.placed_share:.1%}, first choice {figures.first_share:.1%}")


def report_beside_matching(people: int = 5000, requests: int = 500) -> None:
    """Strict lists and no reserves, the only kind that `matching` can do."""
    from matching.games import HospitalResident

    rows, offers = make_rows(people, requests, kept=False)
    listed = {row.id: [r for r, band in row.choices if band > 0] for row in rows}
    ranked: dict[str, list[tuple[tuple[int, str], str]]] = {offer.id: [] for offer in offers}
    for row in rows:
        for name, band in row.choices:
            if band > 0:
                ranked[name].append(((band, draw_number("bench", row.id)), row.id))
    orders = {name: [person for _, person in sorted(keys)] for name, keys in ranked.items() if keys}
    seats = {offer.id: offer.seats for offer in offers if offer.id in orders}

    def solve() -> dict[str, str]:
        game = HospitalResident.create_from_dictionaries(listed, orders, seats)
        began = time.process_time()
        solved = game.solve()
        alone.append(time.process_time() - began)
        return {resident.name: hospital.name for hospital, found in solved.items() for resident in found}

    print(f"{people} people, {requests} requests, {CHOICES} choices, beside matching, no reserves")
    theirs: dict[str, str] = {}
    alone: list[float] = []
    slow = tell("matching, from lists to outcome, unproved", lambda: theirs.update(solve_deeply(solve)), 1)
    quick = tell("ours, from rows to outcome, proved", lambda: run(Instance.build(rows, offers), seed="bench"))
    ours = run(Instance.build(rows, offers), seed="bench").read_placements()
    assert {person: at for person, at in ours.items() if at} == theirs
    print(f"  the same outcome; ratio {slow / quick:.0f} (processor)")
    print(f"  of theirs the solving alone {alone[0]:.3f} s, once its players are copied: ratio {alone[0] / quick:.1f}")


if __name__ == "__main__":
    report_beside_matching()
    for size in (50_000, 200_000):
        report(size)
