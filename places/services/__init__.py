"""The gazetteer: loaded from this app's files, found by what a person types, and kept when communes end."""

from places.services.finding import find_place, find_places, places_of
from places.services.gazetteer import (
    GAZETTEER,
    LEVEL_BY_CODE_LENGTH,
    LEVELS,
    POINTS,
    SUCCESSORS,
    LoadResult,
    load_gazetteer,
    read_gazetteer,
    read_province_shapes,
)
from places.services.successors import CannotEndError, end_commune, find_current, find_former, read_successors

__all__ = [
    "GAZETTEER",
    "LEVELS",
    "LEVEL_BY_CODE_LENGTH",
    "POINTS",
    "SUCCESSORS",
    "CannotEndError",
    "LoadResult",
    "end_commune",
    "find_current",
    "find_former",
    "find_place",
    "find_places",
    "load_gazetteer",
    "places_of",
    "read_gazetteer",
    "read_province_shapes",
    "read_successors",
]
