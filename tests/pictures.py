"""Papers as pictures, held against how they should look: `UPDATE_PICTURES=1` draws the references anew."""

import os
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageStat

TOLERANCE = 0.5  # mean difference of all points, of 255; another title of a course makes 1.1


def render_sheet(pdf: bytes) -> Image.Image:
    """Its only page."""
    pages = pypdfium2.PdfDocument(pdf)
    assert len(pages) == 1
    picture: Image.Image = pages[0].render(scale=1.6).to_pil().convert("RGB")
    return picture


def draw_anew_if_asked(drawn: Image.Image, path: Path) -> None:
    if os.environ.get("UPDATE_PICTURES"):
        drawn.quantize(32).save(path, optimize=True)


def measure_difference(drawn: Image.Image, path: Path) -> float:
    """Of all points, from the reference; they must be of one size."""
    wanted = Image.open(path).convert("RGB")
    assert drawn.size == wanted.size
    return ImageStat.Stat(ImageChops.difference(drawn, wanted).convert("L")).mean[0]
