"""Starter files to StreamField data: stable ids, files imported once by their content."""

import hashlib
import uuid
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import yaml
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection

NAMESPACE = uuid.UUID("6f3a1c52-8d43-5b0e-9c1f-2f0f3c5d7a11")

Words = Mapping[str, str]
Source = Mapping[str, Any]


class StarterError(Exception):
    """A starter file that cannot be loaded; the text says which and why."""


def make_id(key: str) -> uuid.UUID:
    """The same id for the same key on every machine and in every language."""
    return uuid.uuid5(NAMESPACE, key)


def read_yaml(path: Path) -> Any:
    """The content of one starter file. Raises StarterError with its name."""
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise StarterError(f"{path}: {error}") from error


def to_stream(
    blocks: Sequence[Source],
    language: str,
    key: str,
    folder: Path,
    more: "Mapping[str, Convert] | None" = None,
) -> list[dict[str, Any]]:
    """StreamField data of a body in one language.

    `key` names the page (`course-slug/01-lesson`): block ids are made of it and the block's position, so both
    languages share them. `folder` is where the blocks' `file` paths begin. `more` converts an app's own block types;
    a block whose converter answers None is left out.
    """
    converters = {**CONVERTERS, **(more or {})}
    made = [_to_block(block, language, f"{key}/{index}", folder, converters) for index, block in enumerate(blocks)]
    return [block for block in made if block["value"] is not None]


def to_list(items: Sequence[Any], key: str) -> list[dict[str, Any]]:
    """ListBlock data with stable item ids."""
    return [{"type": "item", "value": item, "id": str(make_id(f"{key}/{index}"))} for index, item in enumerate(items)]


def pick(words: Words | str | int | None, language: str) -> str:
    """The text in one language; a plain value is the same in both, nothing is empty."""
    if words is None:
        return ""
    return str(words[language]).strip() if isinstance(words, Mapping) else str(words)


def import_picture(path: Path, title: str) -> Any:
    """The Wagtail image with this file's content, made when it is new."""
    return _import_file(get_image_model(), "_set_image_file_metadata", path, title)


def import_document(path: Path, title: str) -> Any:
    """The Wagtail document with this file's content, made when it is new."""
    return _import_file(get_document_model(), "_set_document_file_metadata", path, title)


def _import_file(model: Any, describe: str, path: Path, title: str) -> Any:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise StarterError(f"{path}: {error.strerror}") from error
    known = model.objects.filter(file_hash=hashlib.sha1(content, usedforsecurity=False).hexdigest()).first()
    if known is not None:
        return known
    made = model(title=title[:255], collection=Collection.get_first_root_node())
    made.file = ContentFile(content, name=path.name)
    getattr(made, describe)()
    made.save()
    return made


def _to_block(
    block: Source, language: str, key: str, folder: Path, converters: "Mapping[str, Convert]"
) -> dict[str, Any]:
    kind = str(block.get("type"))
    convert = converters.get(kind)
    if convert is None:
        raise StarterError(f"{key}: unknown block type {kind!r}")
    try:
        value = convert(block, partial(pick, language=language), language, key, folder)
    except KeyError as error:
        raise StarterError(f"{key}: {kind} lacks {error}") from error
    return {"type": kind, "value": value, "id": str(make_id(key))}


Pick = Callable[[Any], str]
Convert = Callable[[Source, Pick, str, str, Path], dict[str, Any] | None]


def _texts(*names: str) -> Convert:
    def convert(block: Source, text: Pick, language: str, key: str, folder: Path) -> dict[str, Any]:
        return {name: text(block.get(name)) for name in names}

    return convert


def _steps(block: Source, text: Pick, language: str, key: str, folder: Path) -> dict[str, Any]:
    return {
        "title": text(block.get("title")),
        "items": to_list([text(item) for item in block["items"]], f"{key}/items"),
    }


def _table(block: Source, text: Pick, language: str, key: str, folder: Path) -> dict[str, Any]:
    rows = [to_list([text(cell) for cell in row], f"{key}/rows/{index}") for index, row in enumerate(block["rows"])]
    return {
        "caption": text(block.get("caption")),
        "header": to_list([text(name) for name in block["header"]], f"{key}/header"),
        "rows": to_list(rows, f"{key}/rows"),
    }


def _picture(block: Source, text: Pick, language: str, key: str, folder: Path) -> dict[str, Any]:
    image = import_picture(folder / pick(block["file"], language), pick(block["alt"], "en"))
    return {"image": image.pk, "alt": text(block["alt"]), "caption": text(block.get("caption"))}


def _download(block: Source, text: Pick, language: str, key: str, folder: Path) -> dict[str, Any]:
    document = import_document(folder / pick(block["file"], language), text(block["title"]))
    return {"document": document.pk, "title": text(block["title"]), "description": text(block.get("description"))}


CONVERTERS: dict[str, Convert] = {
    "heading": _texts("text"),
    "text": _texts("text"),
    "key_term": _texts("term", "meaning"),
    "steps": _steps,
    "table": _table,
    "picture": _picture,
    "warning": _texts("text"),
    "example": _texts("title", "text"),
    "quote": _texts("text", "source"),
    "download": _download,
    "planning_year": _texts("text"),
}
