"""Every catalogue is whole, compiled, well formed, and holds every text that our own sources show."""

import re
import unicodedata
from pathlib import Path

import polib
import pytest
from django.utils import translation

from tests.words.catalogues import (
    FRAMEWORKS,
    catalogues,
    entries,
    every_entry,
    holes,
    name_of,
    our_sources,
    text_of,
    translations_of,
)
from tests.words.extraction import texts_of_file

ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad"


def test_there_are_catalogues() -> None:
    assert name_of(FRAMEWORKS) in {name_of(path) for path in catalogues()}
    assert {path.parts[-3] for path in catalogues()} == {"km"}


@pytest.mark.parametrize("path", catalogues(), ids=name_of)
def test_nothing_is_empty_or_fuzzy(path: Path) -> None:
    unfinished = [
        entry.msgid
        for entry in entries(path)
        if entry.fuzzy or not all(text.strip() for text in translations_of(entry))
    ]
    assert unfinished == []


@pytest.mark.parametrize("path", catalogues(), ids=name_of)
def test_no_dead_entries_are_kept(path: Path) -> None:
    assert [entry.msgid for entry in polib.pofile(str(path)).obsolete_entries()] == []


@pytest.mark.parametrize("path", catalogues(), ids=name_of)
def test_khmer_has_one_plural_form(path: Path) -> None:
    assert polib.pofile(str(path)).metadata["Plural-Forms"] == "nplurals=1; plural=0;"
    assert {len(translations_of(entry)) for entry in entries(path)} <= {1}


@pytest.mark.parametrize("path", catalogues(), ids=name_of)
def test_the_compiled_catalogue_says_what_its_source_says(path: Path) -> None:
    compiled = polib.mofile(str(path.with_suffix(".mo")))
    assert {text_of(entry): translations_of(entry) for entry in compiled} == {
        text_of(entry): translations_of(entry) for entry in entries(path)
    }


@pytest.mark.parametrize("path", catalogues(), ids=name_of)
def test_placeholders_and_tags_survive_translation(path: Path) -> None:
    broken = [
        (entry.msgid, text)
        for entry in entries(path)
        for text in translations_of(entry)
        if holes(text) != holes(entry.msgid_plural or entry.msgid)
    ]
    assert broken == []


@pytest.mark.parametrize("path", catalogues(), ids=name_of)
def test_khmer_is_normal_and_has_no_hidden_characters(path: Path) -> None:
    odd = [
        text
        for entry in entries(path)
        for text in translations_of(entry)
        if unicodedata.normalize("NFC", text) != text or any(mark in text for mark in ZERO_WIDTH)
    ]
    assert odd == []


@pytest.mark.parametrize("path", [path for path in catalogues() if path != FRAMEWORKS], ids=name_of)
def test_examples_of_times_and_lists_take_khmer_digits(path: Path) -> None:
    """Numbers in a sentence do. Codes, points of a map, phones and sizes keep the others: they are copied."""
    western = re.compile(r"\b[0-9]{1,2}:[0-9]{2}\b|\b[0-9]+, ?[0-9]+[-–][0-9]")
    assert [text for entry in entries(path) for text in translations_of(entry) if western.search(text)] == []


@pytest.mark.parametrize("path", catalogues(), ids=name_of)
def test_line_ends_are_those_of_the_english(path: Path) -> None:
    """msgfmt asks for it, and a stray line end shows in a mail."""

    def ends(text: str) -> tuple[bool, bool]:
        return text.startswith("\n"), text.endswith("\n")

    assert [e.msgid for e in entries(path) for text in translations_of(e) if ends(text) != ends(e.msgid)] == []


def test_every_text_of_our_sources_is_in_a_catalogue() -> None:
    known = {text_of(entry)[:2] for _, entry in every_entry()}
    missing = [
        (name_of(path), text.singular)
        for path in our_sources()
        for text in sorted(texts_of_file(path), key=lambda text: text.singular)
        if text[:2] not in known
    ]
    assert missing == []


def test_no_translation_outlives_the_text_it_translates() -> None:
    used = {text[:2] for path in our_sources() for text in texts_of_file(path)}
    ours = [(name, entry) for name, entry in every_entry() if name != name_of(FRAMEWORKS)]
    assert [(name, entry.msgid) for name, entry in ours if text_of(entry)[:2] not in used] == []


def test_plurals_in_our_sources_are_plurals_in_the_catalogues() -> None:
    plurals = {text_of(entry) for _, entry in every_entry() if entry.msgid_plural}
    used = {text for path in our_sources() for text in texts_of_file(path) if text.plural}
    assert sorted(text.singular for text in used - plurals) == []


def test_no_catalogue_hides_what_another_says() -> None:
    """Django shows one Khmer text for one English text (and context): two that differ mean one is never seen."""
    said: dict[tuple[str | None, str], dict[str, str]] = {}
    for name, entry in every_entry():
        said.setdefault((entry.msgctxt, entry.msgid), {})[name] = translations_of(entry)[0]
    assert {key: texts for key, texts in said.items() if len(set(texts.values())) > 1} == {}


def test_what_a_catalogue_says_is_what_is_shown() -> None:
    """No framework's own Khmer wins over ours."""
    hidden = []
    with translation.override("km"):
        for name, entry in every_entry():
            shown = (
                translation.npgettext(entry.msgctxt, entry.msgid, entry.msgid_plural, 2)
                if entry.msgctxt and entry.msgid_plural
                else translation.ngettext(entry.msgid, entry.msgid_plural, 2)
                if entry.msgid_plural
                else translation.pgettext(entry.msgctxt, entry.msgid)
                if entry.msgctxt
                else translation.gettext(entry.msgid)
            )
            if shown != translations_of(entry)[0]:
                hidden.append((name, entry.msgid, shown))
    assert hidden == []
