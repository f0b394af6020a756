"""Courses that are better taken before another: advice, never a wall."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel

from courses.models.pages import CoursePage


class CourseSelect(forms.Select):
    """Every course that was published, once, by its key, with its title in the editor's language where it has one."""

    @property
    def choices(self) -> Iterable[tuple[Any, Any]]:
        pages = (
            CoursePage.objects.filter(first_published_at__isnull=False)
            .order_by("path")
            .values_list("translation_key", "title", "locale__language_code", named=False)
        )
        titles: dict[str, str] = {}
        for key, title, language in pages:
            if str(key) not in titles or language == get_language():
                titles[str(key)] = title
        return [("", "---------"), *titles.items()]

    @choices.setter
    def choices(self, value: Any) -> None:
        """Read anew each time."""


class CoursePrerequisite(models.Model):
    """`course_key` is the other course's translation key, so that the advice works across languages."""

    page = ParentalKey(CoursePage, on_delete=models.CASCADE, related_name="prerequisites")
    course_key = models.UUIDField(_("Course"))

    panels = [FieldPanel("course_key", widget=CourseSelect)]

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("page", "course_key"), name="courses_courseprerequisite_once"),)

    def __str__(self) -> str:
        return str(self.course_key)
