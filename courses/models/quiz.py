"""The quiz of a page, and the two forms that measure a course before and after."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel

from courses.blocks import QuestionsBlock, QuizBlock, list_banks, list_sound
from ui.fields import LeanStreamField

MOST_MINUTES = 60 * 24 * 30


class QuizMixin(models.Model):
    """Questions and rules of a page: page and quiz are one unit for review, translation and revision.

    `question_count` is what one attempt asks; the page writes it at saving (`count_questions`).
    """

    questions = LeanStreamField(QuizBlock(required=False), blank=True, verbose_name=_("Questions"))
    pass_mark = models.PositiveSmallIntegerField(
        _("Pass mark"),
        default=60,
        validators=[MaxValueValidator(100)],
        help_text=_("Per cent of the questions answered rightly at the first try."),
    )
    draw = models.PositiveSmallIntegerField(
        _("Draw at random"), default=0, help_text=_("So many of the questions, others each time. 0: all of them.")
    )
    attempt_limit = models.PositiveSmallIntegerField(
        _("Most attempts"), default=0, help_text=_("0: as often as one likes. Practice stays open in any case.")
    )
    wait_minutes = models.PositiveIntegerField(
        _("Minutes to wait between two attempts"), default=0, validators=[MaxValueValidator(MOST_MINUTES)]
    )
    question_count = models.PositiveSmallIntegerField(default=0, editable=False)
    hide_answers = models.BooleanField(
        _("Hide right answers"),
        default=False,
        help_text=_("The learner sees the score only; what was right is shown after passing."),
    )

    quiz_panels = [
        FieldPanel("questions"),
        FieldPanel("pass_mark"),
        FieldPanel("draw"),
        FieldPanel("attempt_limit"),
        FieldPanel("wait_minutes"),
        FieldPanel("hide_answers"),
    ]

    class Meta:
        abstract = True

    @property
    def has_quiz(self) -> bool:
        """Whether there is anything to ask, as it was counted at saving."""
        return bool(self.question_count)

    @property
    def draws(self) -> bool:
        """Whether chance decides what is asked."""
        return bool(self.draw) or any(child.block_type == "bank" for child in self.questions)

    def count_questions(self) -> int:
        """How many questions one attempt asks, if a bank is as full as it is asked to be."""
        own = len(list_sound(self.questions))
        banks = [(bank, count) for _key, bank, count in list_banks(self.questions) if bank.live]
        drawn = sum(min(count, len(list_sound(bank.questions))) for bank, count in banks)
        return (min(self.draw, own) if self.draw else own) + drawn


class LessonPageForm(WagtailAdminPageForm):
    """The editor's form of a lesson: it may draw from the banks of its own section and of the whole catalogue."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        banks = [bank for _key, bank, _count in list_banks(cleaned.get("questions") or [])]
        if self.parent_page is None or not banks:
            return cleaned
        above = self.parent_page.get_ancestors(inclusive=True)
        keys = set(above.values_list("translation_key", flat=True))
        for bank in banks:
            if bank.get_parent().translation_key not in keys:
                problem = _("“%(bank)s” belongs to another section.") % {"bank": bank.title}
                self.add_error("questions", ValidationError(problem))
        return cleaned


class ChecksMixin(models.Model):
    """A pre/post pair: two forms alike in topic and difficulty. Who gets A before the course gets B after it."""

    form_a = LeanStreamField(QuestionsBlock(required=False), blank=True, verbose_name=_("Form A"))
    form_b = LeanStreamField(QuestionsBlock(required=False), blank=True, verbose_name=_("Form B"))
    check_count = models.PositiveSmallIntegerField(default=0, editable=False)  # questions of one form, 0: no checks

    checks_panels = [
        FieldPanel("form_a", help_text=_("Question 1 of A and question 1 of B ask the same skill with other facts.")),
        FieldPanel("form_b"),
    ]

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if len(self.form_a) != len(self.form_b):
            raise ValidationError({"form_b": _("Both forms need the same number of questions.")})

    def count_checks(self) -> int:
        """Questions of one form; 0 unless both forms can be asked."""
        counts = [len(list_sound(form)) for form in (self.form_a, self.form_b)]
        return min(counts)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.check_count = self.count_checks()
        super().save(*args, **kwargs)
