"""The quiz of a page, and the two forms that measure a course before and after."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from courses.blocks import QuestionsBlock, list_sound
from ui.fields import LeanStreamField

MOST_MINUTES = 60 * 24 * 30


class QuizMixin(models.Model):
    """Questions and rules of a page: page and quiz are one unit for review, translation and revision."""

    questions = LeanStreamField(QuestionsBlock(required=False), blank=True, verbose_name=_("Questions"))
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
        """Whether there is anything to ask."""
        return bool(list_sound(self.questions))

    @property
    def draws(self) -> bool:
        """Whether chance decides what is asked."""
        return bool(self.draw)

    def count_questions(self) -> int:
        """How many questions one attempt asks."""
        own = len(list_sound(self.questions))
        return min(self.draw, own) if self.draw else own


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
