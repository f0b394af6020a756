"""The practical task that ends a lesson. Its identity, and that of each criterion, is a block id: the same in all
translations, so that a submission stays what it was when the words change.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.blocks.field_block import BooleanBlock, CharBlock, ChoiceBlock, TextBlock

from courses.enums import Confirmer, TaskKind
from ui.blocks import BOLD_HINT
from ui.choosers import TogetherDocumentBlock

MOST_CRITERIA = 8


class CriterionBlock(blocks.StructBlock):
    text = CharBlock(label=_("Criterion"), max_length=300, help_text=_("One thing that can be seen in the work."))
    required = BooleanBlock(
        label=pgettext_lazy("criterion", "Needed"),
        required=False,
        default=True,
        help_text=_("Without it the work is not accepted."),
    )

    class Meta:
        label = _("Criterion")


class TaskBlock(blocks.StructBlock):
    """One piece of commune work: what to do, on which template, and what is looked at."""

    kind = ChoiceBlock(label=_("Kind of work"), choices=TaskKind.choices, default=TaskKind.OTHER)
    title = CharBlock(label=_("Title"), max_length=160)
    instructions = TextBlock(label=_("What to do"), rows=6, help_text=BOLD_HINT)
    template = TogetherDocumentBlock(label=_("Template to fill in"), required=False)
    template_title = CharBlock(label=_("Name of the template"), max_length=120, required=False)
    confirm = ChoiceBlock(label=_("Who looks at it"), choices=Confirmer.choices, default=Confirmer.FACILITATOR)
    rubric = blocks.ListBlock(CriterionBlock(), label=_("Rubric"), min_num=1, max_num=MOST_CRITERIA)

    class Meta:
        icon = "clipboard-list"
        label = _("Practical task")


class TasksBlock(blocks.StreamBlock):
    """At most one; a stream, because a struct cannot be left out and has no id."""

    task = TaskBlock()

    class Meta:
        max_num = 1
        required = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(*args, **kwargs)
