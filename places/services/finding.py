"""Finding a place by its code, or by what a person types. A commune that ended leads to its successor."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from places.models import Commune, Place
from places.querysets import PlaceQuerySet
from places.services.gazetteer import LEVEL_BY_CODE_LENGTH, LEVELS
from places.services.successors import find_current


def places_of(level: str) -> PlaceQuerySet[Any]:
    """All places of one level that are there today: province, district, commune or village."""
    return cast("PlaceQuerySet[Any]", LEVELS[level]._default_manager.all()).standing()


def find_places(text: str, levels: Sequence[str] = ("commune",), limit: int = 5) -> list[Place]:
    """At most `limit` places with their parents, best match first; one query per level.

    `text` is Khmer however it is coded, any Latin spelling, or a code in either digits. The name or code of a commune
    that ended finds the commune it became part of.
    """
    found: list[Place] = []
    for level in levels:
        model = LEVELS[level]
        rows = cast("PlaceQuerySet[Any]", model._default_manager.all())
        rows = rows if model is Commune else rows.standing()
        found += rows.matching(text).with_parents()[:limit]
    if len(levels) > 1:
        found.sort(key=lambda place: (getattr(place, "match_rank", 0), len(place.code), place.code))
    return _lead_on(found)[:limit]


def _lead_on(found: Iterable[Place]) -> list[Place]:
    """Each place as it is today, once, at its best rank."""
    current = (find_current(place) if isinstance(place, Commune) else place for place in found)
    return list({place.code: place for place in current}.values())


def find_place(code: str) -> Place | None:
    """The place of this code with its parents, whatever its level; also one that ended."""
    level = LEVEL_BY_CODE_LENGTH.get(len(code))
    if level is None or "\x00" in code:
        return None
    rows = cast("PlaceQuerySet[Any]", LEVELS[level]._default_manager.all())
    place: Place | None = rows.with_parents().filter(code=code).first()
    return place
