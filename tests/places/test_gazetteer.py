"""The file shipped with the app: whole, and loaded without doing anything twice."""

import csv
import gzip
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from places.models import Commune, District, Province, Village
from places.services import GAZETTEER, LoadResult, load_gazetteer, read_gazetteer

pytestmark = pytest.mark.django_db

HEADER = ["code", "kind", "name_km", "name_en"]
ROWS = [
    ["21", "province", "តាកែវ", "Takéo"],
    ["2109", "district", "ត្រាំកក់", "Tram Kak"],
    ["210901", "commune", "អង្គតាសោម", "Angk Ta Saom"],
    ["21090101", "village", "ត្រពាំងធំ", "Trapeang Thum"],
]


def write_gazetteer(folder: Path, rows: list[list[str]]) -> Path:
    path = folder / "gazetteer.csv.gz"
    with gzip.open(path, "wt", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([HEADER, *rows])
    return path


def test_the_whole_country_is_loaded_once() -> None:
    assert load_gazetteer() == LoadResult(added=16465, changed=0, unchanged=0, unlisted=0)
    counts = [model.objects.count() for model in (Province, District, Commune, Village)]
    assert counts == [25, 210, 1652, 14578]
    with CaptureQueriesContext(connection) as queries:
        assert load_gazetteer() == LoadResult(added=0, changed=0, unchanged=16465, unlisted=0)
    assert [query["sql"].split()[0] for query in queries if "SAVEPOINT" not in query["sql"]] == ["SELECT"] * 8
    assert Commune.objects.exclude(latitude=None).count() == 303
    tram_kak = District.objects.get(code="2109")
    assert (tram_kak.name_en, tram_kak.province.name_en, tram_kak.kind) == ("Tram Kak", "Takéo", "district")


def test_every_place_in_the_file_has_its_parent() -> None:
    codes = {row["code"] for rows in read_gazetteer().values() for row in rows}
    assert len(codes) == 16465
    assert [code for code in codes if len(code) > 2 and code[:-2] not in codes] == []


def test_the_packed_file_carries_no_time_stamp() -> None:
    assert GAZETTEER.read_bytes()[4:8] == b"\0\0\0\0"


def test_a_renamed_row_is_updated_and_keeps_its_key(tmp_path: Path) -> None:
    none = tmp_path / "none.csv"
    load_gazetteer(gazetteer=write_gazetteer(tmp_path, ROWS), points=none)
    before = Commune.objects.get(code="210901")
    renamed = [row if row[0] != "210901" else ["210901", "sangkat", "អង្គថ្មី", "Angk Thmei"] for row in ROWS]
    result = load_gazetteer(gazetteer=write_gazetteer(tmp_path, renamed), points=none)
    assert result == LoadResult(added=0, changed=1, unchanged=3, unlisted=0)
    after = Commune.objects.get(code="210901")
    assert (after.pk, after.name_en, after.kind) == (before.pk, "Angk Thmei", "sangkat")
    assert after.search_text == "|អង្គថ្មី|angk thmei|"
    assert list(Commune.objects.matching("thmei")) == [after]


def test_a_place_that_left_the_file_stays(tmp_path: Path) -> None:
    none = tmp_path / "none.csv"
    load_gazetteer(gazetteer=write_gazetteer(tmp_path, ROWS), points=none)
    result = load_gazetteer(gazetteer=write_gazetteer(tmp_path, ROWS[:3]), points=none)
    assert result == LoadResult(added=0, changed=0, unchanged=3, unlisted=1)
    assert Village.objects.count() == 1


def test_the_command_reports_each_level(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_places")
    lines = capsys.readouterr().out.splitlines()
    assert lines[2] == "communes: 1652 added, 0 changed, 0 unchanged"
    assert lines[-1].startswith("16465 added")
