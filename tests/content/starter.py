"""Where the starter content lies, and how to read it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
COURSES = ROOT / "courses" / "starter"
HOME = ROOT / "home" / "starter"
LANGUAGES = {"km", "en"}


@cache
def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))
