"""Each reason as a sentence, in both languages, with the digits of the reader."""

from typing import Any

import pytest
from django.utils import translation

from volunteers.matching.explanations import Answer
from volunteers.services.rounds.report import describe_changes
from volunteers.services.rounds.wording import say_line, say_seat, say_why

LAST = {"kind": "last", "band": 2, "promoted": False, "number": 3100}


def why(answer: str, **more: Any) -> dict[str, Any]:
    return {"answer": answer, "band": 3, "number": 5204, "line": LAST, **more}


def test_it_says_what_is_missing_and_until_when() -> None:
    with translation.override("en"):
        assert say_why(why("band")) == (
            "The last place that you could have got went to band 2, number 0.3100 of the draw. You were in band 3."
        )
    with translation.override("km"):
        assert say_why(why("band")) == ("កន្លែងចុងក្រោយដែលអ្នកអាចទទួលបាន បានទៅកម្រិត ២ លេខឆ្នោត ០.៣១០០។ អ្នកនៅកម្រិត ៣។")


def test_numbers_that_look_alike_are_told_apart() -> None:
    line = LAST | {"number": 5204, "fine": 520_431_870}
    with translation.override("en"):
        said = say_why(why("lottery", band=2, line=line, fine=520_431_871))
    assert "number 0.520431870 of" in said
    assert "Yours was 0.520431871" in said


def test_the_draw_decided_inside_a_band() -> None:
    with translation.override("en"):
        assert say_why(why("lottery", band=2)) == (
            "The last place that you could have got went to your band 2, number 0.3100 of the draw. Yours was 0.5204;"
            " the smaller number goes first."
        )


@pytest.mark.parametrize("language", ["km", "en"])
@pytest.mark.parametrize("answer", list(Answer))
def test_every_answer_has_a_sentence(language: str, answer: Answer) -> None:
    with translation.override(language):
        for line in (LAST, {"kind": "everyone"}, {"kind": "nobody"}):
            said = say_why(why(answer.value, line=line))
            assert said.strip()
            assert "%" not in said
            assert (say_why(why(answer.value)) == said) or line != LAST


@pytest.mark.parametrize("language", ["km", "en"])
def test_lines_seats_and_changes(language: str) -> None:
    with translation.override(language):
        said = [say_line(line) for line in (LAST, {"kind": "everyone"}, {"kind": "nobody"})]
        said += [
            say_seat({"went": went, "band": 1, "code": 7})
            for went in ("band", "lottery", "shared", "second", "withheld", "by hand", "empty")
        ]
        changes = {
            "since": 1, "people_more": 1, "people_less": 2, "lists": 1, "bands": 1, "requests_more": 1,
            "requests_less": 1, "seats": 2, "placed_otherwise": 3, "seed": True, "tuning": True, "code": True,
        }  # fmt: skip
        sentences = describe_changes(changes)
        assert len(sentences) == len(changes) - 1
        assert all("%" not in sentence and sentence.strip() for sentence in [*said, *sentences])
        assert len(set(said)) == 10


def test_no_band_is_said_of_a_seat_while_seats_are_kept() -> None:
    with translation.override("en"):
        said = {
            say_seat({"went": went, "band": 3, "code": 7}, with_band=False) for went in ("band", "lottery", "shared")
        }
    assert said == {"Given by bands, kept seats and the draw."}
