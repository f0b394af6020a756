"""Practice below a quiz: one question after another until enough are right in a row, and the list of one's attempts."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from courses.enums import AttemptPurpose
from courses.forms import AnswerForm
from courses.models import Attempt, LessonPage
from courses.querysets import Learner
from courses.services import find_attempt, practise
from courses.services.freezing import read_quiz
from courses.services.marking import BadAnswerError
from courses.services.practice import PracticeClosedError, count_needed, count_streak, may_practise, pick_next
from courses.services.quiz import QuestionGoneError
from courses.views.learner import get_learner, know_learner
from courses.views.quiz_screen import QuizScreen, resume_screen, to_uuid
from ui.keyset import paginate_by_key

HISTORY_SIZE = 20


@dataclass(frozen=True)
class PracticeScreen(QuizScreen):
    """A question of practice, or the end of it: `is_result`."""

    @property
    def streak(self) -> int:
        return count_streak(self.answers, self.total)

    @property
    def needed(self) -> int:
        return count_needed(self.total)

    @property
    def next_query(self) -> str:
        return f"?attempt={self.attempt_id}"


@LessonPage.shown_by("practice")
def show_practice(request: HttpRequest, page: LessonPage) -> HttpResponse:
    """A question, what we say to the answer, or mastery."""
    learner = get_learner(request)
    if not may_practise(learner, page):
        return send_to_quiz(request, page)
    if request.method == "POST":
        return take_practice(request, page, learner)
    screen = read_practice(learner, page, request.GET)
    if not screen.questions:
        return redirect(page.get_url(request))
    return render(request, "courses/practice.html", {"page": page, "screen": screen})


def take_practice(request: HttpRequest, page: LessonPage, learner: Learner) -> HttpResponse:
    """Keep an answer and show what we say to it."""
    screen = read_practice(learner, page, request.POST)
    asked = {question["id"]: index for index, question in enumerate(screen.questions)}
    if request.POST.get("question") not in asked:
        return ask_anew(request)
    screen = screen.at(asked[request.POST["question"]])
    form = AnswerForm(screen.question, request.POST)
    if not form.is_valid():
        return render(request, "courses/practice.html", {"page": page, "screen": screen.with_form(form)}, status=422)
    sent = form.cleaned_data
    try:
        answer = practise(
            know_learner(request),
            lesson=page,
            attempt_id=sent["attempt"],
            question_id=sent["question"],
            choices=sent["choices"],
            text=sent["text"],
            client_id=sent["answer"],
        )
    except (QuestionGoneError, BadAnswerError):
        return ask_anew(request)
    except PracticeClosedError:
        return send_to_quiz(request, page)
    query = {"attempt": answer.attempt.client_id, "q": answer.client_id}
    return redirect(f"{request.path}?{urlencode(query)}")


def read_practice(learner: Learner, page: LessonPage, query: Mapping[str, str]) -> PracticeScreen:
    """The open practice or the one named by `attempt`; a new one where there is none. `q`: the answer to talk about."""
    attempt_id = to_uuid(query.get("attempt", ""))
    attempt = find_attempt(learner, page.translation_key, attempt_id, AttemptPurpose.PRACTICE)
    if attempt is None or (attempt_id is None and not attempt.is_open):
        return begin_practice(page, attempt_id or uuid.uuid4())
    screen = PracticeScreen(**vars(resume_screen(attempt)))
    said = next((answer for answer in screen.answers if str(answer.client_id) == query.get("q")), None)
    if said is not None:
        return screen.at(screen.number_of(str(said.question_id)) - 1)
    if not attempt.is_open:
        return PracticeScreen(**(vars(screen) | {"is_result": True}))
    following = pick_next(screen.questions, screen.answers, attempt.client_id)
    return screen.at(screen.number_of(following) - 1, is_asked=True)


def begin_practice(page: LessonPage, attempt_id: uuid.UUID) -> PracticeScreen:
    """The first question of a practice that is kept with its first answer."""
    questions = read_quiz(page).questions
    screen = PracticeScreen(questions, attempt_id=attempt_id)
    return screen.at(screen.number_of(pick_next(questions, [], attempt_id)) - 1) if questions else screen


def send_to_quiz(request: HttpRequest, page: LessonPage) -> HttpResponse:
    """Practice would tell what the quiz hides."""
    messages.info(request, _("You can practise these questions once you have passed the quiz."))
    return redirect(f"{page.get_url(request)}quiz/")


def ask_anew(request: HttpRequest) -> HttpResponse:
    """The question went away while the learner read it."""
    messages.warning(request, _("This question has changed. Here it is as it is now."))
    return redirect(request.path)


@LessonPage.shown_by("history")
def show_history(request: HttpRequest, page: LessonPage) -> HttpResponse:
    """Every attempt of one's own at this quiz, the latest first."""
    mine = Attempt.objects.of(get_learner(request)).of_quizzes().filter(lesson_key=page.translation_key)
    attempts = paginate_by_key(mine.defer("drawn"), request, by="-received_at", size=HISTORY_SIZE)
    return render(request, "courses/quiz_history.html", {"page": page, "attempts": attempts})
