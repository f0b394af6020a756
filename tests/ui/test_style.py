"""The stylesheet keeps its budget and its contrasts; the icons are what the sprite expects."""

import re
from pathlib import Path

import brotli
import pytest
from django.conf import settings

from ui.icons import ICONS

STATIC = Path(settings.STATICFILES_DIRS[0])
CSS = (STATIC / "style.css").read_text(encoding="utf-8")
BUDGET = 7168  # bytes, brotli


def test_the_stylesheet_fits_its_budget() -> None:
    assert len(brotli.compress(CSS.encode())) <= BUDGET


def test_what_every_page_loads_of_script_is_tiny() -> None:
    assert len(brotli.compress((STATIC / "app.js").read_bytes())) <= 700


def test_each_icon_is_one_clean_path() -> None:
    assert [name for name, path in ICONS.items() if not re.fullmatch(r"M[\dMmLlHhVvCcSsQqTtAaZz .,-]+", path)] == []


def rules() -> list[tuple[str, str, str]]:
    """(stylesheet, selectors, declarations) of every rule; the lists of nested selectors are kept whole."""
    found = []
    for sheet in sorted(STATIC.glob("*.css")):
        plain = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
        found += [(sheet.name, *rule) for rule in re.findall(r"([^{};]+)\{([^{}]*)\}", plain)]
    return found


def test_old_browsers_read_every_rule() -> None:
    """Chrome 105 and Firefox 115 are the floor; Firefox knows `:has()` from 121 and drops any rule that uses it."""
    newer = r"color-mix|light-dark|subgrid|@starting-style|field-sizing|oklch|[\d.]d[vm]?[hw]\b|anchor\("
    assert [rule for rule in rules() if re.search(newer, rule[1] + rule[2])] == []
    mixed = [
        rule for rule in rules() if 0 < len(re.findall(r":has\(", rule[1])) < len(re.split(r",(?![^(]*\))", rule[1]))
    ]  # a selector without :has() would be lost with its neighbour
    assert mixed == []
    alone = {".to:focus-visible", ".map a:focus-visible"}  # these draw another ring without :has()
    unseen = [rule for rule in rules() if "outline:0" in rule[2] and ":has(" not in rule[1]]
    assert {selector.strip() for _, selector, _ in unseen} == alone


def token(name: str, dark: bool) -> str:
    """The colour of a token, as #rrggbb."""
    declaration = re.search(rf"--{name}:(?:var\(--lt,(#\w+)\) var\(--dk,(#\w+)\)|(#\w+))", CSS)
    assert declaration, name
    light_value, dark_value, same = declaration.groups()
    value = same or (dark_value if dark else light_value)
    return value if len(value) == 7 else "#" + "".join(2 * digit for digit in value[1:])


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(
    ("text", "ground", "least"),
    [
        ("ink", "paper", 7),
        ("ink2", "paper", 7),
        ("ink2", "husk", 7),
        ("edge", "paper", 3),
        ("leaf", "paper", 7),
        ("leaf", "leaf-t", 4.5),
        ("on-leaf", "leaf", 7),
        ("on-leaf", "leaf2", 4.5),
        ("on-sun", "sun", 7),
        ("ink", "sun-t", 7),
        ("lotus", "lotus-t", 4.5),
        ("bad", "paper", 7),
        ("bad", "bad-t", 4.5),
        ("on-hero", "hero", 7),
    ],
)
def test_contrast(text: str, ground: str, least: float, dark: bool) -> None:
    light, deep = sorted((luminance(token(text, dark)), luminance(token(ground, dark))), reverse=True)
    assert (light + 0.05) / (deep + 0.05) >= least
