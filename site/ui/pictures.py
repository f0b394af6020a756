"""Pictures of a StreamField body: how one is shown, fetched without a query each, and weighed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from wagtail.images.models import AbstractImage, AbstractRendition, SourceImageIOError

SPEC = "max-720x1080|format-webp|webpquality-70"  # a 360 px phone with two device pixels each


@dataclass(frozen=True)
class Shown:
    """What an `<img>` needs; sizes in CSS pixels, bytes as delivered."""

    url: str
    width: int
    height: int
    bytes: int


def show_picture(image: AbstractImage) -> Shown:
    """The picture at phone width in WebP. A vector picture is small already and goes out as it is; so does one whose
    file is gone, so that its page still opens with the words beside it.
    """
    as_it_is = Shown(image.file.url, image.width, image.height, image.file_size or 0)
    if image.is_svg():
        return as_it_is
    try:
        rendition = image.get_rendition(SPEC)
    except SourceImageIOError:
        return as_it_is
    return Shown(rendition.url, rendition.width, rendition.height, _size_of(rendition))


def find_pictures(body: Any) -> list[Any]:
    """Every picture of a StreamField value, in order."""
    return [block.value["image"] for block in _blocks_of(body, "picture") if block.value["image"]]


def prefetch_pictures(body: Any) -> None:
    """Fetch the renditions of all pictures in one query, before a template shows them one by one."""
    raster = [image for image in find_pictures(body) if not image.is_svg()]
    if raster:
        prefetch_related_objects(raster, "renditions")
        for image in raster:
            image.prefetched_renditions = list(image.renditions.all())


def weigh(body: Any) -> int:
    """Bytes that opening a body costs beyond the frame of the page: its text as compressed, its pictures whole.

    Measured on Khmer lessons: brotli leaves about a fifth of the UTF-8 bytes. Makes renditions that are missing.
    """
    text = len(str(body.get_prep_value()).encode()) if body else 0
    return text // 5 + sum(show_picture(image).bytes for image in find_pictures(body))


def _blocks_of(body: Any, name: str) -> Iterator[Any]:
    return (block for block in body or () if block.block_type == name)


def _size_of(rendition: AbstractRendition) -> int:
    try:
        return int(rendition.file.size)
    except OSError:
        return 0
