"""Whether the data of a course file fits the pages of this site. Nothing in it is believed."""

import decimal
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.blocks.field_block import (
    BooleanBlock,
    CharBlock,
    ChoiceBlock,
    RegexBlock,
    RichTextBlock,
    TextBlock,
    URLBlock,
)

from courses.models import CoursePage, LessonPage, QuestionBankPage
from courses.services.coursefile.fields import Field, find_kind, list_fields, list_relations
from courses.services.coursefile.parcel import FORMAT, LANGUAGES, VERSION, Problem
from courses.services.coursefile.streams import walk

MOST_LESSONS = 60
MOST_ROWS = 30
DEEPEST = 40
LONGEST_TEXT = 100_000
TEXTS = (CharBlock, TextBlock, URLBlock, RegexBlock, RichTextBlock, ChoiceBlock)
SCALARS = (str, int, float, bool, type(None))


def check_data(data: Any, media: set[str]) -> list[Problem]:
    """Everything that is wrong with `course.json`, in the order of the file."""
    head = list(_check_head(data))
    if head:
        return head
    checker = Checker(data["media"], len(data["banks"]))
    checker.problems += _check_media_list(data["media"], media)
    owners: list[tuple[str, Any, Any]] = [(_("course"), CoursePage, data["course"])]
    owners += [(_("lesson %s") % number, LessonPage, lesson) for number, lesson in enumerate(data["lessons"], start=1)]
    owners += [
        (_("question bank %s") % number, QuestionBankPage, bank) for number, bank in enumerate(data["banks"], start=1)
    ]
    for where, model, languages in owners:
        if not isinstance(languages, dict) or not languages or set(languages) - set(data["languages"]):
            checker.problems.append(Problem(where, _("It has a language that the course does not have, or none.")))
            continue
        for language, page in languages.items():
            checker.check_page(model, page, f"{where} ({language})", language)
    checker.problems += _check_slugs(data)
    checker.problems += [Problem(name, _("Nothing in the course uses this file.")) for name in media - checker.used]
    return checker.problems


def _check_head(data: Any) -> Iterator[Problem]:
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        yield Problem("", _("This is no course file, or it is damaged."))
        return
    if data.get("version") != VERSION:
        yield Problem("version", _("This file is of version %(theirs)s; we read version %(ours)s.") % {
            "theirs": str(data.get("version"))[:20], "ours": VERSION
        })  # fmt: skip
        return
    languages = data.get("languages")
    if not isinstance(languages, list) or not languages:
        yield Problem("languages", _("The course has no language."))
    elif any(language not in LANGUAGES for language in languages) or len(set(languages)) < len(languages):
        yield Problem("languages", _("We have no such language here; a course is in Khmer, English or both."))
    elif not isinstance(data.get("course"), dict) or set(data["course"]) != set(languages):
        yield Problem("course", _("The course itself must be there in each of its languages."))
    if not isinstance(data.get("media"), dict) or not all(isinstance(data.get(k), list) for k in ("lessons", "banks")):
        yield Problem("", _("This part cannot be read."))
    elif max(len(data["lessons"]), len(data["banks"])) > MOST_LESSONS:
        yield Problem("lessons", _("There are too many lessons."))
    if set(data) - {"format", "version", "languages", "course", "lessons", "banks", "media"}:
        yield Problem("", _("There is something in it that a course does not have."))


def _check_media_list(facts: dict[str, Any], media: set[str]) -> Iterator[Problem]:
    for name in sorted(set(facts) ^ media):
        what = _("This file is missing.") if name in facts else _("This file is not in the list of files.")
        yield Problem(str(name)[:120], what)
    for name, each in facts.items():
        kinds = {"image", "document"}
        if not isinstance(each, dict) or each.get("kind") not in kinds or not name.startswith(f"media/{each['kind']}-"):
            yield Problem(str(name)[:120], _("What kind of file this is, is not said."))
        elif not isinstance(each.get("title"), str) or not 0 < len(each["title"]) <= 255:
            yield Problem(str(name)[:120], _("A file needs a title of at most 255 characters."))
        elif any(not _is_fact(key, value) for key, value in each.items() if key not in {"kind", "title"}):
            yield Problem(str(name)[:120], _("This value does not fit."))


def _is_fact(key: str, value: Any) -> bool:
    if key == "description":
        return isinstance(value, str) and len(value) <= 255
    return key.startswith("focal_point_") and (value is None or (type(value) is int and 0 <= value < 100_000))


def _check_slugs(data: dict[str, Any]) -> Iterator[Problem]:
    seen: set[tuple[str, str]] = set()
    for number, lesson in enumerate(data["lessons"], start=1):
        for language, page in lesson.items() if isinstance(lesson, dict) else ():
            fields = page.get("fields") if isinstance(page, dict) else None
            key = (language, str(fields.get("slug"))) if isinstance(fields, dict) else (language, "")
            if key in seen:
                yield Problem(_("lesson %s") % number, _("Two lessons have the address “%s”.") % key[1][:60])
            seen.add(key)


class Checker:
    """Walks one page after the other and collects what does not fit."""

    def __init__(self, media: dict[str, Any], banks: int) -> None:
        self.media = media
        self.banks = {f"bank:{number}" for number in range(banks)}
        self.used: set[str] = set()
        self.problems: list[Problem] = []
        self.kinds: dict[str, str] = {}  # of block ids, the same in all languages
        self.seen: set[str] = set()  # block ids of this page
        self.place = ""

    def check_page(self, model: Any, page: Any, place: str, language: str) -> None:
        self.place, self.seen = place, set()
        if not isinstance(page, dict) or set(page) != {"fields", "rows"} or not isinstance(page["rows"], dict):
            self.complain("", "shape")
            return
        self._check_fields(model, page["fields"], "")
        relations = dict(list_relations(model))
        for name, rows in page["rows"].items():
            if name not in relations or not isinstance(rows, list) or len(rows) > MOST_ROWS:
                self.complain(str(name)[:40], "shape")
                continue
            for number, row in enumerate(rows, start=1):
                self._check_fields(relations[name], row, f"{name} › {number} › ")

    def _check_fields(self, model: Any, values: Any, before: str) -> None:
        if not isinstance(values, dict):
            self.complain(before, "shape")
            return
        fields = {field.name: field for field in list_fields(model)}
        for name in sorted(set(values) - set(fields), key=str):
            self.complain(before, f"field:{str(name)[:40]}")
        for name in ("title", "slug"):
            if name in fields and name not in values:
                self.complain(f"{before}{name}", "missing")
        for name, value in values.items():
            if name in fields:
                self._check_field(fields[name], value, f"{before}{name}")

    def _check_field(self, field: Field, value: Any, where: str) -> None:
        kind = find_kind(field)
        if kind == "stream":
            self._check_stream(field, value, where)
        elif kind in {"image", "document"}:
            self.refer(kind, value, where)
        elif type(value) not in SCALARS or (isinstance(value, str) and ("\x00" in value or len(value) > LONGEST_TEXT)):
            self.complain(where, "value")
        elif kind == "plain" and not (value in ("", None) and (field.blank or field.null)):
            self._clean(field, value, where)

    def _clean(self, field: Field, value: Any, where: str) -> None:
        boolean = field.get_internal_type() == "BooleanField"
        if boolean != isinstance(value, bool):
            self.complain(where, "value")
            return
        try:
            field.clean(value, None)
        except ValidationError as error:
            self.problems.append(Problem(f"{self.place} › {where}", " ".join(error.messages)))
        except (ValueError, TypeError, OverflowError, decimal.InvalidOperation):
            self.complain(where, "value")

    def _check_stream(self, field: Any, value: Any, where: str) -> None:
        before = len(self.problems)
        if _depth(value) > DEEPEST:
            self.complain(where, "shape")
            return
        walk(field.stream_block, value, self, where)
        if len(self.problems) == before:
            try:
                field.stream_block.get_prep_value(field.stream_block.to_python(_without_keys(field, value)))
            except (ValueError, TypeError, KeyError, AttributeError, decimal.InvalidOperation, ValidationError):
                self.complain(where, "value")

    def identify(self, block_id: Any, kind: str, where: str) -> Any:
        """An id stands once on a page, and is of the same kind in every language."""
        if not isinstance(block_id, str) or not 0 < len(block_id) <= 40 or not block_id.isprintable():
            self.complain(where, "id")
        elif block_id in self.seen:
            self.complain(where, "twice")
        elif self.kinds.setdefault(block_id, kind) != kind:
            self.complain(where, "other")
        else:
            self.seen.add(block_id)
        return block_id

    def refer(self, kind: str, value: Any, where: str) -> Any:
        if value is None:
            return None
        if kind == "page":
            known = value in self.banks if isinstance(value, str) and value.startswith("bank:") else True
            if not isinstance(value, str) or len(value) > 40 or not known:
                self.complain(where, "value")
        elif not isinstance(value, str) or self.media.get(value, {}).get("kind") != kind:
            self.problems.append(Problem(f"{self.place} › {where}", _("The file it needs is missing.")))
        else:
            self.used.add(value)
        return value

    def take(self, block: Any, value: Any, where: str) -> Any:
        is_text = isinstance(value, str)
        wrong = type(value) not in SCALARS or (is_text and ("\x00" in value or len(value) > LONGEST_TEXT))
        if (
            wrong
            or (isinstance(block, TEXTS) and not is_text)
            or (isinstance(block, BooleanBlock) and not isinstance(value, bool))
        ):
            self.complain(where, "value")
        return value

    def complain(self, where: str, what: str) -> None:
        code, _colon, name = what.partition(":")
        self.problems.append(Problem(" › ".join(filter(None, (self.place, where))), say(code, name)))


def say(code: str, name: str = "") -> str:
    """A sentence for a code of `complain`."""
    return {
        "shape": _("This part cannot be read."),
        "block": _("We know no block “%s”.") % name,
        "field": _("We know no field “%s”.") % name,
        "missing": _("This part is missing."),
        "value": _("This value does not fit."),
        "id": _("An id is missing or no id."),
        "twice": _("This id stands twice on the page."),
        "other": _("The same id means another block in another language."),
    }[code]


def _depth(value: Any) -> int:
    deepest, level = 0, [value]
    while level and deepest <= DEEPEST:
        deepest += 1
        level = [
            child
            for each in level
            if isinstance(each, dict | list)
            for child in (each.values() if isinstance(each, dict) else each)
        ]
    return deepest


def _without_keys(field: Any, value: Any) -> Any:
    """The stream without chosen files and pages: their keys are known only once they are imported."""
    return walk(field.stream_block, value, _Blank(), "")


class _Blank:
    def identify(self, block_id: Any, kind: str, where: str) -> Any:
        return block_id

    def refer(self, kind: str, value: Any, where: str) -> None:
        return None

    def take(self, block: Any, value: Any, where: str) -> Any:
        return value

    def complain(self, where: str, what: str) -> None:
        """Complained about before."""
