"""Tables to take along: CSV that Excel opens in Khmer, and XLSX. Personal data: nothing between us and the reader
keeps a copy. What people typed never becomes a formula on the reader's machine.
"""

import csv
import io
import re
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from typing import Any, TypeVar

from asgiref.sync import sync_to_async
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, override
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BOM = "\ufeff"  # without it Excel reads UTF-8 as the machine's own code page
CHUNK = 200  # rows a piece of a stream
LONGEST_CELL = 32_767  # Excel's limit
WIDEST, NARROWEST = 40, 10  # columns, in characters
# A cell that a spreadsheet would run, also after blanks or in full-width letters.
RUNS = re.compile(r"[\s\x00\u200b]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
NOT_IN_FILE_NAMES = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
NOT_IN_SHEET_TITLES = re.compile(r"[\[\]:*?/\\'\x00-\x1f]+")

Row = Sequence[object]
Response = TypeVar("Response", bound=HttpResponseBase)


class TableStream(StreamingHttpResponse):
    """Sent piece by piece under WSGI and ASGI alike, though its rows come from synchronous reads."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        pieces: Iterator[bytes] = iter(self.streaming_content)  # type: ignore[arg-type]
        while (piece := await sync_to_async(lambda: next(pieces, None))()) is not None:
            yield piece


def write_csv(name: str, header: Row, rows: Iterable[Row]) -> TableStream:
    """`name`.csv as a download; `rows` are read while it is sent. Dates are ISO, moments local time."""
    response = TableStream(_stream_csv(header, rows, get_language()), content_type=CSV_TYPE)
    return _as_download(response, f"{name}.csv")


def write_xlsx(name: str, header: Row, rows: Iterable[Row]) -> HttpResponse:
    """`name`.xlsx as a download: one sheet, a bold header that stays in sight, real dates and numbers."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(NOT_IN_SHEET_TITLES.sub(" ", name).strip()[:31] or "1")
    sheet.freeze_panes = "A2"
    for number, words in enumerate(header, start=1):
        width = min(max(len(str(words)) + 2, NARROWEST), WIDEST)
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_make_heading(sheet, words) for words in header])
    for row in rows:
        sheet.append([_to_xlsx(sheet, value) for value in row])
    file = io.BytesIO()
    book.save(file)
    return _as_download(HttpResponse(file.getvalue(), content_type=XLSX_TYPE), f"{name}.xlsx")


def _as_download(response: Response, file_name: str) -> Response:
    clean = NOT_IN_FILE_NAMES.sub(" ", file_name).strip()
    response["Content-Disposition"] = content_disposition_header(True, clean) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


def _stream_csv(header: Row, rows: Iterable[Row], language: str | None) -> Iterator[bytes]:
    """Each piece is made in the language of the request, which may be over by then."""
    source = iter(rows)
    first = True
    while True:
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        with override(language):
            if first:
                text.write(BOM)
                writer.writerow([_to_csv(words) for words in header])
            piece = [[_to_csv(value) for value in row] for row in islice(source, CHUNK)]
        writer.writerows(piece)
        if not piece and not first:
            return
        first = False
        yield text.getvalue().encode()


def _to_csv(value: object) -> Any:
    """A leading apostrophe makes text of what would run; numbers stay numbers, also negative ones."""
    plain = _to_plain(value)
    if isinstance(plain, datetime):
        return plain.isoformat(" ", "minutes")
    if isinstance(plain, date | time):
        return plain.isoformat()
    if isinstance(plain, bool):
        return str(plain).upper()
    return f"'{plain}" if isinstance(plain, str) and RUNS.match(plain) else plain


def _to_xlsx(sheet: Any, value: object) -> Any:
    """What would run is stored as text, and stays text when somebody edits the cell."""
    plain = _to_plain(value)
    if not isinstance(plain, str):
        return plain
    text = ILLEGAL_CHARACTERS_RE.sub("", plain)[:LONGEST_CELL]
    if not RUNS.match(text) and not text.startswith("#"):  # "#N/A" would be an error value
        return text
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type, cell.quotePrefix = "s", True
    return cell


def _make_heading(sheet: Any, words: object) -> Any:
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", str(words)))
    cell.data_type, cell.font = "s", Font(bold=True)
    return cell


def _to_plain(value: object) -> Any:
    """Numbers, dates and None as they are, moments as a wall clock in Cambodia shows them, all else as text."""
    if isinstance(value, datetime):
        return timezone.make_naive(value) if timezone.is_aware(value) else value
    return value if value is None or isinstance(value, bool | int | float | Decimal | date | time) else str(value)
