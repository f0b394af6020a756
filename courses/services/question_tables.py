"""Questions from a spreadsheet: one a row, columns by their names. Data only: a formula is refused, its cell named."""

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from courses.enums import QuestionKind
from courses.services.question_import import LANGUAGES, Draft, Found
from courses.services.typed import read_numbers
from ui.files.kinds import FileKind
from ui.files.office import OfficeFileError, read_office_kind

MOST_BYTES = 3 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS = 500, 60
CHOICES = range(1, 7)
SIDES = (("left", 0), ("right", 2))  # of `left | right`, partitioned
TEXTS = {"question": "text", "hint": "hint", "why": "explanation"}
COLUMNS = (
    "kind",
    *(f"{name}_{code}" for name in ("question", "why", "hint") for code in LANGUAGES),
    *(f"answer{number}_{code}" for number in CHOICES for code in LANGUAGES),
    "right",
    "tolerance",
    *(f"unit_{code}" for code in LANGUAGES),
    *(f"feedback{number}_{code}" for number in CHOICES for code in LANGUAGES),
)
EXAMPLES: tuple[dict[str, str], ...] = (
    {
        "kind": "single",
        "question_km": "គ្រាប់ចុចណាលុបអក្សរខាងឆ្វេង?",
        "question_en": "Which key deletes the letter to the left?",
        "answer1_km": "Backspace",
        "answer1_en": "Backspace",
        "answer2_km": "Enter",
        "answer2_en": "Enter",
        "right": "1",
        "why_km": "Backspace លុបអក្សរមុនទស្សន៍ទ្រនិច។",
        "why_en": "Backspace deletes what stands before the cursor.",
    },
    {
        "kind": "several",
        "question_km": "អ្វីខ្លះត្រូវមានក្នុងលិខិត?",
        "question_en": "What belongs in a letter?",
        "answer1_km": "កាលបរិច្ឆេទ",
        "answer1_en": "The date",
        "answer2_km": "កម្មវត្ថុ",
        "answer2_en": "The subject",
        "answer3_km": "តម្លៃទូរស័ព្ទ",
        "answer3_en": "The price of the phone",
        "right": "1, 2",
        "why_km": "កាលបរិច្ឆេទ និងកម្មវត្ថុជួយរកលិខិតវិញ។",
        "why_en": "Date and subject help to find the letter again.",
    },
    {
        "kind": "order",
        "question_km": "រៀបតាមលំដាប់",
        "question_en": "Put in order",
        "answer1_km": "បើក",
        "answer1_en": "Open",
        "answer2_km": "វាយ",
        "answer2_en": "Type",
        "answer3_km": "រក្សាទុក",
        "answer3_en": "Save",
        "why_km": "រក្សាទុកនៅចុងក្រោយ។",
        "why_en": "Saving comes last.",
    },
    {
        "kind": "number",
        "question_km": "២០០០ + ៣០០០ = ?",
        "question_en": "2,000 + 3,000 = ?",
        "answer1_km": "5000",
        "answer1_en": "5000",
        "tolerance": "0",
        "unit_km": "រៀល",
        "unit_en": "riel",
        "why_km": "បូកបញ្ចូលគ្នា។",
        "why_en": "Add them up.",
    },
    {
        "kind": "short",
        "question_km": "រូបមន្តបូក D2 ដល់ D7?",
        "question_en": "The formula that adds D2 to D7?",
        "answer1_km": "=SUM(D2:D7)",
        "answer1_en": "=SUM(D2:D7)",
        "why_km": "SUM បូកជួរទាំងមូល។",
        "why_en": "SUM adds the whole range.",
    },
    {
        "kind": "match",
        "question_km": "ផ្គូផ្គង",
        "question_en": "Match",
        "answer1_km": "ឃុំ | មេឃុំ",
        "answer1_en": "Commune | commune chief",
        "answer2_km": "ភូមិ | មេភូមិ",
        "answer2_en": "Village | village chief",
        "why_km": "ម្នាក់ៗដឹកនាំកន្លែងរបស់ខ្លួន។",
        "why_en": "Each leads their own place.",
    },
)


def read_table(content: bytes, name: str) -> Found:
    """The questions of an XLSX or CSV file by its content; what is wrong with a row or cell is listed."""
    found = Found()
    if len(content) > MOST_BYTES:
        found.complain("", _("This file is too large."))
        return found
    try:
        is_xlsx = content.startswith(b"PK")
        if is_xlsx and read_office_kind(content) != FileKind.XLSX:
            raise OfficeFileError("unknown")
        rows = list(_read_xlsx(content, found) if is_xlsx else _read_csv(content, found))
    except (OfficeFileError, UnicodeDecodeError, csv.Error, ValueError, KeyError, OSError, AttributeError):
        found.complain("", _("This is no XLSX or CSV file that we can read. Save it as .xlsx once more."))
        return found
    if not found.troubles:
        _read_rows(rows, found)
    return found


def _read_xlsx(content: bytes, found: Found) -> Iterator[list[str]]:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    try:
        for row in book.worksheets[0].iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS):
            for cell in row:
                if cell.data_type == "f":
                    where = f"{get_column_letter(cell.column)}{cell.row}"
                    found.complain(where, _("A formula is not taken. Write its result, or the formula as text."))
            yield [_plain(cell.value) for cell in row]
    finally:
        book.close()


def _plain(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def _read_csv(content: bytes, found: Found) -> Iterator[list[str]]:
    text = content.decode("utf-8-sig")
    if "\x00" in text:
        raise ValueError
    for number, row in enumerate(csv.reader(io.StringIO(text, newline="")), start=1):
        if number > MOST_ROWS + 1:
            return
        for column, cell in enumerate(row[:MOST_COLUMNS], start=1):
            if re.match(r"\s*=", cell):
                where = f"{get_column_letter(column)}{number}"
                found.complain(where, _("A formula is not taken. Write its result, or ' before the formula."))
        yield [cell.strip().removeprefix("'") for cell in row[:MOST_COLUMNS]]


def _read_rows(rows: list[list[str]], found: Found) -> None:
    header = [name.lower() for name in rows[0]] if rows else []
    unknown = sorted({name for name in header if name} - set(COLUMNS))
    if "kind" not in header or not {"question_km", "question_en"} & set(header):
        found.complain(_("row %s") % 1, _("The first row must name the columns, as in the template."))
        return
    for name in unknown:
        found.complain(_("row %s") % 1, _("We know no column “%s”.") % name[:40])
    for number, row in enumerate(rows[1:], start=2):
        cells = {name: cell for name, cell in zip(header, row, strict=False) if name and cell}
        if cells:
            _read_row(cells, _("row %s") % number, found)


def _read_row(cells: dict[str, str], at: str, found: Found) -> None:
    kind = cells.get("kind", "").lower()
    if kind not in QuestionKind.values:
        words = {"kind": kind[:20], "kinds": ", ".join(QuestionKind.values)}
        found.complain(at, _("We know no kind “%(kind)s”; there are: %(kinds)s.") % words)
        return
    question: dict[str, Any] = {"type": kind, **{part: _both(cells, name) for name, part in TEXTS.items()}}
    answers = {number: _both(cells, f"answer{number}") for number in CHOICES}
    given = {number: words for number, words in answers.items() if any(words.values())}
    trouble = _fill(question, kind, given, cells)
    if trouble:
        found.complain(at, trouble)
    else:
        found.drafts.append(Draft(at, question))


def _fill(question: dict[str, Any], kind: str, given: dict[int, dict[str, str]], cells: dict[str, str]) -> str:
    """Puts the answers of the kind into the question; what is wrong in words, or ""."""
    if kind in {QuestionKind.SINGLE, QuestionKind.SEVERAL}:
        right = {int(number) for number in re.findall(r"\d+", cells.get("right", "")) if len(number) < 3}
        if not right or right - set(given):
            return _("Write in the column “right” which answers are right: 1, or 1, 3.")
        question["choices"] = [
            {"text": words, "right": number in right, "feedback": _both(cells, f"feedback{number}")}
            for number, words in given.items()
        ]
    elif kind == QuestionKind.ORDER:
        question["choices"] = [{"text": words} for words in given.values()]
    elif kind == QuestionKind.SHORT:
        question["accepted"] = [{code: text or _any(words) for code, text in words.items()} for words in given.values()]
    elif kind == QuestionKind.NUMBER:
        numbers = read_numbers(_any(given.get(1, {})))
        off = read_numbers(cells.get("tolerance", "0"))
        if not numbers or not off:
            return _("This is no number.")
        question |= {"answer": str(numbers[0]), "tolerance": str(off[0]), "unit": _both(cells, "unit")}
    else:
        halves = [{code: text.partition("|") for code, text in words.items()} for words in given.values()]
        if any(half[0].strip() and not half[2].strip() for each in halves for half in each.values()):
            return _("Write a pair as: left | right.")
        question["pairs"] = [
            {side: {code: half[place].strip() for code, half in each.items()} for side, place in SIDES}
            for each in halves
        ]
    return ""


def _both(cells: dict[str, str], name: str) -> dict[str, str]:
    return {code: cells.get(f"{name}_{code}", "") for code in LANGUAGES}


def _any(words: dict[str, str]) -> str:
    return next((text for text in words.values() if text), "")
