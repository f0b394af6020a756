"""Importing this package registers the screens of the pages."""

from courses.views.pages import show_catalogue, show_course, show_lesson, show_publisher
from courses.views.progress import finish_lesson, show_finished
from courses.views.quiz import show_quiz

__all__ = [
    "finish_lesson",
    "show_catalogue",
    "show_course",
    "show_finished",
    "show_lesson",
    "show_publisher",
    "show_quiz",
]
