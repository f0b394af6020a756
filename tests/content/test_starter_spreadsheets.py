"""Each formula in a template gives the value stored for phone viewers, and the value the lesson shows."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest

from tests.content.formulas import Sheet
from tests.content.starter import COURSES, LANGUAGES, load, relative


@pytest.mark.parametrize("path", sorted(COURSES.glob("*/files/*.xlsx")), ids=relative)
def test_formulas_give_the_values_stored_for_viewers(path: Path) -> None:
    formulas, stored = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    assert path.stat().st_size < 60_000
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    value = Sheet(formulas, sheet.title).value(cell.coordinate)
                    assert value == stored[sheet.title][cell.coordinate].value, f"{sheet.title}!{cell.coordinate}"


@pytest.mark.parametrize("path", sorted(COURSES.glob("*/files/*.km.xlsx")), ids=relative)
def test_both_languages_of_a_spreadsheet_work_alike(path: Path) -> None:
    khmer = openpyxl.load_workbook(path)
    english = openpyxl.load_workbook(path.with_name(path.name.replace(".km.", ".en.")))
    assert len(khmer.sheetnames) == len(english.sheetnames)
    for left, right in zip(khmer, english, strict=True):
        assert left.dimensions == right.dimensions
        pairs = zip(left.iter_rows(values_only=True), right.iter_rows(values_only=True), strict=True)
        for row, other in pairs:
            for a, b in zip(row, other, strict=True):
                assert (a is None) == (b is None)
                if isinstance(a, int | float):
                    assert a == b
                if isinstance(a, str) and a.startswith("="):
                    assert re.sub("\"[^\"]*\"|'[^']*'", "", a) == re.sub("\"[^\"]*\"|'[^']*'", "", b)


CLAIMS = [
    ("03-totals", "budget", 0, "D8", "78,000,000"),
    ("03-totals", "budget", 1, "C8", "57,800,000"),
    ("03-totals", "budget", 1, "D8", "20,200,000"),
    ("03-totals", "budget", 1, "D4", "-600,000"),
    ("04-sort-and-count", "summary", 1, "C2", "46,800,000"),
    ("04-sort-and-count", "summary", 1, "C3", "23,300,000"),
    ("04-sort-and-count", "summary", 1, "C4", "10,500,000"),
    ("04-sort-and-count", "summary", 1, "C5", "22,400,000"),
    ("04-sort-and-count", "summary", 1, "C6", "103,000,000"),
    ("05-cip-table", "cip-table", 0, "D10", "91,000,000"),
    ("05-cip-table", "cip-table", 0, "G10", "53,800,000"),
    ("05-cip-table", "cip-table", 0, "H10", "20,000,000"),
    ("05-cip-table", "cip-table", 0, "I10", "17,200,000"),
    ("05-cip-table", "cip-table", 1, "C2", "38,500,000"),
    ("05-cip-table", "cip-table", 1, "C3", "28,600,000"),
    ("05-cip-table", "cip-table", 1, "C4", "9,500,000"),
    ("05-cip-table", "cip-table", 1, "C5", "14,400,000"),
]


@pytest.mark.parametrize("lang", sorted(LANGUAGES))
@pytest.mark.parametrize(("lesson", "name", "sheet", "address", "shown"), CLAIMS)
def test_the_lesson_shows_what_the_file_works_out(
    lang: str, lesson: str, name: str, sheet: int, address: str, shown: str
) -> None:
    folder = COURSES / "spreadsheets"
    workbook = openpyxl.load_workbook(folder / "files" / f"{name}.{lang}.xlsx")
    assert f"{Sheet(workbook, workbook.sheetnames[sheet]).value(address):,.0f}" == shown
    tables = [block for block in load(folder / f"{lesson}.yaml")["body"] if block["type"] == "table"]
    assert any(shown in row for table in tables for row in table["rows"])
