"""What a browser makes of HTML: a tree by html5lib, which follows the same algorithm as browsers do."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import html5lib

from forums.rendering import ATTRIBUTES, SCHEMES, TAGS

REL = "ugc nofollow noopener"
INLINE = {"a", "br", "code", "em", "img", "strong"}


@dataclass
class Node:
    """An element, a text (`tag` is "") or something that should never be there (a comment: `tag` is "!")."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node"] = field(default_factory=list)
    text: str = ""

    def walk(self) -> Iterator["Node"]:
        yield self
        for child in self.children:
            yield from child.walk()

    def read(self) -> str:
        """The text a reader sees."""
        return "".join(node.text for node in self.walk() if not node.tag)


def parse(html: str) -> Node:
    """The tree of a fragment, under a node of its own."""
    # html5lib never raises: everything is a page to it.
    return _convert(html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False), tag="root")


def _convert(element: Any, tag: str | None = None) -> Node:
    if not isinstance(element.tag, str):
        return Node("!", text=str(element.text))
    attributes = {str(name): str(value) for name, value in element.attrib.items()}
    node = Node(tag or element.tag, attributes)
    node.children += _text(element.text)
    for child in element:
        node.children += [_convert(child), *_text(child.tail)]
    return node


def _text(text: str | None) -> list[Node]:
    return [Node("", text=text)] if text else []


def find_strange(html: str) -> list[str]:
    """Everything in the parsed tree that the forum's list does not allow; the list is the forum's own."""
    return [said for node in parse(html).children for inner in node.walk() for said in _judge(inner)]


def _judge(node: Node) -> Iterable[str]:
    if not node.tag:
        return
    if node.tag not in TAGS:
        yield f"<{node.tag}> {node.text}"
    allowed = ATTRIBUTES.get(node.tag, set()) | ({"rel"} if node.tag == "a" else set())
    yield from (f"{node.tag} {name}={node.attributes[name]}" for name in node.attributes if name not in allowed)
    if node.tag == "a":
        if node.attributes.get("rel") != REL:
            yield "a link without its mark"
        yield from find_strange_scheme(node.attributes.get("href", ""))


def find_strange_scheme(target: str) -> Iterable[str]:
    """A browser drops spaces and control characters before it reads the scheme."""
    target = re.sub(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\ufeff]", "", target).lower()
    scheme = re.match(r"([a-z][a-z0-9+.-]*):", target)
    if scheme and scheme[1] not in SCHEMES:
        yield target
