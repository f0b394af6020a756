"""StreamField blocks of the site's own pages."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.field_block import CharBlock, IntegerBlock


class FigureBlock(blocks.StructBlock):
    """One statistic about people, of a hundred."""

    value = IntegerBlock(label=_("Of 100"), min_value=0, max_value=100)
    label = CharBlock(label=_("What they did"), max_length=80)

    class Meta:
        icon = "group"
        label = _("Figure")


class FiguresBlock(blocks.StreamBlock):
    figure = FigureBlock()

    class Meta:
        max_num = 5
