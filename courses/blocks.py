"""Questions of a quiz. Their identity is the StreamField block id, a choice's is its list item id: both are the same
in all translations, so answers survive translating and rewording.

`find_problem` is the one judge of a question: the editor hears it at saving, and a question that has one all the same
(by an import, or written past the forms) is never asked, so that it fails nobody.
"""

import re
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.field_block import (
    BooleanBlock,
    CharBlock,
    DecimalBlock,
    IntegerBlock,
    PageChooserBlock,
    RegexBlock,
    TextBlock,
)
from wagtail.blocks.struct_block import StructBlockValidationError, StructValue

from forums.models import Topic
from places.khmer import normalise
from ui.blocks import BodyBlock
from ui.choosers import TogetherPageBlock

TOPIC_ADDRESS = re.compile(
    r"^(https?://[^/\s]+)?(/(km|en))?/forum/topics/(?P<id>[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})/[^\s]*$"
)
FEWEST, MOST = 2, 6
SAME_TWICE = _("Two choices say the same.")


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


class PairBlock(blocks.StructBlock):
    left = CharBlock(label=_("Left side"), max_length=120)
    right = CharBlock(label=_("What belongs to it"), max_length=120)

    class Meta:
        label = _("Pair")


class QuestionBlock(blocks.StructBlock):
    """What all kinds share. `part` names the child that the kind's own problem is said at."""

    text = TextBlock(label=_("Question"), rows=2, max_length=400)
    hint = CharBlock(label=_("Hint"), max_length=300, required=False)
    explanation = TextBlock(
        label=_("Why"), rows=2, max_length=600, help_text=_("Shown with the answer: says why it is so.")
    )
    part = "choices"

    def clean(self, value: Any) -> Any:
        """Friendly words at the part that is wrong."""
        value = super().clean(value)
        problem = self.find_problem(value)
        if problem:
            raise StructBlockValidationError(block_errors={self.part: ValidationError(problem)})
        return value

    def find_problem(self, value: Any) -> Any:
        """Why nobody could answer this question rightly, or None."""
        raise NotImplementedError


class ChoicesBlock(QuestionBlock):
    """Choices to tick."""

    choices = blocks.ListBlock(ChoiceBlock(), label=_("Choices"), min_num=FEWEST, max_num=MOST)

    def find_problem(self, value: Any) -> Any:
        texts = [choice["text"] for choice in value["choices"]]
        if len(texts) < FEWEST:
            return _("Give at least two choices.")
        return SAME_TWICE if has_twins(texts) else self.check_right(sum(bool(c["right"]) for c in value["choices"]))

    def check_right(self, count: int) -> Any:
        """What is wrong with so many right choices, or None."""
        raise NotImplementedError


class SingleBlock(ChoicesBlock):
    def check_right(self, count: int) -> Any:
        if count == 0:
            return _("Tick the right choice.")
        return _("Only one choice may be right. For more, use “Several right answers”.") if count > 1 else None

    class Meta:
        icon = "circle-check"
        label = _("One right answer")


class SeveralBlock(ChoicesBlock):
    def check_right(self, count: int) -> Any:
        return _("Tick at least one right choice.") if count == 0 else None

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

    def find_problem(self, value: Any) -> Any:
        texts = [choice["text"] for choice in value["choices"]]
        if len(texts) < FEWEST:
            return _("Give at least two steps.")
        return SAME_TWICE if has_twins(texts) else None

    class Meta:
        icon = "list-ol"
        label = _("Put in order")


class NumberBlock(QuestionBlock):
    """The learner types a number, in Khmer or Western digits, with or without separators."""

    answer = DecimalBlock(label=_("Right number"))
    tolerance = DecimalBlock(
        label=_("May be off by"), default=0, min_value=0, help_text=_("0: only the right number itself.")
    )
    unit = CharBlock(
        label=_("Unit"), max_length=30, required=False, help_text=_("Stands behind the box: riel, %, people.")
    )
    part = "answer"

    def find_problem(self, value: Any) -> Any:
        if value["answer"] is None or not value["answer"].is_finite():
            return _("Write the right number.")
        return _("Write 0 or more.") if (value["tolerance"] or 0) < 0 else None

    class Meta:
        icon = "decimal"
        label = _("Number")


class ShortBlock(QuestionBlock):
    """The learner types a word or a formula."""

    accepted = blocks.ListBlock(
        CharBlock(label=_("Accepted answer"), max_length=120),
        label=_("Accepted answers"),
        min_num=1,
        max_num=12,
        help_text=_("Every form you accept. Spaces, capitals and two ways to type one Khmer letter do not matter."),
    )
    part = "accepted"

    def find_problem(self, value: Any) -> Any:
        return None if any(normalise(text or "") for text in value["accepted"]) else _("Write the right answer.")

    class Meta:
        icon = "edit"
        label = _("Short text")


class MatchBlock(QuestionBlock):
    """The learner finds for each left side what belongs to it."""

    pairs = blocks.ListBlock(PairBlock(), label=_("Pairs"), min_num=FEWEST, max_num=MOST)
    part = "pairs"

    def find_problem(self, value: Any) -> Any:
        sides = [[pair[side] for pair in value["pairs"]] for side in ("left", "right")]
        if len(value["pairs"]) < FEWEST:
            return _("Give at least two pairs.")
        return _("Two pairs have the same side.") if any(map(has_twins, sides)) else None

    class Meta:
        icon = "link"
        label = _("Match pairs")


class QuestionsBlock(blocks.StreamBlock):
    """The questions of a quiz; the names are the values of `QuestionKind`."""

    single = SingleBlock()
    several = SeveralBlock()
    order = OrderBlock()
    number = NumberBlock()
    short = ShortBlock()
    match = MatchBlock()


class BankBlock(blocks.StructBlock):
    """So many questions, drawn at random from a bank."""

    bank = PageChooserBlock(label=_("Question bank"), page_type="courses.QuestionBankPage")
    count = IntegerBlock(label=_("How many to draw"), min_value=1, max_value=50, default=1)

    class Meta:
        icon = "folder-open-inverse"
        label = _("From a question bank")


class QuizBlock(QuestionsBlock):
    """The quiz of a lesson: questions of its own, and some of shared banks."""

    bank = BankBlock()


class PracticeBlock(blocks.StructBlock):
    """One question in the middle of a lesson: answered at once, counted nowhere."""

    question = QuestionsBlock(label=_("Question"), min_num=1, max_num=1)

    class Meta:
        icon = "help"
        label = _("Practice question")
        template = "courses/blocks/practice.html"


class GuideBlock(blocks.StructBlock):
    guide = TogetherPageBlock(
        label=_("Guide"), help_text=_("A guide to the CIP; who reads in the other language gets its translation.")
    )
    text = TextBlock(label=_("Why to read it"), rows=2, max_length=300, required=False)

    class Meta:
        icon = "link"
        label = _("Link to a guide")
        template = "courses/blocks/guide.html"


class TopicValue(StructValue):
    """A topic by its address."""

    @property
    def topic_id(self) -> str:
        """Its public id, whatever language or server the address was copied from."""
        found = TOPIC_ADDRESS.search(self.get("address") or "")
        return found["id"] if found else ""


class TopicBlock(blocks.StructBlock):
    address = RegexBlock(
        regex=TOPIC_ADDRESS,
        label=_("Address of the topic"),
        help_text=_("Copy it from the forum’s page."),
        error_messages={"invalid": _("This is not the address of a topic in our forum.")},
    )
    text = CharBlock(label=_("Words of the link"), max_length=200)

    class Meta:
        icon = "comment"
        label = _("Link to a forum topic")
        template = "courses/blocks/topic.html"
        value_class = TopicValue

    def clean(self, value: Any) -> Any:
        """The topic is there for everybody to read."""
        value = super().clean(value)
        if not Topic.objects.visible_to(AnonymousUser()).filter(public_id=value.topic_id).exists():
            wrong = ValidationError(_("There is no such topic, or it is hidden."))
            raise StructBlockValidationError(block_errors={"address": wrong})
        return value


class LessonBodyBlock(BodyBlock):
    """The body of a lesson: what every page has, and what only learners need."""

    practice = PracticeBlock()
    guide = GuideBlock()
    topic = TopicBlock()


def has_twins(texts: Iterable[str]) -> bool:
    """Whether two of them read the same."""
    keys = [normalise(text or "") for text in texts]
    return len(set(keys)) < len(keys)


def list_sound(stream: Any) -> list[Any]:
    """The stream's own questions that can be asked: those that somebody can answer rightly."""
    broken = {child.id for child, _problem in list_broken(stream)}
    return [child for child in stream if isinstance(child.block, QuestionBlock) and child.id not in broken]


def list_broken(stream: Any) -> list[tuple[Any, Any]]:
    """The stream's own questions that cannot be asked, each with its problem."""
    questions = [child for child in stream if isinstance(child.block, QuestionBlock)]
    judged = [(child, child.block.find_problem(child.value)) for child in questions]
    return [(child, problem) for child, problem in judged if problem is not None]


def list_banks(stream: Any) -> list[tuple[str, Any, int]]:
    """The banks a stream draws from: block id, bank page, number to draw. A deleted bank is left out."""
    chosen = [child for child in stream if isinstance(child.block, BankBlock) and child.value["bank"]]
    return [(child.id, child.value["bank"], child.value["count"] or 1) for child in chosen]
