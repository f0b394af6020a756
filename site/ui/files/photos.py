"""Photos drawn anew: upright, at most 1600 px, WebP. What a camera writes beside the picture, the place above all, is
not carried over, and neither is anything hidden in the file.
"""

import io
import struct
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

LONGEST_SIDE = 1600
QUALITY = 80
MOST_PIXELS = 26_000_000  # decoded whole, about 150 MB
MOST_JPEG_PIXELS = 120_000_000  # a plain JPEG is decoded at about the size we need
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
BROKEN = (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, struct.error, RuntimeError)

register_heif_opener(thumbnails=False)


class PhotoError(Exception):
    """A picture that cannot be taken; `code` says why (pixels, damaged)."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True)
class Picture:
    """A WebP with nothing but pixels."""

    content: bytes
    width: int
    height: int


def redraw(content: bytes) -> Picture:
    """Raises PhotoError for a picture that does not open or is too large to open safely."""
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            _check_pixels(image)
            image.draft("RGB", _fit(image.size))
            image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS, reducing_gap=None)
            return _write(_flatten(ImageOps.exif_transpose(image)))
    except Image.DecompressionBombError as error:
        raise PhotoError("pixels") from error
    except (UnidentifiedImageError, *BROKEN) as error:
        raise PhotoError("damaged") from error


def _check_pixels(image: Image.Image) -> None:
    is_lean = image.format == "JPEG" and not image.info.get("progressive")
    if image.width * image.height > (MOST_JPEG_PIXELS if is_lean else MOST_PIXELS):
        raise PhotoError("pixels")


def _fit(size: tuple[int, int]) -> tuple[int, int]:
    """The size in whole pixels when the longer side has `LONGEST_SIDE`."""
    longer = max(size)
    return max(1, size[0] * LONGEST_SIDE // longer), max(1, size[1] * LONGEST_SIDE // longer)


def _flatten(image: Image.Image) -> Image.Image:
    """A new picture on white paper: only pixels come along."""
    paper = Image.new("RGB", image.size, "white")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layer = image.convert("RGBA")
        paper.paste(layer, mask=layer.getchannel("A"))
    else:
        paper.paste(image.convert("RGB"))
    return paper


def _write(image: Image.Image) -> Picture:
    out = io.BytesIO()
    image.save(out, "WEBP", quality=QUALITY, method=4)
    return Picture(out.getvalue(), image.width, image.height)
