"""StreamField data walked by its blocks: whatever blocks there are, ids and references are handed to a visitor."""

import re
from collections.abc import Callable
from typing import Any, Protocol

from wagtail import blocks
from wagtail.blocks.field_block import ChooserBlock, PageChooserBlock, RichTextBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

# What is not a struct, a list, a stream, a chooser or rich text is one plain value.
TAG = re.compile(r"<(a|embed)\b([^>]*)>")
ATTRIBUTE = re.compile(r'\b([a-z]+)="([^"]*)"')
RICH_KINDS = {("a", "page"): "page", ("a", "document"): "document", ("embed", "image"): "image"}


class Visitor(Protocol):
    """What happens to the parts of a value. `where` says in words where it stands."""

    def identify(self, block_id: Any, kind: str, where: str) -> Any: ...

    def refer(self, kind: str, value: Any, where: str) -> Any:
        """`kind`: image, document or page; None stays None."""

    def take(self, block: blocks.Block, value: Any, where: str) -> Any:
        """One plain value."""

    def complain(self, where: str, what: str) -> None:
        """The data does not fit its blocks."""


def walk(block: Any, value: Any, visitor: Visitor, where: str) -> Any:
    """The value with everything the visitor changed. What does not fit is complained about and left out."""
    if isinstance(block, blocks.StreamBlock):
        return _walk_stream(block, value, visitor, where)
    if isinstance(block, blocks.ListBlock):
        return _walk_list(block, value, visitor, where)
    if isinstance(block, blocks.StructBlock):
        return _walk_struct(block, value, visitor, where)
    if isinstance(block, RichTextBlock):
        return _walk_rich(block, value, visitor, where)
    kind = find_kind(block)
    return visitor.refer(kind, value, where) if kind else visitor.take(block, value, where)


def find_kind(block: Any) -> str:
    """What a chooser chooses; "" for a block that is no chooser. Raises TypeError for one we do not know to carry."""
    for name, chooser in (
        ("image", ImageChooserBlock),
        ("document", DocumentChooserBlock),
        ("page", PageChooserBlock),
    ):
        if isinstance(block, chooser):
            return name
    if isinstance(block, ChooserBlock):
        raise TypeError(f"A course file does not know how to carry {block!r}")
    return ""


def _walk_stream(block: Any, value: Any, visitor: Visitor, where: str) -> list[Any]:
    made = []
    for number, item in enumerate(_list(value, visitor, where), start=1):
        here = f"{where} › {number}"
        if not isinstance(item, dict) or not isinstance(item.get("type"), str) or set(item) - {"type", "value", "id"}:
            visitor.complain(here, "shape")
            continue
        child = block.child_blocks.get(item["type"])
        if child is None:
            visitor.complain(here, f"block:{item['type'][:40]}")
            continue
        block_id = visitor.identify(item.get("id"), item["type"], here)
        content = walk(child, item.get("value"), visitor, f"{here} ({item['type']})")
        made.append({"type": item["type"], "value": content, "id": block_id})
    return made


def _walk_list(block: Any, value: Any, visitor: Visitor, where: str) -> list[Any]:
    made = []
    for number, item in enumerate(_list(value, visitor, where), start=1):
        here = f"{where} › {number}"
        if not isinstance(item, dict) or item.get("type") != "item" or set(item) - {"type", "value", "id"}:
            item = {"value": item, "id": None}  # as lists were stored once, without ids
        block_id = visitor.identify(item.get("id"), "item", here)
        content = walk(block.child_block, item.get("value"), visitor, here)
        made.append({"type": "item", "value": content, "id": block_id})
    return made


def _walk_struct(block: Any, value: Any, visitor: Visitor, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        visitor.complain(where, "shape")
        return {}
    for name in set(value) - set(block.child_blocks):
        visitor.complain(where, f"field:{str(name)[:40]}")
    return {
        name: walk(child, value[name], visitor, f"{where} › {name}")
        for name, child in block.child_blocks.items()
        if name in value
    }


def _walk_rich(block: Any, value: Any, visitor: Visitor, where: str) -> Any:
    text = visitor.take(block, value, where)
    return change_links(text, lambda kind, key: visitor.refer(kind, key, where)) if isinstance(text, str) else text


def change_links(html: str, change: Callable[[str, str], Any]) -> str:
    """Links to pages and files in Wagtail's rich text with other keys; one that has none any more loses its target."""

    def turn(match: re.Match[str]) -> str:
        tag, pairs = match[1], dict(ATTRIBUTE.findall(match[2]))
        kind = RICH_KINDS.get((tag, pairs.get("linktype") or pairs.get("embedtype") or ""))
        if kind is None or "id" not in pairs:
            return match[0]
        key = change(kind, pairs["id"])
        if key is None:
            return f"<{tag}>"
        pairs["id"] = str(key)
        return f"<{tag} " + " ".join(f'{name}="{text}"' for name, text in pairs.items()) + ">"

    return TAG.sub(turn, html)


def _list(value: Any, visitor: Visitor, where: str) -> list[Any]:
    if isinstance(value, list):
        return value
    if value is not None:
        visitor.complain(where, "shape")
    return []
