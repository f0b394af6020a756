"""Length is a smell detector, and inline script or style would die under the content security policy."""

import ast
import re
import statistics
import subprocess
from pathlib import Path

from tests.servers import ROOT

LONGEST = 400
# Longer with a reason.
ALLOWED: dict[str, str] = {}


def tracked(*patterns: str) -> list[Path]:
    """Files that git knows or could add, by pattern."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).exists()]


def python_files() -> list[Path]:
    return [path for path in tracked("*.py") if "migrations" not in path.parts]


def test_files_stay_short() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in python_files()}
    too_long = {name: length for name, length in lengths.items() if length > LONGEST and name not in ALLOWED}
    assert too_long == {}
    ordered = sorted(length for length in lengths.values() if length)
    median, p90 = statistics.median(ordered), ordered[int(len(ordered) * 0.9)]
    print(f"\n{len(ordered)} Python files: median {median:.0f} lines, p90 {p90}, longest {ordered[-1]}")
    assert median <= 110
    assert p90 <= 260


def test_functions_stay_short() -> None:
    spans = sorted(
        (node.end_lineno or 0) - node.lineno + 1
        for path in python_files()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    print(f"\n{len(spans)} functions: p90 {spans[int(len(spans) * 0.9)]} lines, longest {spans[-1]}")
    assert spans[int(len(spans) * 0.9)] <= 25
    assert spans[-1] <= 70


def test_templates_have_nothing_inline() -> None:
    wrong = []
    inline = re.compile(
        r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)(?![^>]*type=\"application/json\")", re.IGNORECASE
    )
    for path in tracked("*.html"):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if inline.search(line):
                wrong.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}")
    assert wrong == []


def test_there_is_no_junk_drawer() -> None:
    drawers = {"core", "common", "utils", "util", "helpers", "helper", "misc"}
    found = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if drawers & {part.removesuffix(".py") for part in path.relative_to(ROOT).parts}
    ]
    assert found == []


def test_site_is_never_a_package() -> None:
    assert not (ROOT / "site" / "__init__.py").exists()
