"""Importing this package registers the screens of the pages."""

from courses.views.lesson import ask_about_lesson, show_lesson
from courses.views.pages import show_catalogue, show_course, show_publisher
from courses.views.progress import finish_lesson, show_finished
from courses.views.quiz import show_quiz

__all__ = [
    "ask_about_lesson",
    "finish_lesson",
    "show_catalogue",
    "show_course",
    "show_finished",
    "show_lesson",
    "show_publisher",
    "show_quiz",
]
