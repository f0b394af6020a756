"""A page's words as its editor meets them: which field or block each stands in, and where it is in the tree.

Paths hold block ids, which both languages of a page share, so two translations can be laid side by side.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.db import models
from wagtail import blocks
from wagtail.blocks.field_block import CharBlock, EmailBlock, RegexBlock, RichTextBlock, TextBlock, URLBlock
from wagtail.fields import StreamField
from wagtail.rich_text import RichText

TAGS = re.compile(r"<[^>]+>")
ENDS = re.compile(r"</(?:p|li|h\d)>|<br\s*/?>")
NOT_WORDS = (URLBlock, EmailBlock, RegexBlock)
SPOKEN = {"transcript"}


@dataclass(frozen=True)
class Text:
    """One text. `path` is the same in both languages; `name` is the child it is the value of."""

    path: str
    name: str
    label: Any
    value: str


@dataclass(frozen=True)
class Piece:
    """A field of the page, or one block of a stream: what an editor can jump to."""

    field: str
    label: Any
    anchor: str
    block: Any = None
    number: int = 0
    texts: tuple[Text, ...] = ()

    @property
    def begin(self) -> str:
        """Its first words, to know it by."""
        return next((text.value.strip() for text in self.texts if text.value.strip()), "")


def list_pieces(page: Any) -> list[Piece]:
    """Every field with words and every block of every stream, in the order of the edit form."""
    names = [name for name in ("title", "summary", "intro", "section") if hasattr(page, name)]
    plain = [_read_field(page, page._meta.get_field(name)) for name in names]
    return [*plain, *(piece for stream in list_streams(page) for piece in _read_stream(page, stream))]


def list_streams(page: Any) -> list[Any]:
    """The stream fields of a page, its body first."""
    streams = [each for each in page._meta.get_fields() if isinstance(each, StreamField)]
    return sorted(streams, key=lambda each: each.name != "body")


def _read_field(page: Any, each: "models.Field[Any, Any]") -> Piece:
    text = Text(each.name, each.name, each.verbose_name, str(getattr(page, each.name) or ""))
    return Piece(each.name, each.verbose_name, f"panel-child-content-{each.name}-section", texts=(text,))


def _read_stream(page: Any, stream: Any) -> Iterator[Piece]:
    for number, child in enumerate(getattr(page, stream.name) or (), 1):
        texts = tuple(_walk(child.block, child.value, f"{stream.name}.{child.id}", child.block_type))
        yield Piece(stream.name, child.block.label, f"block-{child.id}-section", child, number, texts)


def _walk(block: Any, value: Any, path: str, name: str) -> Iterator[Text]:
    """Every text below a block. Addresses, lengths and numbers are no words."""
    if isinstance(block, blocks.StructBlock):
        for key, child in block.child_blocks.items():
            yield from _walk(child, value.get(key), f"{path}.{key}", key)
    elif isinstance(block, blocks.StreamBlock):
        for child in value or ():
            yield from _walk(child.block, child.value, f"{path}.{child.id}", name)
    elif isinstance(block, blocks.ListBlock):
        for child in value.bound_blocks if value else ():
            yield from _walk(child.block, child.value, f"{path}.{child.id}", name)
    elif isinstance(block, RichTextBlock):
        yield Text(path, name, block.label, to_plain(value))
    elif isinstance(block, CharBlock | TextBlock) and not isinstance(block, NOT_WORDS):
        yield Text(path, name, block.label, str(value or ""))


def to_plain(value: RichText | None) -> str:
    """Rich text as paragraphs with a blank line between them."""
    return unescape(TAGS.sub("", ENDS.sub("\n\n", value.source if value else ""))).strip()
