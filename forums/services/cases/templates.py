"""Words to authors that those who decide keep ready."""

from pathlib import Path
from typing import Any

import yaml

from accounts.models import User
from forums import rules
from forums.errors import check
from forums.models import ReplyTemplate


def save_template(row: ReplyTemplate, *, by: User) -> ReplyTemplate:
    """A new one goes last. Raises `NotAllowedError`."""
    check(rules.can_see_queue, by, None)
    row.changed_by = by
    if row.pk is None:
        row.position = ReplyTemplate.objects.count()
    row.save()
    return row


def drop_template(row: ReplyTemplate, *, by: User) -> None:
    """What was said with it stays said. Raises `NotAllowedError`."""
    check(rules.can_see_queue, by, None)
    row.delete()


def load_templates(path: Path) -> int:
    """A site without any gets those of the file; afterwards they are the moderators' own."""
    if ReplyTemplate.objects.exists():
        return 0
    entries: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    rows = [
        ReplyTemplate(name=entry["name"], text_km=entry["text"]["km"], text_en=entry["text"]["en"], position=position)
        for position, entry in enumerate(entries)
    ]
    return len(ReplyTemplate.objects.bulk_create(rows))
