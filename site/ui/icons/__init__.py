"""Icon outlines by name: Tabler Icons (MIT, see LICENSE beside this file), 24 px grid, one path each."""

import json
from pathlib import Path

ICONS: dict[str, str] = json.loads((Path(__file__).parent / "tabler.json").read_text(encoding="utf-8"))
