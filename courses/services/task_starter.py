"""The practical task of a starter file as StreamField data."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from courses.enums import Confirmer, TaskKind
from ui.starter import StarterError, import_document, make_id, pick, to_list

Source = Mapping[str, Any]


def to_task(source: Source | None, language: str, key: str, folder: Path) -> list[dict[str, Any]]:
    """The one block of a lesson's task, nothing where it has none. Ids come from `key`, so languages share them.

    Raises StarterError for an unknown kind or confirmer, and for a text or rubric that is not there.
    """
    if not source:
        return []
    try:
        return [{"type": "task", "value": _read(source, language, key, folder), "id": str(make_id(key))}]
    except KeyError as error:
        raise StarterError(f"{key}: the task lacks {error}") from error
    except ValueError as error:
        raise StarterError(f"{key}: {error}") from error


def _read(source: Source, language: str, key: str, folder: Path) -> dict[str, Any]:
    template = source.get("template")
    title = pick(template["title"], language) if template else ""
    rubric = [{"text": pick(each["text"], language), "required": bool(each["required"])} for each in source["rubric"]]
    return {
        "kind": TaskKind(source["kind"]).value,
        "title": pick(source["title"], language),
        "instructions": pick(source["instructions"], language),
        "template": import_document(folder / pick(template["file"], language), title).pk if template else None,
        "template_title": title,
        "confirm": Confirmer(source["confirm"]).value,
        "rubric": to_list(rubric, f"{key}/rubric"),
    }
