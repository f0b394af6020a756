"""Questions from pasted text. One question a block, an empty line between two, each line known by its first sign:

    ? What is the total of line 3? || the same in English behind two strokes
    + right choice // what we say to who chose it
    - wrong choice // …
    1. first step            (put in order)
    = 32000000 ± 500 riel    (number, tolerance, unit)
    ~ accepted answer        (short text; one line a form)
    & left | right           (match pairs)
    > hint
    ! why it is so

The kind follows from the lines; `+` twice means several right answers, and `[several]` before them says so for one.
Words without `||` are in the language of the page.
"""

import re
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from courses.enums import QuestionKind
from courses.services.question_import import Draft, Found, Trouble
from courses.services.typed import read_numbers

BOTH = "||"
STEP = re.compile(r"^[0-9០-៩]{1,2}\s*[.)។]\s+(.*)$")
KIND = re.compile(r"^\[([a-z]+)\]$")
DIGITS = r"[\d០-៩][\d០-៩.,\s]*"
NUMBER = re.compile(rf"^(?P<answer>[-−]?{DIGITS})(?:(?:±|\+/-|\+-)\s*(?P<off>{DIGITS}))?(?P<unit>.*)$")
SIGNS = {
    "?": "text",
    ">": "hint",
    "!": "explanation",
    "+": "right",
    "-": "wrong",
    "=": "answer",
    "~": "accepted",
    "&": "pair",
}
KINDS_OF = {
    "answer": QuestionKind.NUMBER,
    "accepted": QuestionKind.SHORT,
    "pair": QuestionKind.MATCH,
    "step": QuestionKind.ORDER,
}


def read_words(text: str, language: str) -> Found:
    """Every question of the text with the line it begins at, and what is wrong, by line."""
    found = Found()
    block: list[tuple[int, str]] = []
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        if line.strip():
            block.append((number, line.strip()))
        elif block:
            _read_block(block, language, found)
            block = []
    return found


def _read_block(block: list[tuple[int, str]], language: str, found: Found) -> None:
    at = _("line %s") % block[0][0]
    parts: dict[str, list[tuple[int, str]]] = {}
    kind = ""
    for number, line in block:
        marked, step = KIND.match(line), STEP.match(line)
        name = "step" if step else SIGNS.get(line[0], "")
        if marked and marked[1] in QuestionKind.values:
            kind = marked[1]
        elif not name:
            found.complain(_("line %s") % number, _("This line begins with none of the signs."))
        else:
            parts.setdefault(name, []).append((number, step[1] if step else line[1:].strip()))
    question: dict[str, Any] = {"type": kind or _find_kind(parts)}
    for name in ("text", "hint", "explanation"):
        question[name] = _join([say(words, language) for _number, words in parts.get(name, [])])
    make = MAKERS.get(question["type"])
    if make is None or not parts.get("text"):
        found.complain(at, _("A question needs a line that begins with ?, and its answers."))
        return
    trouble = make(question, parts, language)
    if trouble:
        found.troubles.append(trouble)
    else:
        found.drafts.append(Draft(at, question))


def _find_kind(parts: dict[str, list[Any]]) -> str:
    for name, kind in KINDS_OF.items():
        if name in parts:
            return kind
    if "right" in parts or "wrong" in parts:
        return QuestionKind.SEVERAL if len(parts.get("right", [])) > 1 else QuestionKind.SINGLE
    return ""


def say(words: str, language: str) -> dict[str, str]:
    """`ខ្មែរ || English` by language; without `||` the words are in the language of the page."""
    khmer, both, english = words.partition(BOTH)
    if both:
        return {"km": khmer.strip(), "en": english.strip()}
    return {"km": "", "en": "", language: words.strip()}


def _join(lines: list[dict[str, str]]) -> dict[str, str]:
    return {code: "\n".join(filter(None, (line[code] for line in lines))) for code in ("km", "en")}


def _choices(question: dict[str, Any], parts: dict[str, Any], language: str) -> None:
    marks = (("right", True), ("wrong", False))
    lines = sorted((number, words, mark) for name, mark in marks for number, words in parts.get(name, []))
    question["choices"] = []
    for _number, words, is_right in lines:
        halves = {code: text.partition("//") for code, text in say(words, language).items()}
        text = {code: half[0].strip() for code, half in halves.items()}
        feedback = {code: half[2].strip() for code, half in halves.items()}
        question["choices"].append({"text": text, "right": is_right, "feedback": feedback})


def _steps(question: dict[str, Any], parts: dict[str, Any], language: str) -> None:
    question["choices"] = [{"text": say(words, language)} for _number, words in parts.get("step", [])]


def _number(question: dict[str, Any], parts: dict[str, Any], language: str) -> Trouble | None:
    number, words = parts["answer"][0] if parts.get("answer") else (0, "")
    matches = {code: NUMBER.match(text) for code, text in say(words, language).items()}
    match = next((match for match in matches.values() if match), None)
    answers = read_numbers(match["answer"]) if match else []
    off = read_numbers(match["off"] or "0") if match else []
    if not answers or not off:
        return Trouble(_("line %s") % number, _("This is no number."))
    question |= {"answer": str(answers[0]), "tolerance": str(off[0])}
    question["unit"] = {code: match["unit"].strip() if match else "" for code, match in matches.items()}
    return None


def _short(question: dict[str, Any], parts: dict[str, Any], language: str) -> None:
    question["accepted"] = [_everywhere(say(words, language)) for _number, words in parts.get("accepted", [])]


def _pairs(question: dict[str, Any], parts: dict[str, Any], language: str) -> Trouble | None:
    question["pairs"] = []
    for number, words in parts.get("pair", []):
        sides = {code: text.partition("|") for code, text in say(words, language).items()}
        if any(text[0] and not text[2].strip() for text in sides.values()):
            return Trouble(_("line %s") % number, _("Write a pair as: left | right."))
        left = {code: text[0].strip() for code, text in sides.items()}
        question["pairs"].append({"left": left, "right": {code: text[2].strip() for code, text in sides.items()}})
    return None


def _everywhere(words: dict[str, str]) -> dict[str, str]:
    """An accepted answer such as a formula is the same in both languages unless both are given."""
    one = words["km"] or words["en"]
    return {code: text or one for code, text in words.items()}


MAKERS: dict[str, Callable[[dict[str, Any], dict[str, Any], str], Trouble | None]] = {
    QuestionKind.SINGLE: _choices,
    QuestionKind.SEVERAL: _choices,
    QuestionKind.ORDER: _steps,
    QuestionKind.NUMBER: _number,
    QuestionKind.SHORT: _short,
    QuestionKind.MATCH: _pairs,
}
