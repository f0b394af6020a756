"""What a question of the starter content must have, by its kind."""

from __future__ import annotations

import re
from typing import Any

from tests.content.starter import LANGUAGES

FIELDS: dict[str, set[str]] = {
    "single": {"choices"},
    "several": {"choices"},
    "order": {"choices"},
    "number": {"answer"},
    "short": {"accepted"},
    "match": {"pairs"},
}


def assert_text(node: Any) -> None:
    assert isinstance(node, dict), node
    assert set(node) == LANGUAGES, node
    assert all(isinstance(node[lang], str) and node[lang].strip() for lang in LANGUAGES), node


def assert_question(question: dict[str, Any]) -> None:
    kind = question["type"]
    assert set(question) - {"hint", "unit", "tolerance"} == {"type", "text", "explanation"} | FIELDS[kind]
    for name in {"text", "explanation", "hint", "unit"} & set(question):
        assert_text(question[name])
    if kind == "number":
        assert all(re.fullmatch(r"-?\d+(\.\d+)?", question.get(name, "0")) for name in ("answer", "tolerance"))
    elif kind == "short":
        assert question["accepted"]
    elif kind == "match":
        assert 3 <= len(question["pairs"]) <= 5
        for side in ("left", "right"):
            assert_different([pair[side] for pair in question["pairs"]])
    else:
        assert_choices(question)


def assert_choices(question: dict[str, Any]) -> None:
    choices = question["choices"]
    assert 3 <= len(choices) <= 6
    fields = {"text", "feedback"} | (set() if question["type"] == "order" else {"right"})
    assert all(set(choice) == fields for choice in choices), question
    assert_different([choice["text"] for choice in choices])
    rights = [choice.get("right") for choice in choices]
    if question["type"] == "single":
        assert sorted(rights) == [False] * (len(rights) - 1) + [True]
    elif question["type"] == "several":
        assert True in rights
        assert set(rights) <= {True, False}


def assert_different(texts: list[dict[str, str]]) -> None:
    for text in texts:
        assert_text(text)
    for lang in LANGUAGES:
        assert len({text[lang] for text in texts}) == len(texts), texts
