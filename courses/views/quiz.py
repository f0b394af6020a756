"""A quiz below its lesson: one question a screen, marked on the server. GET only reads; an answer is a POST that ends
in a redirect, so reloading and going back ask nothing twice.
"""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from courses.forms import AnswerForm, WhenForm
from courses.models import LessonPage, QuestionBankPage
from courses.services import answer_question
from courses.services.freezing import read_questions, read_quiz
from courses.services.marking import BadAnswerError
from courses.services.quiz import QuestionGoneError
from courses.services.standing import NotNowError
from courses.views.learner import get_learner, know_learner
from courses.views.progress import find_next_step
from courses.views.quiz_screen import QuizScreen, find_answered, find_kept, list_drafts_of, read_screen
from courses.views.signed_out import is_signed_out, keep_answer_for_sign_in, take_kept_answer


@LessonPage.shown_by("quiz")
def show_quiz(request: HttpRequest, page: LessonPage) -> HttpResponse:
    """A question, its feedback, the result, or why there is no new attempt now."""
    if getattr(request, "is_preview", False):
        draft = list_drafts_of(read_quiz(page).questions, page.questions)
        return render(request, "courses/quiz_preview.html", {"page": page, **draft})
    learner = get_learner(request)
    if request.method == "POST":
        if is_signed_out(request):
            return keep_answer_for_sign_in(request, page)
        return take_answer(request, page, find_answered(learner, page, request.POST))
    kept = take_kept_answer(request, page)
    screen = (find_kept(learner, page, kept) if kept else None) or read_screen(learner, page, request.GET)
    if not screen.questions:  # every question is in a bank that is empty just now
        return redirect(page.get_url(request))
    if screen.is_result:
        return show_result(request, page, screen)
    if screen.attempt is None and not screen.standing.may_begin:
        return render(request, "courses/quiz_wait.html", {"page": page, "standing": screen.standing})
    return render(request, "courses/quiz.html", {"page": page, "screen": screen})


@QuestionBankPage.shown_by()
def show_bank(request: HttpRequest, page: QuestionBankPage) -> HttpResponse:
    """A bank has no address: only its editors see it, in the preview."""
    language = page.locale.language_code
    draft = list_drafts_of(read_questions(language, {language: page.questions}), page.questions)
    return render(request, "courses/quiz_preview.html", {"page": page, **draft})


def take_answer(request: HttpRequest, page: LessonPage, screen: QuizScreen | None) -> HttpResponse:
    """Keep an answer and show what we say to it."""
    if screen is None:
        return ask_again(request)
    form = AnswerForm(screen.question, request.POST)
    if not form.is_valid():
        return render(request, "courses/quiz.html", {"page": page, "screen": screen.with_form(form)}, status=422)
    sent = form.cleaned_data
    try:
        answer = answer_question(
            know_learner(request),
            lesson=page,
            attempt_id=sent["attempt"],
            question_id=sent["question"],
            choices=sent["choices"],
            text=sent["text"],
            client_id=sent["answer"],
            happened_at=WhenForm(request.POST).read_moment(),
        )
    except (QuestionGoneError, BadAnswerError):
        return ask_again(request)
    except NotNowError as refusal:
        return render(request, "courses/quiz_wait.html", {"page": page, "standing": refusal.standing}, status=409)
    query = {"attempt": str(answer.attempt.client_id)}
    if not answer.attempt.hides_answers:
        query["q"] = str(1 + [each["id"] for each in answer.attempt.questions].index(str(answer.question_id)))
    return redirect(f"{request.path}?{urlencode(query)}")


def ask_again(request: HttpRequest) -> HttpResponse:
    """The question went away while the learner read it."""
    messages.warning(request, _("This question has changed. Here it is as it is now."))
    return redirect(request.path)


def show_result(request: HttpRequest, page: LessonPage, screen: QuizScreen) -> HttpResponse:
    """How it went, and what comes next."""
    context = {"page": page, "screen": screen, "attempt": screen.attempt, "next_url": find_next_step(request, page)}
    return render(request, "courses/result.html", context)
