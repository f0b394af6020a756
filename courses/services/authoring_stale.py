"""Translations that the original has left behind, and which paragraphs changed.

Two ways to be stale: the original was published anew after its words were last taken over (`changed`), or they were
taken over and a published translation still lacks some (`waiting`).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import unescape
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from wagtail.models import Page
from wagtail.permissions import page_permission_policy
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.segments.extract import extract_segments

from courses.services.authoring_reading import LETTER
from courses.services.authoring_texts import TAGS, list_pieces

BLANK = re.compile(r"\n\s*\n")
WORDS = re.compile(r"\s+|\S+")
RIGHTS = ["add", "change", "publish"]


@dataclass(frozen=True)
class Change:
    """One paragraph of the original: `old` and `new` as runs of (text, is it changed); `words`: its translation."""

    label: Any
    number: int
    old: list[tuple[str, bool]]
    new: list[tuple[str, bool]]
    words: str = ""


def find_stale(user: Any) -> "QuerySet[Translation]":
    """Of this person's own sections, the longest behind first.

    Each has `page_id` (of the original), `target_id`, `changed_at`, `is_changed` and `is_waiting`.
    """
    mine = page_permission_policy.instances_user_has_any_permission_for(user, RIGHTS)
    key, source = OuterRef("source__object_id"), OuterRef("source__locale_id")
    original = Page.objects.live().filter(translation_key=key, locale_id=source)
    dated = original.annotate(at=Coalesce("live_revision__created_at", "last_published_at"))
    target = Page.objects.filter(translation_key=key, locale_id=OuterRef("target_locale_id"))
    lacking = StringSegment.objects.filter(~Exists(said_of_segment()), source_id=OuterRef("source_id"))
    return (
        Translation.objects.filter(Exists(original.filter(pk__in=mine.values("pk"))), enabled=True)
        .annotate(
            page_id=Subquery(original.values("pk")[:1]),
            target_id=Subquery(target.values("pk")[:1]),
            changed_at=Subquery(dated.values("at")[:1]),
            is_waiting=Exists(target.filter(live=True)) & Exists(lacking),
        )
        .annotate(is_changed=Q(changed_at__gt=F("source__last_updated_at")))
        .filter(Q(is_changed=True) | Q(is_waiting=True), target_id__isnull=False)
        .select_related("source__locale", "target_locale")
        .order_by("changed_at", "pk")
    )


def said_of_segment() -> "QuerySet[StringTranslation]":
    """Below a query of segments below one of translations: the words of a segment in the target's language."""
    return StringTranslation.objects.filter(
        translation_of_id=OuterRef("string_id"),
        context_id=OuterRef("context_id"),
        locale_id=OuterRef(OuterRef("target_locale_id")),
        has_error=False,
    )


def count_stale(user: Any) -> int:
    """One query, for the menu."""
    return find_stale(user).count()


def list_changes(translation: Translation) -> list[Change]:
    """What changed in the original since its words were last taken over, or what was taken over and waits for words."""
    live = translation.source.get_source_instance()
    said = _read_said(translation)
    now = _read_texts(live)
    before = _read_texts(translation.source.as_instance())
    if now == before:  # taken over already: what the translators last had before them
        before = {
            path: said.get(path, ("", ""))[0] if path in _list_waiting(translation) else now[path] for path in now
        }
    places = {_shorten(text.path): piece for piece in list_pieces(live) for text in piece.texts}
    changes = []
    for path in [*now, *(path for path in before if path not in now)]:
        piece = places.get(_shorten(path))
        label, number = (piece.label, piece.number) if piece else ("", 0)
        words = said.get(path, ("", ""))[1]
        for old, new in _pair_paragraphs(before.get(path, ""), now.get(path, "")):
            changes.append(Change(label, number, *_mark(old, new), words))
    return changes


def _shorten(path: str) -> str:
    """`body.<id>.text` -> `body.<id>`: what an editor calls one block."""
    return ".".join(path.split(".")[:2])


def _read_texts(page: Any) -> dict[str, str]:
    """Every text of a page that is translated, by its path; the parts of a rich text are its paragraphs."""
    texts: dict[str, str] = {}
    for segment in extract_segments(page):
        string = getattr(segment, "string", None)
        if string is not None:
            before = f"{texts[segment.path]}\n\n" if segment.path in texts else ""
            texts[segment.path] = before + _to_plain(string.data)
    return texts


def _to_plain(data: str) -> str:
    """As typed: translators' texts are kept as markup."""
    return unescape(TAGS.sub("", data.replace("<br/>", "\n")))


def _read_said(translation: Translation) -> dict[str, tuple[str, str]]:
    """By path: the text that was translated last, and its translation."""
    rows = StringTranslation.objects.filter(
        context__object_id=translation.source.object_id, locale_id=translation.target_locale_id
    ).order_by("updated_at")
    columns = rows.values_list("context__path", "translation_of__data", "data")
    return {path: (_to_plain(text), _to_plain(words)) for path, text, words in columns}


def _list_waiting(translation: Translation) -> set[str]:
    """Paths of what was taken over and has no words yet."""
    said = StringTranslation.objects.filter(
        translation_of_id=OuterRef("string_id"),
        context_id=OuterRef("context_id"),
        locale_id=translation.target_locale_id,
        has_error=False,
    )
    waiting = StringSegment.objects.filter(~Exists(said), source=translation.source)
    return set(waiting.values_list("context__path", flat=True))


def _pair_paragraphs(old: str, new: str) -> Iterator[tuple[str, str]]:
    """The paragraphs that differ: changed ones side by side, new ones beside "", old ones before ""."""
    before, after = ([part for part in BLANK.split(text) if part.strip()] for text in (old, new))
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            for index in range(max(b - a, d - c)):
                yield "".join(before[a:b][index : index + 1]), "".join(after[c:d][index : index + 1])


def _mark(old: str, new: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Both as runs of words, each run with whether it is only here."""
    before, after = _cut(old), _cut(new)
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return (
        [("".join(before[a:b]), kind != "equal") for kind, a, b, _c, _d in steps if b > a],
        [("".join(after[c:d]), kind != "equal") for kind, _a, _b, c, d in steps if d > c],
    )


def _cut(text: str) -> list[str]:
    """Words and gaps; joined they are the text again."""
    if LETTER.search(text):
        from khmercut import tokenize  # loads its model, which most processes never need

        words: Iterable[str] = tokenize(text)
        if "".join(words) == text:
            return list(words)
    return WORDS.findall(text)
