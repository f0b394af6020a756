"""Pictures of a StreamField body: how one is shown, fetched without a query each, and weighed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import brotli
from django.db.models import F
from django_brotli.middleware import BROTLI_QUALITY
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage, AbstractRendition, SourceImageIOError

from ui.choosers import read_choices

WIDTHS = (320, 480, 720, 960)  # phones of 320 to 480 CSS px with one to three device pixels each
PHONE = 720  # what a 360 px phone with two device pixels each takes
FORMATS = {"avif": "avifquality-50", "webp": "webpquality-70"}  # the best first; every browser of the floor reads WebP


@dataclass(frozen=True)
class Shown:
    """What a `<picture>` needs. Width and height in CSS pixels; `bytes` as a phone loads it, in the best format.

    `sources`: pairs of MIME type and srcset, the best first, the last one for the `<img>` itself; empty for a picture
    that goes out as it is.
    """

    url: str
    width: int
    height: int
    bytes: int
    sources: tuple[tuple[str, str], ...] = ()


def show_picture(image: AbstractImage) -> Shown:
    """The picture at phone widths in AVIF and WebP. A vector picture is small already and goes out as it is; so does
    one whose file is gone, so that its page still opens with the words beside it.
    """
    as_it_is = Shown(image.file.url, image.width, image.height, image.file_size or 0)
    if image.is_svg():
        return as_it_is
    widths = fit_widths(image.width)
    try:
        found = image.get_renditions(*[write_spec(width, kind) for kind in FORMATS for width in widths])
    except SourceImageIOError:
        return as_it_is
    made = {kind: [found[write_spec(width, kind)] for width in widths] for kind in FORMATS}
    phone = next((index for index, width in enumerate(widths) if width >= PHONE), len(widths) - 1)
    best, plain = made["avif"][phone], made["webp"][phone]
    sources = tuple((f"image/{kind}", write_srcset(made[kind])) for kind in FORMATS)
    return Shown(plain.url, plain.width, plain.height, _size_of(best), sources)


def fit_widths(width: int) -> list[int]:
    """The widths worth making of a picture: none beyond the first that holds all of it."""
    enough = next((each for each in WIDTHS if each >= width), WIDTHS[-1])
    return [each for each in WIDTHS if each <= enough]


def write_spec(width: int, kind: str) -> str:
    """Wagtail's recipe for one size; a tall picture is held to one and a half times its width."""
    return f"max-{width}x{width * 3 // 2}|format-{kind}|{FORMATS[kind]}"


def write_srcset(renditions: Sequence[AbstractRendition]) -> str:
    return ", ".join(f"{rendition.url} {rendition.width}w" for rendition in renditions)


def find_pictures(body: Any) -> list[Any]:
    """Every picture of a StreamField value, in order; the still pictures of videos as well."""
    names = {"picture": "image", "video": "poster"}
    found = [block.value[names[block.block_type]] for block in body or () if block.block_type in names]
    return [image for image in found if image]


def prefetch_pictures(*bodies: Any) -> None:
    """Read what bodies choose, pictures with their renditions, before a template shows them one by one: one query a
    model.
    """
    read_choices(*bodies, readers={get_image_model(): read_images})


def read_images(keys: Iterable[int]) -> dict[int, Any]:
    """Pictures by key, each with its renditions; one row a rendition, so one query for both."""
    model = get_image_model()
    rendition = model.get_rendition_model()
    names = [part.attname for part in rendition._meta.concrete_fields if part.name != "image"]
    images: dict[int, Any] = {}
    for row in model.objects.filter(pk__in=keys).annotate(
        **{f"its_{name}": F(f"renditions__{name}") for name in names}
    ):
        image = images.setdefault(row.pk, row)
        made = {name: getattr(row, f"its_{name}") for name in names}
        image.prefetched_renditions = getattr(image, "prefetched_renditions", [])
        if made["id"]:
            image.prefetched_renditions.append(rendition(image=image, **made))
    return images


@dataclass(frozen=True)
class Weight:
    """Bytes of a body: `opened` with the page, and what waits behind a tap."""

    opened: int
    audio: int = 0
    video: int = 0


def weigh(body: Any, *others: Any) -> Weight:
    """What a body costs beyond the frame of the page: its text as compressed, its pictures as a phone loads them.

    `others` are bodies that add their words alone. Measured on the starter lessons: the markup around the words adds
    two fifths of what the words take, compressed. Makes renditions that are missing.
    """
    if not body:
        return Weight(0)
    words = "\n".join(_texts([each.get_prep_value() for each in (body, *others) if each]))
    return Weight(
        opened=len(brotli.compress(words.encode(), quality=BROTLI_QUALITY)) * 7 // 5
        + sum(show_picture(image).bytes for image in find_pictures(body)),
        audio=sum(block.value.byte_size for block in _blocks_of(body, "audio")),
        video=sum(block.value.byte_size for block in _blocks_of(body, "video")),
    )


def _texts(value: Any) -> Iterator[str]:
    """Every text of stored blocks; their ids and types are not part of the page."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, each in value.items():
            if name not in {"id", "type"}:
                yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)


def _blocks_of(body: Any, name: str) -> Iterator[Any]:
    return (block for block in body if block.block_type == name)


def _size_of(rendition: AbstractRendition) -> int:
    try:
        return int(rendition.file.size)
    except OSError:
        return 0
