"""StreamField blocks shared by lessons, guides and standard pages: one block a type of the starter format.

Every text sits in a CharBlock or TextBlock so that wagtail-localize finds it; list items keep their ids in
translation. Plain text first: rich text editors fail on many Android keyboards, so the rich block stands beside it.
"""

import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.field_block import CharBlock, TextBlock
from wagtail.blocks.struct_block import StructBlockValidationError

from ui.choosers import TogetherDocumentBlock, TogetherImageBlock
from ui.media_blocks import AudioBlock, RichTextPartBlock, VideoBlock
from ui.pictures import show_picture
from ui.signals import Part, showing_plan

NUMBER = re.compile(r"^[\s\d០-៩.,%+\-−–/]*[\d០-៩][\s\d០-៩.,%+\-−–/]*$")
BOLD_HINT = _("A blank line begins a new paragraph. **Two stars** on each side make words bold.")


class HeadingBlock(blocks.StructBlock):
    text = CharBlock(label=_("Heading"), max_length=120)

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "ui/blocks/heading.html"


class PlainTextBlock(blocks.StructBlock):
    text = TextBlock(label=_("Text"), rows=5, help_text=BOLD_HINT)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "ui/blocks/text.html"


class KeyTermBlock(blocks.StructBlock):
    term = CharBlock(label=_("Term"), max_length=80)
    meaning = TextBlock(label=_("Meaning"), rows=2)

    class Meta:
        icon = "openquote"
        label = _("Key term")
        template = "ui/blocks/key_term.html"


class StepsBlock(blocks.StructBlock):
    title = CharBlock(label=_("Title"), max_length=120, required=False)
    items = blocks.ListBlock(TextBlock(label=_("Step"), rows=2), label=_("Steps"), min_num=1)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "ui/blocks/steps.html"


class TableBlock(blocks.StructBlock):
    caption = CharBlock(label=_("What the table shows"), max_length=200)
    header = blocks.ListBlock(CharBlock(label=_("Column"), required=False), label=_("Columns"), min_num=1)
    rows = blocks.ListBlock(
        blocks.ListBlock(CharBlock(label=_("Cell"), required=False), label=_("Row")),
        label=_("Rows"),
        min_num=1,
    )

    class Meta:
        icon = "table"
        label = _("Table")
        template = "ui/blocks/table.html"

    def clean(self, value: Any) -> Any:
        """Every row as wide as the header, else a table read aloud loses its columns."""
        value = super().clean(value)
        width = len(value["header"])
        if any(len(row) != width for row in value["rows"]):
            wrong = ValidationError(_("Each row needs as many cells as there are columns (%(n)s).") % {"n": width})
            raise StructBlockValidationError(block_errors={"rows": wrong})
        return value

    def get_context(self, value: Any, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Adds `rows`: lists of (text, is_number), so that figures line up right."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["rows"] = [[(cell, bool(NUMBER.match(cell or ""))) for cell in row] for row in value["rows"]]
        first = context["rows"][0] if context["rows"] else []
        context["header"] = [
            (name, 0 < index < len(first) and first[index][1]) for index, name in enumerate(value["header"])
        ]
        return context


class PictureBlock(blocks.StructBlock):
    image = TogetherImageBlock(label=_("Picture"))
    alt = CharBlock(
        label=_("What the picture shows"),
        max_length=300,
        help_text=_("For people who do not see it, and for phones that save data."),
    )
    caption = CharBlock(label=_("Words below the picture"), max_length=200, required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "ui/blocks/picture.html"

    def get_context(self, value: Any, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Adds `picture`, a `Shown`; None when the picture was deleted."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["picture"] = show_picture(value["image"]) if value["image"] else None
        return context


class WarningBlock(blocks.StructBlock):
    text = TextBlock(label=_("Text"), rows=3)

    class Meta:
        icon = "warning"
        label = _("Warning")
        template = "ui/blocks/warning.html"


class ExampleBlock(blocks.StructBlock):
    title = CharBlock(label=_("Title"), max_length=120, required=False)
    text = TextBlock(label=_("Text"), rows=5, help_text=BOLD_HINT)

    class Meta:
        icon = "help"
        label = _("Worked example")
        template = "ui/blocks/example.html"


class QuoteBlock(blocks.StructBlock):
    text = TextBlock(label=_("Quote"), rows=3)
    source = CharBlock(label=_("Who said it"), max_length=200, required=False)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "ui/blocks/quote.html"


class DownloadBlock(blocks.StructBlock):
    document = TogetherDocumentBlock(label=_("File"))
    title = CharBlock(label=_("Title"), max_length=120)
    description = CharBlock(label=_("What it is for"), max_length=300, required=False)

    class Meta:
        icon = "doc-full"
        label = _("File to download")
        template = "ui/blocks/download.html"


class PlanningYearBlock(blocks.StructBlock):
    """The steps of the plan in the reader's own commune; which they are says the app that knows them."""

    text = CharBlock(
        label=_("Words above it"), max_length=200, required=False,
        help_text=_(
            "Whoever reads sees the dates of their own commune. Where none are set, the usual ones, said to be so."
        ),
    )  # fmt: skip

    def get_context(self, value: Any, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        parts: list[Part] = []
        showing_plan.send(sender=None, user=getattr(context.get("request"), "user", None), parts=parts)
        return context | {"parts": parts}

    class Meta:
        icon = "calendar"
        label = _("The planning year of the reader's commune")
        template = "ui/blocks/planning_year.html"


class BodyBlock(blocks.StreamBlock):
    """The body of a lesson, a guide or a standard page."""

    heading = HeadingBlock()
    text = PlainTextBlock()
    rich_text = RichTextPartBlock()
    key_term = KeyTermBlock()
    steps = StepsBlock()
    table = TableBlock()
    picture = PictureBlock()
    audio = AudioBlock()
    video = VideoBlock()
    warning = WarningBlock()
    example = ExampleBlock()
    quote = QuoteBlock()
    download = DownloadBlock()
    planning_year = PlanningYearBlock()
