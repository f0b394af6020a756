"""Blocks of sound, video and rich text. Nothing of theirs is loaded before a tap."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

import nh3
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.field_block import CharBlock, RegexBlock, RichTextBlock, TextBlock, URLBlock
from wagtail.blocks.struct_block import StructBlockValidationError, StructValue
from wagtail.rich_text import expand_db_html

from ui.choosers import TogetherDocumentBlock, TogetherImageBlock
from ui.pictures import show_picture
from ui.uploads import AUDIO, VIDEO

RICH_FEATURES = ["bold", "italic", "link", "ol", "ul"]
RICH_TAGS = {"p", "br", "b", "strong", "i", "em", "ul", "ol", "li", "a"}
RICH_SCHEMES = {"http", "https", "mailto", "tel"}
PLAYERS = "https://www.youtube-nocookie.com"
TUBE_RATE = 80_000  # bytes a second of a YouTube video at 360p, as a phone gets it
TUBE_HOSTS = {"youtube.com", "www.youtube.com", "m.youtube.com", "youtu.be", "www.youtube-nocookie.com"}
TUBE_ID = re.compile(r"[\w-]{11}")
LENGTH = RegexBlock(
    regex=r"^\d{1,3}:[0-5]\d$",
    label=_("Length"),
    help_text=_("Minutes and seconds, for example 3:10."),
    error_messages={"invalid": _("Write minutes and seconds, for example 3:10.")},
)
TRANSCRIPT = {
    "label": _("Transcript"),
    "rows": 6,
    "help_text": _("Every word that is said: for who cannot hear it, and for phones that save data."),
}


class RichTextPartBlock(RichTextBlock):
    """Bold, italic, links and lists; whatever else an import may carry is left out as it is shown."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(features=RICH_FEATURES, **kwargs)

    def get_context(self, value: Any, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Adds `html`, safe."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        html = nh3.clean(
            expand_db_html(value.source),
            tags=RICH_TAGS,
            attributes={"a": {"href"}},
            url_schemes=RICH_SCHEMES,
            link_rel="noopener",
        )
        context["html"] = mark_safe(html)  # noqa: S308 cleaned above
        return context

    class Meta:
        icon = "bold"
        label = _("Text with links")
        help_text = _("On a phone the plain text block is safer to type in.")
        template = "ui/blocks/rich_text.html"


class MediaValue(StructValue):
    """A sound or a video with its cost."""

    @property
    def seconds(self) -> int:
        minutes, _colon, seconds = (self.get("length") or "0:00").partition(":")
        return int(minutes) * 60 + int(seconds or 0)

    @property
    def youtube_id(self) -> str:
        """The video's id at YouTube, "" for an uploaded one."""
        return find_youtube_id(self.get("youtube") or "")

    @property
    def byte_size(self) -> int:
        """Of the uploaded file; for YouTube what so many seconds cost at 360p."""
        document = self.get("file")
        return (document.file_size or 0) if document else self.seconds * TUBE_RATE if self.youtube_id else 0


class AudioBlock(blocks.StructBlock):
    title = CharBlock(label=_("Title"), max_length=120)
    file = TogetherDocumentBlock(label=_("Sound file"), help_text=_("MP3, M4A or OGG; 32 kbit/s do for speech."))
    length = LENGTH
    transcript = TextBlock(**TRANSCRIPT)

    class Meta:
        icon = "media"
        label = _("Sound")
        template = "ui/blocks/audio.html"
        value_class = MediaValue

    def clean(self, value: Any) -> Any:
        """The file is a sound."""
        value = super().clean(value)
        check_kind("file", value["file"], AUDIO, _("Choose a sound: MP3, M4A or OGG."))
        return value


class VideoBlock(blocks.StructBlock):
    title = CharBlock(label=_("Title"), max_length=120)
    youtube = URLBlock(
        label=_("Address at YouTube"),
        required=False,
        help_text=_("Nothing is loaded from there before the reader taps."),
    )
    file = TogetherDocumentBlock(
        label=_("Or a video file"), required=False, help_text=_("MP4 or WebM, 360 lines high, at most 300 kbit/s.")
    )
    poster = TogetherImageBlock(label=_("Still picture"), required=False)
    length = LENGTH
    transcript = TextBlock(**TRANSCRIPT)

    class Meta:
        icon = "media"
        label = _("Video")
        template = "ui/blocks/video.html"
        value_class = MediaValue

    def clean(self, value: Any) -> Any:
        """One source, and one that plays."""
        value = super().clean(value)
        if bool(value["youtube"]) == bool(value["file"]):
            wrong = ValidationError(_("Give an address at YouTube or a file, one of the two."))
            raise StructBlockValidationError(block_errors={"youtube": wrong})
        if value["youtube"] and not value.youtube_id:
            wrong = ValidationError(_("This is not the address of a video at YouTube."))
            raise StructBlockValidationError(block_errors={"youtube": wrong})
        check_kind("file", value["file"], VIDEO, _("Choose a video: MP4 or WebM."))
        return value

    def get_context(self, value: Any, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Adds `poster`, as `show_picture` shows it, or None."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["poster"] = show_picture(value["poster"]) if value["poster"] else None
        return context


def has_video(body: Any) -> bool:
    """Whether a body needs the player's script and sheet."""
    return any(block.block_type == "video" for block in body or ())


def let_players_in(response: HttpResponse, body: Any) -> HttpResponse:
    """Allow YouTube's player on this one page where its body has such a video; the script asks for it after a tap."""
    if any(block.block_type == "video" and block.value.youtube_id for block in body or ()):
        response._csp_update = {"frame-src": [PLAYERS]}  # type: ignore[attr-defined]
    return response


def check_kind(name: str, document: Any, extensions: frozenset[str], message: Any) -> None:
    """Raise at the block `name` unless the document is of one of these kinds."""
    if document and document.file_extension.lower() not in extensions:
        raise StructBlockValidationError(block_errors={name: ValidationError(message)})


def find_youtube_id(address: str) -> str:
    """`https://youtu.be/dQw4w9WgXcQ` and its other spellings -> `dQw4w9WgXcQ`; "" for anything else."""
    parts = urlsplit(address)
    if parts.hostname not in TUBE_HOSTS:
        return ""
    asked = parse_qs(parts.query).get("v", [""])[0]
    found = asked or parts.path.rstrip("/").rpartition("/")[2]
    return found if TUBE_ID.fullmatch(found) else ""
