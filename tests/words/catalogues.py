"""The catalogues of this repository: where they lie and what they say."""

import re
import subprocess
from functools import cache
from pathlib import Path

import polib

from tests.servers import ROOT
from tests.words.extraction import Text

FRAMEWORKS = ROOT / "site" / "locale-frameworks" / "km" / "LC_MESSAGES" / "django.po"
SCRIPTS = FRAMEWORKS.with_name("djangojs.po")  # for the scripts of the editors' admin, which ask by themselves
SOURCES = ("*.py", "*.html", "*.txt")
NOT_SHIPPED = ("tests", "bench", "docs")

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{\w*[^{}\s]*\}")
TAG = re.compile(r"</?[a-z][^>]*>")


def tracked(*patterns: str) -> list[Path]:
    """Files that git knows or could add, by pattern."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in sorted(set(listed.stdout.splitlines())) if (ROOT / name).is_file()]


def catalogues() -> list[Path]:
    return tracked("*.po")


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def entries(path: Path) -> tuple[polib.POEntry, ...]:
    return tuple(entry for entry in polib.pofile(str(path)) if not entry.obsolete)


def text_of(entry: polib.POEntry) -> Text:
    return Text(entry.msgctxt, entry.msgid, entry.msgid_plural or None)


def translations_of(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def every_entry() -> list[tuple[str, polib.POEntry]]:
    """What pages and messages say; scripts have a catalogue of their own."""
    return [(name_of(path), entry) for path in catalogues() if path != SCRIPTS for entry in entries(path)]


def our_sources() -> list[Path]:
    """Python and templates of the product itself."""
    return [
        path
        for path in tracked(*SOURCES)
        if path.relative_to(ROOT).parts[0] not in NOT_SHIPPED
        and "migrations" not in path.parts
        and (path.suffix == ".py" or "templates" in path.parts)
    ]


def holes(text: str) -> list[str]:
    """What gets filled in or must stay as it is: placeholders and HTML tags, in a fixed order."""
    return sorted(PLACEHOLDER.findall(text)) + sorted(TAG.findall(text))
