"""Loads the request templates that come with the product."""

from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from courses.models import Skill
from volunteers.models import RequestTemplate

STARTER = Path(__file__).resolve().parents[1] / "starter" / "templates.yaml"


class UnknownSkillError(Exception):
    """A template names a skill that is not loaded."""


@transaction.atomic
def load_request_templates(path: Path = STARTER) -> int:
    """Write every template of the file by its code and return how many there are. Running it again changes nothing."""
    rows: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    skills = {skill.code: skill for skill in Skill.objects.all()}
    for position, row in enumerate(rows, 1):
        if unknown := set(row["skills"]) - set(skills):
            raise UnknownSkillError(f"{row['code']}: {', '.join(sorted(unknown))}")
        template, _ = RequestTemplate.objects.update_or_create(
            code=row["code"], defaults={"position": position, **_read_columns(row)}
        )
        template.skills.set([skills[code] for code in row["skills"]])
    return len(rows)


def _read_columns(row: dict[str, Any]) -> dict[str, Any]:
    columns: dict[str, Any] = {
        "course_slugs": row["courses"],
        "weekly_hours": row["hours_per_week"],
        "weeks": row["weeks"],
        "minimum_age": row["minimum_age"],
        "touches_records": row.get("touches_records", False),
        "remote_share": row["remote_share"],
    }
    for language in ("km", "en"):
        columns |= {
            f"title_{language}": row["title"][language],
            f"summary_{language}": row["summary"][language],
            f"tasks_{language}": [task[language] for task in row["tasks"]],
            f"questions_{language}": [question[language] for question in row["questions"]],
            f"safeguards_{language}": row["safeguards"][language],
        }
    return columns
