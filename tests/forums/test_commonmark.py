"""The forum's Markdown is CommonMark 0.31.2: every example of the specification renders as it says, but for the
differences we mean. Those that are one rule everywhere are in `mean`, applied to the parsed tree of what is expected;
examples that cannot follow stand in `DIFFERENT`, each with its reason. An entry that is no longer needed fails.
"""

import json
import re
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from forums.rendering import SCHEMES, to_html
from tests.forums.parsed import INLINE, REL, Node, find_strange, parse

EXAMPLES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "data" / "commonmark.json").read_text("utf-8"))

DIFFERENT: dict[str, set[int]] = {
    "raw HTML is shown as it was typed, and what stands in it is read as Markdown": {
        *(21, 31, 201, 308, 309, 344, 475, 476, 477, 491, 494, 524, 536, 642, 643),
        *range(148, 192),  # HTML blocks
        *(613, 614, 615, 616, 617, 623, *range(625, 632)),  # raw HTML in running text
    },
    "no pictures from strangers, for the phone would call their servers: what is left is a link": {
        *(517, 520, 531, 591),
        *range(572, 590),
    },
    "a pasted address is a link without angle brackets": {602, 608, 611},
    "a line end written as an entity is a space, as everywhere in HTML": {39},
}


def mean(node: Node) -> Node:
    """What the specification expects, as we mean it: headings stand below the page's own two; links carry no title,
    only the listed schemes, and the mark of a stranger's link; code says nothing of its language.
    """
    tag, attributes = node.tag, dict(node.attributes)
    if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
        tag = "h3" if tag in {"h1", "h2"} else "h4"
    elif tag == "code":
        attributes.pop("class", None)
    elif tag == "a":
        attributes = {"href": attributes.get("href", ""), "rel": REL}
        scheme = re.match("([A-Za-z][A-Za-z0-9+.-]*):", attributes["href"])
        if scheme and scheme[1].lower() not in SCHEMES:
            del attributes["href"]
    return Node(tag, attributes, [mean(child) for child in node.children], node.text)


def write(node: Node, *, breaks: bool = False) -> str:
    """The tree as text in which only what a reader could notice differs. With `breaks` a line end is a line break."""
    if not node.tag:
        return escape(node.text)
    inner = ""
    for is_inline, run in groupby(node.children, key=lambda child: child.tag in INLINE or not child.tag):
        said = "".join(write(child, breaks=breaks) for child in run)
        if is_inline and node.tag not in {*INLINE, "pre"}:
            said = re.sub(r"<br>\s*", "<br>", said.strip())
            said = said.replace("\n", "<br>") if breaks else said
        inner += said
    marks = "".join(f' {name}="{escape(value)}"' for name, value in sorted(node.attributes.items()))
    return f"<{node.tag}{marks}>" + ("" if node.tag in {"br", "hr", "img"} else f"{inner}</{node.tag}>")


def number(example: dict[str, Any]) -> int:
    return int(example["example"])


def find_difference(example: dict[str, Any]) -> tuple[str, str] | None:
    """(expected, rendered), when they are not the same to a reader."""
    expected = write(mean(parse(example["html"])), breaks=True)
    rendered = write(parse(to_html(example["markdown"])))
    return None if expected == rendered else (expected, rendered)


@pytest.mark.parametrize("section", sorted({example["section"] for example in EXAMPLES}))
def test_every_example_renders_as_the_specification_says(section: str) -> None:
    listed = set().union(*DIFFERENT.values())
    for example in EXAMPLES:
        if example["section"] == section and number(example) not in listed:
            assert find_difference(example) is None, example


@pytest.mark.parametrize("reason", DIFFERENT)
def test_each_listed_difference_is_one_and_is_safe(reason: str) -> None:
    for example in EXAMPLES:
        if number(example) in DIFFERENT[reason]:
            assert find_difference(example), f"{number(example)} renders as it should: take it off the list"
            assert find_strange(to_html(example["markdown"])) == []


def test_the_examples_are_all_there() -> None:
    assert [number(example) for example in EXAMPLES] == list(range(1, 653))
