"""Choosers of pictures, files and pages that read together: a page with five kinds of block asks once for each model
and not once for each kind.
"""

import copy
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from types import MappingProxyType
from typing import Any

from wagtail.blocks import StreamValue, StructBlock
from wagtail.blocks.field_block import ChooserBlock, PageChooserBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

Found = Mapping[type, Mapping[int, Any]]
Reader = Callable[[Iterable[int]], Mapping[int, Any]]
_found: ContextVar[Found | None] = ContextVar("found", default=None)


class TogetherMixin:
    """Takes its rows from what `read_choices` found, where it reads."""

    model_class: type

    def bulk_to_python(self, values: Iterable[int | None]) -> list[Any]:
        found = (_found.get() or {}).get(self.model_class)
        if found is None:
            return super().bulk_to_python(values)  # type: ignore[misc, no-any-return]
        return [copy.copy(found[value]) if value and value in found else None for value in values]


class TogetherImageBlock(TogetherMixin, ImageChooserBlock):
    """A picture."""


class TogetherDocumentBlock(TogetherMixin, DocumentChooserBlock):  # type: ignore[misc, valid-type]
    """A file."""


class TogetherPageBlock(TogetherMixin, PageChooserBlock):
    """A page."""


def read_choices(*bodies: Any, readers: Mapping[type, Reader] = MappingProxyType({})) -> None:
    """Read everything that these StreamField values choose: one query a model, whatever the number of blocks. A model
    may have a reader of its own, from keys to rows by key.
    """
    streams = [body for body in bodies if isinstance(body, StreamValue)]
    wanted: dict[type, set[int]] = {}
    for stream in streams:
        for raw in stream.raw_data:
            for model, key in _list_choices(stream.stream_block.child_blocks.get(raw["type"]), raw["value"]):
                wanted.setdefault(model, set()).add(key)
    found = {
        model: readers.get(model, model.objects.in_bulk)(keys)  # type: ignore[attr-defined]
        for model, keys in wanted.items()
    }
    reset = _found.set(found)
    try:
        for stream in streams:
            for block in stream:
                block.value  # noqa: B018 turned from keys to rows here, while all rows are at hand
    finally:
        _found.reset(reset)


def _list_choices(block: Any, value: Any) -> Iterable[tuple[type, int]]:
    """Model and key of each choice in the fields of one block."""
    if isinstance(block, StructBlock) and isinstance(value, Mapping):
        for name, child in block.child_blocks.items():
            if isinstance(child, TogetherMixin) and isinstance(child, ChooserBlock) and value.get(name):
                yield child.model_class, value[name]
