"""What a page costs a telephone, block by block, measured on the draft as it would be sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import brotli
from django.contrib.staticfiles import finders
from django.db.models import F, Sum
from django.utils.translation import override
from django_brotli.middleware import BROTLI_QUALITY

from courses.models import CoursePage, LessonPage
from courses.services.authoring_texts import Piece
from ui.media_blocks import has_video
from ui.pictures import find_pictures, prefetch_pictures, show_picture

PAGE_MOST = 14 * 1024  # HTML and CSS: what a server sends before it waits for an answer
PICTURE_MOST = 60_000
AUDIO_MOST = 2_000_000  # eight minutes of speech at 32 kbit/s
VIDEO_MOST = 15_000_000  # seven minutes at 300 kbit/s
FILE_MOST = 2_000_000
COURSE_MOST = 5_000_000  # pages, pictures and sounds; what a learner takes along
TAPPED = {"audio": "byte_size", "video": "byte_size"}
MOST_BEHIND_TAP = {"audio": AUDIO_MOST, "video": VIDEO_MOST, "download": FILE_MOST}


@dataclass(frozen=True)
class BlockSize:
    """Bytes of one block: its words and markup, its pictures as a phone takes them, and what waits behind a tap."""

    piece: Piece
    words: int
    pictures: tuple[int, ...] = ()
    tapped: int = 0

    @property
    def opened(self) -> int:
        return self.words + sum(self.pictures)

    @property
    def heavy_pictures(self) -> list[int]:
        return [size for size in self.pictures if size > PICTURE_MOST]

    @property
    def is_heavy_behind_tap(self) -> bool:
        return self.tapped > MOST_BEHIND_TAP.get(self.piece.block.block_type, FILE_MOST)


@dataclass(frozen=True)
class PageSize:
    """Bytes of a whole page. `first`: HTML and CSS, compressed; `frame`: the part of it that is not the body."""

    first: int
    frame: int
    blocks: tuple[BlockSize, ...] = ()

    @property
    def opened(self) -> int:
        return self.first + sum(sum(block.pictures) for block in self.blocks)

    @property
    def tapped(self) -> int:
        return sum(block.tapped for block in self.blocks)

    @property
    def is_heavy(self) -> bool:
        return self.first > PAGE_MOST


def measure_page(page: Any, html: bytes, pieces: Iterable[Piece]) -> PageSize:
    """The page as `html` shows it; `pieces` are its blocks. Makes renditions of pictures that are missing."""
    body = getattr(page, "body", None)
    prefetch_pictures(body)
    sheets = ["style.css", *(["media.css"] if has_video(body) else [])]
    first = len(compress(html)) + sum(weigh_sheet(name) for name in sheets)
    blocks = tuple(_measure_blocks(page, [piece for piece in pieces if piece.field == "body"]))
    return PageSize(first, max(0, first - sum(block.words for block in blocks)), blocks)


def _measure_blocks(page: Any, pieces: list[Piece]) -> Iterable[BlockSize]:
    """One compressor for all: what each block adds to those before it, as in the page."""
    stream = brotli.Compressor(quality=BROTLI_QUALITY)
    with override(page.locale.language_code):
        for piece in pieces:
            html = str(piece.block.render(context={"page": page}))
            words = len(stream.process(html.encode()) + stream.flush())
            pictures = tuple(show_picture(image).bytes for image in find_pictures([piece.block]))
            yield BlockSize(piece, words, pictures, weigh_tapped(piece.block))


def weigh_tapped(block: Any) -> int:
    """Bytes that are loaded only when the reader asks: sound, video, file."""
    if block.block_type in TAPPED:
        return int(getattr(block.value, TAPPED[block.block_type]))
    document = block.value["document"] if block.block_type == "download" else None
    return int(document.file_size or 0) if document else 0


def compress(content: bytes) -> bytes:
    """As pages are compressed on their way."""
    compressed: bytes = brotli.compress(content, quality=BROTLI_QUALITY)
    return compressed


@cache
def weigh_sheet(name: str) -> int:
    """A style sheet as it is sent, compressed once and for all at the highest level."""
    found = finders.find(name)
    return len(brotli.compress(Path(found).read_bytes())) if isinstance(found, str) else 0


@dataclass(frozen=True)
class CourseSize:
    """Bytes of all lessons of a course, as their pages were weighed when they were saved."""

    opened: int
    audio: int
    video: int

    @property
    def carried(self) -> int:
        """What who reads the whole course loads, without its videos."""
        return self.opened + self.audio

    @property
    def tapped(self) -> int:
        return self.audio + self.video

    @property
    def is_heavy(self) -> bool:
        return self.carried > COURSE_MOST


def measure_course(course: CoursePage) -> CourseSize:
    """One query."""
    lessons = LessonPage.objects.child_of(course).aggregate(
        opened=Sum("byte_size"), audio=Sum("audio_size"), video=Sum("video_size")
    )
    return CourseSize(**{name: total or 0 for name, total in lessons.items()})


def list_lessons(course: CoursePage) -> list[LessonPage]:
    """The lessons of a course with `tapped`, their bytes behind a tap, the heaviest first."""
    lessons = LessonPage.objects.child_of(course).annotate(tapped=F("audio_size") + F("video_size"))
    heaviest = (F("byte_size") + F("tapped")).desc()
    return list(lessons.only("title", "byte_size", "audio_size", "video_size").order_by(heaviest, "path"))
