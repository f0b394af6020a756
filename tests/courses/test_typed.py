"""What a learner types is read as people write it: Khmer digits, both conventions of separators, one look."""

from decimal import Decimal

import pytest

from courses.services.marking import BadAnswerError, mark
from courses.services.typed import read_numbers, to_key


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("32000000", ["32000000"]),
        ("32 000 000", ["32000000"]),
        ("32\u202f000\u202f000", ["32000000"]),
        ("32,000,000", ["32000000"]),
        ("32.000.000", ["32000000"]),
        ("៣២០០០០០០", ["32000000"]),
        ("៣២ ០០០ ០០០ ៛", ["32000000"]),
        ("៣២.០០០.០០០ រៀល", ["32000000"]),
        ("32000000 riel", ["32000000"]),
        ("1,5", ["1.5"]),
        ("1.5", ["1.5"]),
        ("១,៥", ["1.5"]),
        ("1,500", ["1500", "1.500"]),
        ("1.500", ["1500", "1.500"]),
        ("0,500", ["0.500"]),
        ("1,234.5", ["1234.5"]),
        ("1.234,5", ["1234.5"]),
        ("1,234,567.50", ["1234567.50"]),
        ("-12", ["-12"]),
        ("−12", ["-12"]),
        ("+12", ["12"]),
        ("45%", ["45"]),
        ("$ 20", ["20"]),
        ("1,23,456", []),
        ("1.2.3", []),
        ("1,234.5.6", []),
        ("12.", []),
        (".5", []),
        ("1e6", []),
        ("NaN", []),
        ("សាមសិប", []),
        ("12 or 13", []),
        ("", []),
    ],
)
def test_numbers(text: str, numbers: list[str]) -> None:
    assert read_numbers(text, ["រៀល", "riel"]) == [Decimal(number) for number in numbers]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("32000000", True),
        ("៣២.០០០.០០០", True),
        ("32000500", True),
        ("31999500", True),
        ("32000501", False),
        ("3200000", False),
    ],
)
def test_a_number_within_its_tolerance_is_right(text: str, expected: bool) -> None:
    question = {"id": "q", "kind": "number", "answer": "32000000", "tolerance": "500", "unit": {}, "choices": []}
    assert mark(question, [], text) is expected


@pytest.mark.parametrize("answer", ["1500", "1.5"])
def test_both_meanings_of_a_separator_are_accepted(answer: str) -> None:
    question = {"id": "q", "kind": "number", "answer": answer, "tolerance": "0", "unit": {}, "choices": []}
    assert mark(question, [], "1,500") is True


@pytest.mark.parametrize(
    ("typed", "accepted"),
    [
        ("=sum(d2:d7)", "=SUM(D2:D7)"),
        (" = SUM( D2 : D7 ) ", "=SUM(D2:D7)"),
        ("=IF(A1=“x”,1,0)", '=IF(A1="x",1,0)'),
        ("កណ្តាល", "កណ្ដាល"),
        ("មេ\u200bឃុំ។", "មេឃុំ"),
        ("២០២៦", "2026"),
        ("Excel.", "excel"),
    ],
)
def test_short_answers_are_compared_as_they_look(typed: str, accepted: str) -> None:
    assert to_key(typed) == to_key(accepted)


def test_a_short_answer_is_right_in_any_language() -> None:
    question = {"id": "q", "kind": "short", "accepted": [{"km": "ឃុំ", "en": "commune"}, {"km": "ក", "en": ""}]}
    assert [mark(question, [], text) for text in ("ឃុំ", "Commune", "ក", "ភូមិ")] == [True, True, True, False]


@pytest.mark.parametrize(
    ("kind", "text"),
    [("number", ""), ("number", "many"), ("number", "1" * 201), ("short", " ។ "), ("short", "x" * 201)],
)
def test_what_nobody_could_type_is_refused(kind: str, text: str) -> None:
    question = {"id": "q", "kind": kind, "answer": "1", "tolerance": "0", "unit": {}, "accepted": [{"km": "x"}]}
    with pytest.raises(BadAnswerError):
        mark(question, [], text)


def test_choices_do_not_answer_a_typed_question() -> None:
    with pytest.raises(BadAnswerError):
        mark({"id": "q", "kind": "short", "accepted": [{"km": "x"}]}, ["a"], "x")
