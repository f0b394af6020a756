"""The lines of one question: what to choose, what was chosen, what is said about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from courses.enums import QuestionKind
from courses.services.marking import TYPED, list_places, mix
from ui.words import to_number

Question = Mapping[str, Any]


@dataclass(frozen=True)
class Option:
    """One line to choose. `state`: "ok", "no" or "" (not judged); `place`: the number given in an order, or the id of
    the right side put beside it; `answer`: the text of that right side, or of the right one for an author.
    """

    id: str
    text: str
    feedback: str
    is_right: bool
    is_chosen: bool = False
    state: str = ""
    place: str = ""
    answer: str = ""


def list_options(
    question: Question, *, given: Sequence[str], places: Mapping[str, str] | None, is_judged: bool
) -> list[Option]:
    """The lines of a question. `given`: choices kept or ticked; `places`: what a form that came back had beside each
    line, instead; `is_judged`: say which are right.
    """
    kind = question["kind"]
    if kind in TYPED:
        return []
    if kind not in (QuestionKind.ORDER, QuestionKind.MATCH):
        return [_to_option(choice, choice["id"] in given, is_judged) for choice in question["choices"]]
    if places is None:
        places = _places_of(question, given)
    return [_to_place(choice, places.get(choice["id"], ""), question, is_judged) for choice in _listed(question)]


def list_sides(question: Question) -> list[tuple[str, str]]:
    """The right sides of a `match` question, mixed: id and text."""
    if question["kind"] != QuestionKind.MATCH:
        return []
    return [(choice["pair_id"], say(choice["pair"])) for choice in mix(question)]


def list_drafts(question: Question) -> list[Option]:
    """The lines as their author wrote them, with the right ones known: for the author only."""
    kind = question["kind"]
    if kind == QuestionKind.NUMBER:
        around = to_number(question["tolerance"]) if question["tolerance"] != "0" else ""
        text = f"{to_number(question['answer'])} {say(question['unit'])}".strip()
        return [Option("", text, f"± {around}" if around else "", True)]
    if kind == QuestionKind.SHORT:
        return [Option("", say(words), "", True) for words in question["accepted"]]
    always = kind in (QuestionKind.ORDER, QuestionKind.MATCH)
    return [
        Option(
            choice["id"],
            say(choice["text"]),
            say(choice["feedback"]),
            always or choice["right"],
            answer=say(choice.get("pair", {})),
        )
        for choice in question["choices"]
    ]


def say(words: Mapping[str, str]) -> str:
    """The words in the reader's language, else in any."""
    return words.get(get_language() or "km") or next((text for text in words.values() if text), "")


def _listed(question: Question) -> list[Mapping[str, Any]]:
    """Steps are mixed; left sides stand as they were written."""
    return mix(question) if question["kind"] == QuestionKind.ORDER else list(question["choices"])


def _places_of(question: Question, given: Sequence[str]) -> dict[str, str]:
    if question["kind"] == QuestionKind.ORDER:
        return {key: str(place) for place, key in enumerate(given, start=1)}
    return {choice["id"]: side for choice, side in zip(question["choices"], given, strict=False)}


def _to_option(choice: Mapping[str, Any], is_chosen: bool, is_judged: bool) -> Option:
    state = ("ok" if choice["right"] else "no") if is_chosen and is_judged else ""
    return Option(choice["id"], say(choice["text"]), say(choice["feedback"]), choice["right"], is_chosen, state)


def _to_place(choice: Mapping[str, Any], place: str, question: Question, is_judged: bool) -> Option:
    if question["kind"] == QuestionKind.ORDER:
        is_right = place == str(list_places(question).index(choice["id"]) + 1)
    else:
        is_right = place == choice["pair_id"]
    state = ("ok" if is_right else "no") if is_judged else ""
    return Option(choice["id"], say(choice["text"]), "", is_right, state=state, place=place)
