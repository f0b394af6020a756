"""Importing this package registers the screens of the pages."""

from courses.views.catalogue import show_catalogue
from courses.views.check import show_check
from courses.views.lesson import ask_about_lesson, show_lesson
from courses.views.pages import show_course, show_publisher
from courses.views.practice import show_history, show_practice
from courses.views.progress import finish_lesson, show_finished
from courses.views.quiz import show_bank, show_quiz

__all__ = [
    "ask_about_lesson",
    "finish_lesson",
    "show_bank",
    "show_catalogue",
    "show_check",
    "show_course",
    "show_finished",
    "show_history",
    "show_lesson",
    "show_practice",
    "show_publisher",
    "show_quiz",
]
