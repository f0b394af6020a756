"""The practical task of a page."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from courses.task_blocks import TasksBlock
from ui.fields import LeanStreamField


class TaskMixin(models.Model):
    """A page that may end in a practical task. `has_task` and `task_title` are written with the page: lists read them,
    not the stream.
    """

    task = LeanStreamField(TasksBlock(), blank=True, verbose_name=_("Practical task"))
    has_task = models.BooleanField(default=False, editable=False)
    task_title = models.CharField(max_length=160, blank=True, default="", editable=False)

    task_panels = [FieldPanel("task")]

    class Meta:
        abstract = True
