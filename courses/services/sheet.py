"""One sheet of A4, landscape, in the reader's language: the frame of cloth, the letters, the code, for every paper.

fpdf2 draws, uharfbuzz shapes the Khmer, khmercut says where a line may break. The same paper gives the same bytes: the
date inside is that of issue. Text taken out of a PDF in Khmer is in the order of its glyphs, so name and code stand in
the metadata too.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import segno
from django.core.files.storage import default_storage
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont

from courses.models.papers import Paper

if TYPE_CHECKING:
    from fpdf import FPDF

PLAIN_BYTES = 30_000  # measured; Khmer needs more glyphs than English
FONTS = Path(__file__).parents[1] / "fonts"
FACES = {"": "NotoSansKhmer-Regular.ttf", "B": "NotoSansKhmer-Bold.ttf"}
FAMILY = "Noto Sans Khmer"

WIDTH, HEIGHT = 297.0, 210.0  # millimetres, as everything below
EDGE, CELL = 12.0, 1.95  # paper left white around the cloth; one square of it, three make the frame
LEFT, RIGHT = 45.0, WIDTH - 45.0  # of the text
MIDDLE = WIDTH / 2
POINT = 25.4 / 72
LINE = 1.55  # of the letters' height: Khmer stacks above and below
BODY_TOP, BODY_END = 98.0, 144.0  # what was proved, between the name and the rule

Colour = tuple[int, int, int]
INK, GREY, LEAF, PALE, SUN = (19, 32, 26), (61, 74, 67), (10, 90, 65), (227, 242, 234), (255, 194, 46)
WHITE, LOTUS = (255, 255, 255), (152, 19, 79)
# The cloth by its dye, as in style.css: the thread, the ground, and every eighth thread of the ground.
CLOTHS: dict[str, tuple[Colour, Colour, Colour]] = {
    "": (LEAF, WHITE, SUN),
    "k2": ((176, 108, 0), (255, 246, 220), LOTUS),
    "k3": (LOTUS, WHITE, SUN),
    "k4": (INK, WHITE, SUN),
}


@contextmanager
def begin(paper: Paper, *, title: str, subject: str) -> "Iterator[FPDF]":
    """An empty sheet with the fonts and the facts for machines; the font files are closed at the end."""
    from fpdf import FPDF  # a second to import, and most processes never draw

    pdf = FPDF("landscape", "mm", "A4")
    pdf.set_auto_page_break(False)
    pdf.c_margin = 0
    for style, file in FACES.items():
        pdf.add_font(FAMILY, style, FONTS / file)
    pdf.set_text_shaping(True, script="khmr", language="khm")
    pdf.set_lang("en" if get_language() == "en" else "km")
    pdf.set_title(f"{title} {paper.shown_code}")
    pdf.set_subject(subject)
    pdf.set_keywords(paper.shown_code)
    pdf.set_author(paper.say("issuer"))
    pdf.set_creation_date(paper.issued_at)
    pdf.add_page()
    try:
        yield pdf
    finally:
        for font in pdf.fonts.values():
            font.ttfont.close()  # type: ignore[union-attr]


def draw_cloth(pdf: "FPDF", thread: Colour, ground: Colour, stripe: Colour) -> None:
    """The frame, woven of squares. Whole squares only: the sheet's sides are made to fit."""
    columns, rows = int((WIDTH - 2 * EDGE) / CELL) | 1, int((HEIGHT - 2 * EDGE) / CELL) | 1
    across, down = (WIDTH - 2 * EDGE) / columns, (HEIGHT - 2 * EDGE) / rows
    for column in range(columns):
        for row in range(rows):
            if 3 <= column < columns - 3 and 3 <= row < rows - 3:
                continue
            colour = stripe if column % 8 == 7 else ground
            for is_over in (column % 2 == 0, row % 2 == 0):
                colour = lay_over(colour, thread) if is_over else colour
            if colour != WHITE:
                pdf.set_fill_color(*colour)
                pdf.rect(EDGE + column * across, EDGE + row * down, across, down, style="F")


def lay_over(ground: Colour, thread: Colour) -> Colour:
    """A thread lets 38 % of what is below through."""
    red, green, blue = (round(0.38 * below + 0.62 * above) for below, above in zip(ground, thread, strict=True))
    return red, green, blue


def draw_head(pdf: "FPDF", paper: Paper, *, title: str, lead: str) -> None:
    """Mark, issuer, title, name. The name has its line to itself."""
    if not draw_picture(pdf, paper.facts.get("logo"), middle=MIDDLE, bottom=43, width=60, height=17):
        draw_mark(pdf, MIDDLE, 29)
    issuers = dict.fromkeys([_("Chuoy Khum"), paper.say("issuer")])
    write(pdf, " · ".join(issuers), y=49.5, size=11, colour=GREY)
    write(pdf, title, y=60.5, size=24, bold=True)
    write(pdf, lead, y=74, size=12)
    write(pdf, paper.say("name"), y=87, size=32, bold=True)


Piece = tuple[str, float, bool, Colour]  # text, size, bold, colour
Body = Callable[["FPDF", float, bool], float]  # draws, or only measures, at this scale; the height where it ends


def draw_body(pdf: "FPDF", fill: Body) -> None:
    """As large as the room between name and rule allows."""
    for scale in (1, 0.9, 0.8, 0.7, 0.6, 0.5):
        if fill(pdf, scale, False) <= BODY_END:
            break
    fill(pdf, scale, True)


def write_lines(pdf: "FPDF", pieces: Iterable[Piece], y: float, scale: float, draws: bool) -> float:
    """Each text in as many lines as it needs; the height at which they end."""
    for text, size, bold, colour in pieces:
        for line in break_lines(pdf, text, size * scale, bold=bold):
            y += size * scale * POINT * LINE
            if draws:
                write(pdf, line, y=y - size * scale * POINT * LINE / 2, size=size * scale, bold=bold, colour=colour)
    return y


def draw_chips(pdf: "FPDF", texts: Sequence[str], y: float, size: float, *, draws: bool) -> float:
    """The skills as marked pieces, centred, in as many rows as they need; the height at which they end."""
    height, gap = size * POINT * 1.9, 2.0
    for row in break_row(pdf, [printable(text) for text in texts], size, gap):
        x = MIDDLE - (sum(width for _text, width in row) + gap * (len(row) - 1)) / 2
        for text, width in row:
            if draws:
                pdf.set_fill_color(*PALE)
                pdf.rect(x, y, width, height, style="F", round_corners=True, corner_radius=1)
                write(pdf, text, y=y + height / 2, size=size, bold=True, colour=LEAF, x=x + width / 2)
            x += width + gap
        y += height + 1.2
    return y


def break_row(pdf: "FPDF", texts: Sequence[str], size: float, gap: float) -> list[list[tuple[str, float]]]:
    """Pieces with their widths, as many in a row as there is room for."""
    rows: list[list[tuple[str, float]]] = []
    room = 0.0
    for text in texts:
        width = min(measure(pdf, text, size, bold=True) + 5, RIGHT - LEFT)
        if width > room:
            rows.append([])
            room = RIGHT - LEFT
        rows[-1].append((text, width))
        room -= width + gap
    return rows


def draw_foot(pdf: "FPDF", paper: Paper, address: str) -> None:
    """How to check it, who signed, and the QR code."""
    pdf.set_draw_color(*GREY)
    pdf.set_line_width(0.2)
    pdf.line(LEFT, 147, RIGHT, 147)
    shown = address.removeprefix("https://").removeprefix("http://").partition("/")[0]
    left = partial(write, pdf, x=LEFT, align="left", width=80.0)
    left(pgettext("certificate", "Verify"), y=154, size=11, bold=True)
    left(f"{shown}/verify", y=160.5, size=11)
    left(paper.shown_code, y=168, size=17, bold=True)
    left(_("Scan or type the code. No account needed."), y=175.5, size=10, colour=GREY)
    draw_signature(pdf, paper)
    draw_qr(pdf, address, RIGHT - 30, 150.5, 30)


def draw_signature(pdf: "FPDF", paper: Paper) -> None:
    """The signature above the signer's name and title; nothing where nobody signs."""
    middle, width = MIDDLE + 20, 62.0
    name, title = paper.say("signer"), paper.say("signer_title")
    has_picture = draw_picture(pdf, paper.facts.get("signature"), middle=middle, bottom=165, width=50, height=14.5)
    if not (name or has_picture):
        return
    pdf.line(middle - width / 2, 166, middle + width / 2, 166)
    write(pdf, name, y=170, size=11, bold=True, x=middle, width=width)
    write(pdf, title, y=175.5, size=10, colour=GREY, x=middle, width=width)


def weigh_sheet(paper: Paper) -> int:
    """About how many bytes the PDF has, without drawing it: text and cloth, then the pictures."""
    stored = [paper.facts.get(name) for name in ("logo", "signature")]
    return PLAIN_BYTES + sum(default_storage.size(name) for name in stored if name and default_storage.exists(name))


def draw_picture(pdf: "FPDF", name: str | None, *, middle: float, bottom: float, width: float, height: float) -> bool:
    """A stored picture inside this box, standing on `bottom`; False where there is none (any more)."""
    if not name or not default_storage.exists(name):
        return False
    from PIL import Image  # already loaded by fpdf2 here

    with default_storage.open(name) as file, Image.open(file) as picture:
        scale = min(width / picture.width, height / picture.height)
        wide, high = picture.width * scale, picture.height * scale
        pdf.image(picture, x=middle - wide / 2, y=bottom - high, w=wide, h=high)
    return True


def draw_mark(pdf: "FPDF", middle: float, top: float) -> None:
    """Our own mark: nine squares of cloth and its fringe."""
    side = 4.2
    half = tuple(round((part + 255) / 2) for part in LEAF)
    for row in range(3):
        for column in range(3):
            corner = row != 1 and column != 1
            pdf.set_fill_color(*(LEAF if corner else SUN if row == column else half))
            pdf.rect(middle + (column - 1.5) * side, top + row * side, side, side, style="F")
    pdf.set_fill_color(*LEAF)
    for thread in range(6):
        pdf.rect(middle - 1.5 * side + (0.125 + thread * 0.5) * side, top + 3.125 * side, side / 4, 1.5, style="F")


def draw_qr(pdf: "FPDF", address: str, x: float, y: float, side: float) -> None:
    """The address as squares, joined to bars along each row."""
    rows = [bytes(row) for row in segno.make(address, error="m", micro=False).matrix]
    cell = side / len(rows)
    pdf.set_fill_color(0, 0, 0)
    for number, row in enumerate(rows):
        column = 0
        while column < len(row):
            end = column
            while end < len(row) and row[end]:
                end += 1
            if end > column:
                pdf.rect(x + column * cell, y + number * cell, (end - column) * cell, cell, style="F")
            column = end + 1


def write(
    pdf: "FPDF",
    text: str,
    *,
    y: float,
    size: float,
    bold: bool = False,
    colour: Colour = INK,
    x: float = MIDDLE,
    width: float = RIGHT - LEFT,
    align: str = "centre",
) -> None:
    """One line, its middle at `y`, centred on `x` or beginning there; shrunk where it is wider than `width`."""
    text = printable(text)
    wide = measure(pdf, text, size, bold=bold)
    if wide > width:
        size *= width / wide
        wide = measure(pdf, text, size, bold=bold)
    pdf.set_text_color(*colour)
    height = size * POINT
    pdf.set_xy(x - wide / 2 if align == "centre" else x, y - height * 0.45)
    pdf.cell(wide, height, text)  # not text(), which does not shape


def measure(pdf: "FPDF", text: str, size: float, *, bold: bool = False) -> float:
    """Width of a shaped line; leaves the font set."""
    pdf.set_font(FAMILY, "B" if bold else "", size)
    return float(pdf.get_string_width(text))


def break_lines(pdf: "FPDF", text: str, size: float, *, bold: bool = False) -> list[str]:
    """The text in lines that fit, broken between words only."""
    text = printable(text).strip()
    if measure(pdf, text, size, bold=bold) <= RIGHT - LEFT:
        return [text] if text else []
    lines, line = [], ""
    for word in cut_words(text):
        if line.strip() and measure(pdf, (line + word).strip(), size, bold=bold) > RIGHT - LEFT:
            lines.append(line.strip())
            line = ""
        line += word
    return [*lines, line.strip()] if line.strip() else lines


def cut_words(text: str) -> list[str]:
    """The words of a text; joined they are the text again."""
    from khmercut import tokenize  # loads its model, which most processes never need

    words: list[str] = tokenize(text)
    return words if "".join(words) == text else text.split(" ")


def printable(text: str) -> str:
    """The text in letters that our font has: a rare accent is dropped, a letter of a third script becomes a mark."""
    return "".join(_print_sign(sign) for sign in unicodedata.normalize("NFC", text))


def _print_sign(sign: str) -> str:
    is_khmer = "\u1780" <= sign <= "\u17ff"
    if unicodedata.category(sign) in {"Cc", "Mn"} and not is_khmer:
        return ""  # an accent that did not become one with its letter would float above the next
    if ord(sign) in known_signs():
        return sign
    if unicodedata.category(sign) == "Cf":
        return ""
    parts = [chr(int(part, 16)) for part in unicodedata.decomposition(sign).split() if not part.startswith("<")]
    return "".join(_print_sign(part) for part in parts) or "?"


@cache
def known_signs() -> frozenset[int]:
    """Code points of the font; both weights have the same."""
    with TTFont(FONTS / FACES[""]) as font:
        return frozenset(font.getBestCmap())
