"""Loading the gazetteer from the files of this app, and finding a place by what a person types."""

import csv
import gzip
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

from django.db import transaction

from places.models import Commune, District, Place, Province, Village
from places.querysets import PlaceQuerySet

DATA = Path(__file__).parent / "data"
GAZETTEER = DATA / "gazetteer.csv.gz"
POINTS = DATA / "points.csv"
SHAPES = DATA / "provinces.svg"
SHAPE = re.compile(r'<path id="p(\d\d)"[^>]* d="([^"]+)"')

LEVELS: dict[str, type[Place]] = {
    "province": Province,
    "district": District,
    "commune": Commune,
    "village": Village,
}
PARENT_FIELD = {Province: "", District: "province_id", Commune: "district_id", Village: "commune_id"}
LEVEL_BY_CODE_LENGTH = {2: "province", 4: "district", 6: "commune", 8: "village"}
BATCH = 2000

Row = dict[str, Any]


@dataclass(frozen=True)
class LoadResult:
    """What one run did. `unlisted` places stand in the database but no longer in the file; they are kept."""

    added: int
    changed: int
    unchanged: int
    unlisted: int

    def __add__(self, other: "LoadResult") -> "LoadResult":
        return LoadResult(
            self.added + other.added,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.unlisted + other.unlisted,
        )


def read_gazetteer(gazetteer: Path = GAZETTEER, points: Path = POINTS) -> dict[type[Place], list[Row]]:
    """Rows by level, as model field values without the parent (it follows from the code)."""
    centres: dict[str, tuple[float, float]] = {}
    if points.exists():
        with points.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                centres[row["code"]] = (float(row["latitude"]), float(row["longitude"]))
    rows: dict[type[Place], list[Row]] = {model: [] for model in LEVELS.values()}
    with gzip.open(gazetteer, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            model = LEVELS[LEVEL_BY_CODE_LENGTH[len(row["code"])]]
            values: Row = {key: row[key] for key in ("code", "name_km", "name_en")}
            if model is not Village:
                latitude, longitude = centres.get(row["code"], (None, None))
                values |= {"kind": row["kind"], "latitude": latitude, "longitude": longitude}
            rows[model].append(values)
    return rows


@transaction.atomic
def load_gazetteer(
    report: Callable[[str], None] | None = None, *, gazetteer: Path = GAZETTEER, points: Path = POINTS
) -> LoadResult:
    """Bring the four tables in step with the files; `report` hears one line per level.

    Codes stay, changed rows are updated, nothing is deleted.
    """
    total = LoadResult(0, 0, 0, 0)
    keys_above: dict[str, int] = {}
    for model, rows in read_gazetteer(gazetteer, points).items():
        level = load_level(model, rows, keys_above)
        keys_above = dict(model._default_manager.values_list("code", "pk"))
        total += level
        if report:
            names = model._meta.verbose_name_plural
            report(f"{names}: {level.added} added, {level.changed} changed, {level.unchanged} unchanged")
    return total


def load_level(model: type[Place], rows: Sequence[Row], keys_above: dict[str, int]) -> LoadResult:
    """One level, whose parents are already in place."""
    parent = PARENT_FIELD[model]
    for row in rows:
        if parent:
            row[parent] = keys_above[row["code"][:-2]]
    fields = list(rows[0]) if rows else ["code"]
    stored = {row["code"]: row for row in model._default_manager.values("pk", *fields)}
    new: list[Place] = []
    renamed: list[Place] = []
    for row in rows:
        known = stored.pop(row["code"], None)
        if known is not None and all(known[field] == row[field] for field in fields):
            continue
        place = model(**row)
        place.pk = known["pk"] if known else None
        place.fill_search()
        (renamed if known else new).append(place)
    model._default_manager.bulk_create(new, batch_size=BATCH)
    if renamed:
        model._default_manager.bulk_update(renamed, [*fields[1:], "search_text", "sound"], batch_size=200)
    return LoadResult(len(new), len(renamed), len(rows) - len(new) - len(renamed), len(stored))


def places_of(level: str) -> PlaceQuerySet[Any]:
    """All places of one level: province, district, commune or village."""
    return cast("PlaceQuerySet[Any]", LEVELS[level]._default_manager.all())


def find_places(text: str, levels: Sequence[str] = ("commune",), limit: int = 5) -> list[Place]:
    """At most `limit` places with their parents, best match first; one query per level.

    `text` is Khmer however it is coded, any Latin spelling, or a code in either digits.
    """
    found: list[Place] = []
    for level in levels:
        found += places_of(level).matching(text).with_parents()[:limit]
    if len(levels) > 1:
        found.sort(key=lambda place: (getattr(place, "match_rank", 0), len(place.code), place.code))
    return found[:limit]


def find_place(code: str) -> Place | None:
    """The place of this code with its parents, whatever its level."""
    level = LEVEL_BY_CODE_LENGTH.get(len(code))
    return places_of(level).with_parents().filter(code=code).first() if level else None


@cache
def read_province_shapes() -> dict[str, str]:
    """The outline of each province by its code: SVG path data in a box of 650 by 535. Indicative only."""
    return dict(SHAPE.findall(SHAPES.read_text(encoding="utf-8")))
