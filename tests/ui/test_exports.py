"""Tables as CSV and XLSX: readable in Excel, harmless to open."""

import asyncio
import csv
import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import quote

import pytest
from django.utils.translation import gettext_lazy, override
from openpyxl import load_workbook

from ui.exports import CHUNK, CSV_TYPE, XLSX_TYPE, TableStream, write_csv, write_xlsx

MOMENT = datetime(2026, 11, 23, 20, 5, tzinfo=UTC)  # next morning in Phnom Penh
RUNNING = ["=1+1", "+855", "-2+3", "@SUM(A1)", "  =1", "\t=1", "\r=1", "＝1", "\u200b=1", "\x00=1"]


def read_csv(response: TableStream) -> list[list[str]]:
    text = response.getvalue().decode()
    assert text[0] == "\ufeff"
    return list(csv.reader(io.StringIO(text[1:], newline="")))


def read_xlsx(content: bytes) -> Any:
    return load_workbook(io.BytesIO(content)).active


def test_csv_keeps_khmer_numbers_dates_and_quotes() -> None:
    rows = [["សុខ ដារ៉ា", 3, -1.5, date(2026, 11, 23), MOMENT, None, True, 'a "b", c\nd']]
    response = write_csv("report", ["ឈ្មោះ", *"abcdefg"], rows)
    assert response.headers["Content-Type"] == CSV_TYPE
    assert response.headers["Cache-Control"] == "private, no-store"
    assert read_csv(response) == [
        ["ឈ្មោះ", *"abcdefg"],
        ["សុខ ដារ៉ា", "3", "-1.5", "2026-11-23", "2026-11-24 03:05", "", "TRUE", 'a "b", c\nd'],
    ]


@pytest.mark.parametrize("typed", RUNNING)
def test_what_would_run_is_text_in_csv(typed: str) -> None:
    assert write_csv("a", [typed], [[typed]]).getvalue().decode().count("'" + typed[:1]) == 2


@pytest.mark.parametrize("typed", [*RUNNING, "#N/A", "#REF!"])
def test_what_would_run_is_text_in_xlsx(typed: str) -> None:
    sheet = read_xlsx(write_xlsx("a", [typed], [[typed]]).content)
    kept = typed.replace("\x00", "").replace("\r", "\n")  # XML reads every line end as one
    assert [(cell.data_type, cell.value.replace("\r", "\n")) for (cell,) in sheet.rows] == [("s", kept)] * 2
    assert sheet["A2"].quotePrefix


def test_xlsx_keeps_types_and_a_header_in_sight() -> None:
    response = write_xlsx(
        "របាយការណ៍", ["ឈ្មោះ", "b"], [["សុខ", 7], [date(2026, 11, 23), MOMENT], ["\x0bx" * 40_000, None]]
    )
    assert response.headers["Content-Type"] == XLSX_TYPE
    sheet = read_xlsx(response.content)
    rows = list(sheet.values)
    assert rows[:2] == [("ឈ្មោះ", "b"), ("សុខ", 7)]
    assert [str(cell) for cell in rows[2]] == ["2026-11-23 00:00:00", "2026-11-24 03:05:00"]
    assert (len(rows[3][0]), rows[3][1]) == (32_767, None)
    assert (sheet.title, sheet.freeze_panes, sheet["A1"].font.bold) == ("របាយការណ៍", "A2", True)


def test_a_sheet_always_has_a_lawful_title() -> None:
    assert read_xlsx(write_xlsx("[a]:*?/\\'" + "ក" * 40, ["a"], []).content).title == "a " + "ក" * 29
    assert read_xlsx(write_xlsx("//", ["a"], []).content).title == "1"


def test_khmer_file_names_travel_and_paths_do_not() -> None:
    name = "វត្តមាន ../../etc\r\nX: y"
    for response, ending in ((write_csv(name, [], []), "csv"), (write_xlsx(name, [], []), "xlsx")):
        expected = quote(f"វត្តមាន .. .. etc X  y.{ending}")
        assert response.headers["Content-Disposition"] == f"attachment; filename*=utf-8''{expected}"


def test_csv_reads_its_rows_while_it_is_sent() -> None:
    read = []

    def rows() -> Iterator[list[int]]:
        for number in range(3 * CHUNK):
            read.append(number)
            yield [number]

    pieces = iter(write_csv("a", ["n"], rows()))
    assert read == []
    next(pieces)
    assert len(read) == CHUNK
    assert len(list(pieces)) == 2
    assert len(read) == 3 * CHUNK


def test_csv_is_sent_piece_by_piece_under_asgi_too() -> None:
    async def collect() -> list[bytes]:
        return [piece async for piece in write_csv("a", ["n"], ([n] for n in range(2 * CHUNK)))]

    with ThreadPoolExecutor(1) as thread:  # a browser of other tests may have a loop running in this one
        assert len(thread.submit(lambda: asyncio.run(collect())).result()) == 2


def test_rows_speak_the_language_of_the_request() -> None:
    with override("km"):
        response = write_csv("a", [], ([gettext_lazy("Sign in")] for _ in range(1)))
    with override("en"):
        assert read_csv(response) == [[], ["ចូល"]]
