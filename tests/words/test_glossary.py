"""The glossary says what the code and the screens say."""

import re
from functools import cache
from typing import NamedTuple

import pytest

from tests.servers import ROOT
from tests.words.catalogues import every_entry, our_sources, tracked, translations_of


class Term(NamedTuple):
    english: str
    khmer: str
    name: str
    avoided: list[str]


def read_terms() -> list[Term]:
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]
    return [
        Term(english, khmer, name.strip("`"), [word.strip() for word in avoided.split(",")])
        for english, khmer, name, avoided in rows
        if english != "English" and not english.startswith("-")
    ]


@cache
def all_sources() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in our_sources())


@cache
def all_khmer() -> str:
    said = [text for _, entry in every_entry() for text in translations_of(entry)]
    return "\n".join([*said, *(path.read_text(encoding="utf-8") for path in tracked("*.yaml"))])


@pytest.mark.parametrize("term", read_terms(), ids=lambda term: term.english)
def test_the_code_knows_the_name(term: Term) -> None:
    assert not term.name or re.search(rf"\b{term.name}\b", all_sources())


@pytest.mark.parametrize("term", read_terms(), ids=lambda term: term.english)
def test_the_catalogues_use_the_word(term: Term) -> None:
    said = {
        text
        for _, entry in every_entry()
        if entry.msgid.casefold() == term.english.casefold()
        for text in translations_of(entry)
    }
    assert said == {term.khmer}


@pytest.mark.parametrize("term", read_terms(), ids=lambda term: term.english)
def test_no_avoided_khmer_word_is_used(term: Term) -> None:
    khmer = [word for word in term.avoided if re.search(r"[\u1780-\u17ff]", word)]
    assert [word for word in khmer if word in all_khmer()] == []
