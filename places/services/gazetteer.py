"""Loading the gazetteer from the files of this app."""

import csv
import gzip
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction

from places.models import Commune, District, Place, Province, Village
from places.services.successors import end_commune
from places.signals import communes_renamed

DATA = Path(__file__).parents[1] / "data"
GAZETTEER = DATA / "gazetteer.csv.gz"
POINTS = DATA / "points.csv"
SUCCESSORS = DATA / "successors.csv"
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
    ended: int = 0

    def __add__(self, other: "LoadResult") -> "LoadResult":
        return LoadResult(
            self.added + other.added,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.unlisted + other.unlisted,
            self.ended + other.ended,
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
    report: Callable[[str], None] | None = None,
    *,
    gazetteer: Path = GAZETTEER,
    points: Path = POINTS,
    successors: Path = SUCCESSORS,
) -> LoadResult:
    """Bring the four tables in step with the files; `report` hears one line per level.

    Codes stay, changed rows are updated, nothing is deleted. Communes that ended by the file of successors end.
    Raises `CannotEndError` where that needs a decision of staff first.
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
    return replace(total, ended=end_communes(successors))


def end_communes(successors: Path = SUCCESSORS) -> int:
    """End those of the file that have not ended yet; how many. A file that is not there ends none."""
    if not successors.exists():
        return 0
    with successors.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    codes = {row[name] for row in rows for name in ("code", "successor")}
    known = Commune.objects.in_bulk(codes, field_name="code")
    due = [row for row in rows if not known[row["code"]].is_ended]
    for row in due:
        end_commune(known[row["code"]], into=known[row["successor"]], on=date.fromisoformat(row["ended_date"]))
    return len(due)


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
        if model is Commune:
            communes_renamed.send(Commune, codes={place.code for place in renamed})
    return LoadResult(len(new), len(renamed), len(rows) - len(new) - len(renamed), len(stored))


@cache
def read_province_shapes() -> dict[str, str]:
    """The outline of each province by its code: SVG path data in a box of 650 by 535. Indicative only."""
    return dict(SHAPE.findall(SHAPES.read_text(encoding="utf-8")))
