"""Questions of a quiz. Their identity is the StreamField block id, a choice's is its list item id: both are the same
in all translations, so answers survive translating and rewording.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.field_block import BooleanBlock, CharBlock, PageChooserBlock, TextBlock
from wagtail.blocks.struct_block import StructBlockValidationError

from ui.blocks import BodyBlock

FEWEST, MOST = 2, 6


class ChoiceBlock(blocks.StructBlock):
    text = CharBlock(label=_("Choice"), max_length=200)
    right = BooleanBlock(label=_("This is right"), required=False)
    feedback = CharBlock(
        label=_("What we say to who chose it"),
        max_length=300,
        required=False,
        help_text=_("Explain kindly; never only “wrong”."),
    )

    class Meta:
        label = _("Choice")


class StepBlock(blocks.StructBlock):
    text = CharBlock(label=_("Step"), max_length=200)

    class Meta:
        label = _("Step")


class QuestionBlock(blocks.StructBlock):
    """What the three kinds share."""

    text = TextBlock(label=_("Question"), rows=2, max_length=400)
    hint = CharBlock(label=_("Hint"), max_length=300, required=False)
    choices = blocks.ListBlock(ChoiceBlock(), label=_("Choices"), min_num=FEWEST, max_num=MOST)
    explanation = TextBlock(
        label=_("Why"), rows=2, max_length=600, help_text=_("Shown with the answer: says why it is so.")
    )

    def clean(self, value: Any) -> Any:
        """Friendly words at the choices; the rule of the kind is `check_choices`."""
        value = super().clean(value)
        texts = [choice["text"].strip() for choice in value["choices"]]
        problem = _("Two choices say the same.") if len(set(texts)) < len(texts) else self.check_choices(value)
        if problem:
            raise StructBlockValidationError(block_errors={"choices": ValidationError(problem)})
        return value

    def check_choices(self, value: Any) -> Any:
        """What is wrong with the choices, or None."""
        return None


class SingleBlock(QuestionBlock):
    def check_choices(self, value: Any) -> Any:
        right = _count_right(value)
        if right == 0:
            return _("Tick the right choice.")
        return _("Only one choice may be right. For more, use “Several right answers”.") if right > 1 else None

    class Meta:
        icon = "circle-check"
        label = _("One right answer")


class SeveralBlock(QuestionBlock):
    def check_choices(self, value: Any) -> Any:
        return _("Tick at least one right choice.") if _count_right(value) == 0 else None

    class Meta:
        icon = "list-ul"
        label = _("Several right answers")


class OrderBlock(QuestionBlock):
    choices = blocks.ListBlock(
        StepBlock(),
        label=_("Steps in the right order"),
        min_num=FEWEST,
        max_num=MOST,
        help_text=_("The learner sees them mixed."),
    )

    class Meta:
        icon = "list-ol"
        label = _("Put in order")


class QuestionsBlock(blocks.StreamBlock):
    """The quiz of a lesson; the names are the values of `QuestionKind`."""

    single = SingleBlock()
    several = SeveralBlock()
    order = OrderBlock()


class PracticeBlock(blocks.StructBlock):
    """One question in the middle of a lesson: answered at once, counted nowhere."""

    question = QuestionsBlock(label=_("Question"), min_num=1, max_num=1)

    class Meta:
        icon = "help"
        label = _("Practice question")


class GuideBlock(blocks.StructBlock):
    guide = PageChooserBlock(
        label=_("Guide"), help_text=_("A guide to the CIP; who reads in the other language gets its translation.")
    )
    text = TextBlock(label=_("Why to read it"), rows=2, max_length=300, required=False)

    class Meta:
        icon = "link"
        label = _("Link to a guide")
        template = "courses/blocks/guide.html"


class LessonBodyBlock(BodyBlock):
    """The body of a lesson: what every page has, and what only learners need."""

    practice = PracticeBlock()
    guide = GuideBlock()


def _count_right(value: Any) -> int:
    return sum(1 for choice in value["choices"] if choice["right"])
