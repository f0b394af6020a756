"""Pictures of the demo: drawn here, of flat shapes, so that nobody takes them for photos of a real place."""

import io

from PIL import Image, ImageDraw

from ui.files.photos import Picture, redraw

SIZE = (960, 640)
SKY, NIGHT, GROUND, ROAD, WOOD, WALL, WATER, LIGHT = (
    "#cfe8ef", "#20304f", "#9cc17f", "#b98a5e", "#7a5230", "#e8dcc3", "#4c93b8", "#ffd76b",
)  # fmt: skip


def draw_well() -> Picture:
    """A hand pump before a school."""
    image, pen = _begin(SKY)
    pen.rectangle((520, 210, 900, 430), fill=WALL)
    pen.polygon([(490, 210), (930, 210), (710, 110)], fill="#b5533c")
    for left in (560, 670, 780):
        pen.rectangle((left, 270, left + 60, 340), fill=WATER)
    pen.rectangle((140, 520, 420, 560), fill="#8f8f8f")
    pen.rectangle((255, 300, 295, 520), fill="#3d6f52")
    pen.line((275, 310, 420, 250), fill="#3d6f52", width=18)
    pen.line((295, 360, 350, 380), fill="#3d6f52", width=22)
    pen.ellipse((335, 400, 361, 470), fill=WATER)
    return _finish(image)


def draw_lamps(lit: int) -> Picture:
    """Four posts along a road before a market, so many of them lit."""
    image, pen = _begin(NIGHT)
    pen.polygon([(0, 640), (960, 640), (620, 430), (420, 430)], fill=ROAD)
    for number in range(4):
        left = 90 + number * 230
        pen.rectangle((left, 190, left + 14, 470), fill=WOOD)
        if number < lit:
            pen.polygon([(left + 7, 190), (left - 80, 470), (left + 94, 470)], fill="#5c6170")
        pen.ellipse((left - 18, 160, left + 32, 210), fill=LIGHT if number < lit else "#777777")
    return _finish(image)


def draw_road() -> Picture:
    """A road with puddles between fields."""
    image, pen = _begin(SKY)
    pen.polygon([(220, 640), (760, 640), (540, 430), (440, 430)], fill=ROAD)
    for box in ((380, 560, 520, 600), (500, 490, 590, 515), (430, 455, 490, 470)):
        pen.ellipse(box, fill=WATER)
    for left in (80, 200, 720, 840):
        pen.rectangle((left, 300, left + 14, 440), fill=WOOD)
        pen.ellipse((left - 50, 220, left + 64, 330), fill="#4f8a4c")
    return _finish(image)


def _begin(sky: str) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", SIZE, sky)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 430, *SIZE), fill=GROUND)
    return image, pen


def _finish(image: Image.Image) -> Picture:
    """Kept as any picture that somebody sends."""
    file = io.BytesIO()
    image.save(file, "PNG")
    return redraw(file.getvalue())
