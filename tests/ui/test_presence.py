"""How many read now: a number over all processes, softened while it is small, and never who."""

import asyncio
import json

import pytest

from ui.rooms import presence, sampling
from ui.rooms.hub import HUB, Seat
from ui.rooms.presence import FEW, Presence, count_things, soften


@pytest.mark.parametrize(("count", "told"), [(0, 0), (1, 0), (2, 0), (3, FEW), (9, FEW), (10, 10), (57, 57)])
def test_small_numbers_are_softened(count: int, told: int) -> None:
    assert soften(count) == told


def test_the_languages_of_a_thing_are_counted_together() -> None:
    rooms = {"topic:a:km": {1, 2}, "topic:a:en": {3}, "topic:b:km": {4}}
    assert count_things(rooms) == {"topic:a": 3, "topic:b": 1}


def test_only_changes_are_told() -> None:
    here = Presence()
    assert here.sample({"a": 2, "b": 12}) == {"b": 12}
    assert here.sample({"a": 3, "b": 12}) == {"a": FEW}
    assert here.sample({"a": 9, "b": 11}) == {"b": 11}
    assert here.sample({"a": 1}) == {"a": 0}
    assert here.told == {"a": 0}


def test_other_processes_count_until_they_fall_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    here = Presence()
    here.take("second", {"a": 8, "elsewhere": 50})
    here.take("third", {"a": 1})
    here.take("third", {"a": 2})
    assert here.sample({"a": 4}) == {"a": 14}
    monkeypatch.setattr(presence, "TOO_OLD", -1)
    assert here.sample({"a": 4}) == {"a": FEW}


@pytest.mark.asyncio
async def test_pages_hear_how_many_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampling, "READING", Presence())
    monkeypatch.setattr(presence, "EVERY", 0.01)
    heard: list[str] = []

    async def send(text: str) -> None:
        heard.append(text)

    async def close(code: int) -> None: ...

    seats = [(f"topic:a:{language}", Seat(send, close)) for language in ("km", "km", "en")]
    for room, seat in seats:
        HUB.join(room, seat)
    sampling.start_sampling()
    sampling.start_sampling()
    await asyncio.sleep(0.1)
    assert [json.loads(text) for text in heard] == [{"type": "reading", "count": FEW}] * 3
    for room, seat in seats:
        HUB.leave(room, seat)
    await asyncio.sleep(0.05)
    assert sampling._tasks[0].done()
