"""The quiz of a page."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from courses.blocks import QuestionsBlock
from ui.fields import LeanStreamField


class QuizMixin(models.Model):
    """Questions and pass mark of a page: page and quiz are one unit for review, translation and revision."""

    questions = LeanStreamField(QuestionsBlock(required=False), blank=True, verbose_name=_("Questions"))
    pass_mark = models.PositiveSmallIntegerField(
        _("Pass mark"),
        default=60,
        validators=[MaxValueValidator(100)],
        help_text=_("Per cent of the questions answered rightly at the first try."),
    )

    quiz_panels = [FieldPanel("questions"), FieldPanel("pass_mark")]

    class Meta:
        abstract = True

    @property
    def has_quiz(self) -> bool:
        return bool(self.questions)
