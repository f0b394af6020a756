"""Practice questions inside a lesson: answered by a GET, judged at once, kept nowhere."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from courses.forms import PracticeForm
from courses.models import Answer, LessonPage
from courses.services.freezing import read_questions
from courses.services.marking import BadAnswerError, mark
from courses.views.quiz_screen import QuizScreen

Piece = tuple[Any, QuizScreen | None]


def list_pieces(request: HttpRequest, page: LessonPage) -> list[Piece]:
    """Each block of the body, a practice question with its screen; one that nobody could answer rightly is left out."""
    return list(_read_pieces(request, page))


def _read_pieces(request: HttpRequest, page: LessonPage) -> Iterable[Piece]:
    language = page.locale.language_code
    for block in page.body or ():
        if block.block_type != "practice":
            yield block, None
            continue
        for question in read_questions(language, {language: block.value["question"]}):
            yield block, judge(request, question)


def judge(request: HttpRequest, question: dict[str, Any]) -> QuizScreen:
    """The question as it stands, or with what is said to the answer in the address."""
    screen = QuizScreen([question])
    if request.GET.get("question") != question["id"]:
        return screen
    form = PracticeForm(question, request.GET)
    if not form.is_valid():
        return QuizScreen([question], form=form)
    choices, text = form.cleaned_data["choices"], form.cleaned_data["text"]
    try:
        is_right = mark(question, choices, text)
    except BadAnswerError:  # the question changed since the page was opened
        return screen
    answer = Answer(question_id=uuid.UUID(question["id"]), choices=choices, text=text, is_right=is_right)
    return QuizScreen([question], answers=[answer])


def show_part(request: HttpRequest, pieces: Iterable[Piece]) -> HttpResponse | None:
    """Only the question that was answered, for the script that puts it in its place."""
    asked = request.GET.get("question", "")
    if "part" not in request.GET:
        return None
    screen = next((screen for _block, screen in pieces if screen and screen.question["id"] == asked), None)
    return render(request, "courses/lesson_question.html", {"screen": screen}) if screen else None
