"""What one screen of a quiz shows, in the reader's language."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

from django.http import QueryDict

from courses.blocks import list_broken
from courses.enums import QuestionKind
from courses.forms import AnswerForm
from courses.models import Answer, Attempt, LessonPage
from courses.querysets import Learner
from courses.services import find_attempt
from courses.services.drawing import draw, make_seed
from courses.services.freezing import read_quiz
from courses.services.standing import Standing, read_standing
from courses.views.quiz_options import Option, list_drafts, list_options, list_sides, say

Question = Mapping[str, Any]


@dataclass(frozen=True)
class QuizScreen:
    """A question of a quiz with what this learner did. `attempt` is None until the first answer is kept."""

    questions: Sequence[Question]
    index: int = 0
    attempt: Attempt | None = None
    answers: Sequence[Answer] = ()
    is_result: bool = False
    hides: bool = False  # what is right may not be told yet
    is_drawn: bool = False
    is_asked: bool = False  # asked again: earlier answers are not shown
    standing: Standing = field(default_factory=Standing)
    form: AnswerForm | None = None
    attempt_id: uuid.UUID = field(default_factory=uuid.uuid4)
    answer_id: uuid.UUID = field(default_factory=uuid.uuid4)

    @property
    def question(self) -> Question:
        return self.questions[self.index]

    @property
    def kind(self) -> str:
        return str(self.question["kind"])

    @property
    def text(self) -> str:
        return say(self.question["text"])

    @property
    def hint(self) -> str:
        return say(self.question["hint"])

    @property
    def explanation(self) -> str:
        return say(self.question["explanation"])

    @property
    def unit(self) -> str:
        """Stands behind the box of a number."""
        return say(self.question.get("unit", {}))

    @property
    def number(self) -> int:
        return self.index + 1

    @property
    def total(self) -> int:
        return len(self.questions)

    @property
    def answered(self) -> set[str]:
        """Ids of the questions with an answer."""
        return {str(answer.question_id) for answer in self.answers}

    @property
    def answer(self) -> Answer | None:
        """The latest answer to this question, unless a new one was sent and came back."""
        mine = [answer for answer in self.answers if str(answer.question_id) == self.question["id"]]
        return mine[-1] if mine and self.form is None and not self.is_asked else None

    @property
    def is_closed(self) -> bool:
        """Nothing more to do here: answered rightly, or kept without a word about it."""
        return self.answer is not None and (self.answer.is_right or self.hides)

    @property
    def typed(self) -> str:
        """What stands in the box."""
        return self.form.typed if self.form else self.answer.text if self.answer else ""

    @property
    def right_count(self) -> int:
        """How many choices are right, or how many steps or pairs there are."""
        choices = self.question["choices"]
        return len(choices) if self.kind == QuestionKind.ORDER else sum(choice["right"] for choice in choices)

    @property
    def found_count(self) -> int:
        """How many of them the answer has."""
        return sum(option.state == "ok" for option in self.options)

    @property
    def options(self) -> list[Option]:
        given = self.form.chosen if self.form else self.answer.choices if self.answer else []
        places = self.form.places if self.form else None
        is_judged = self.answer is not None and not self.hides
        return list_options(self.question, given=given, places=places, is_judged=is_judged)

    @property
    def sides(self) -> list[tuple[str, str]]:
        return list_sides(self.question)

    @property
    def drafts(self) -> list[Option]:
        return list_drafts(self.question)

    @property
    def replies(self) -> list[str]:
        """What we say to the choices made: to the wrong ones while some are wrong."""
        wanted = "ok" if self.answer and self.answer.is_right else "no"
        return [option.feedback for option in self.options if option.state == wanted and option.feedback]

    @property
    def next_query(self) -> str:
        """The query of the next question without an answer; of the result when there is none."""
        key = self.attempt.client_id if self.attempt else self.attempt_id if self.is_drawn else None
        marked = f"attempt={key}" if key else ""
        order = [*range(self.index + 1, self.total), *range(self.index)]
        following = next((i for i in order if self.questions[i]["id"] not in self.answered), None)
        if following is None:
            return f"?{marked}"
        return f"?{marked}&q={following + 1}" if marked else f"?q={following + 1}"

    @property
    def is_last(self) -> bool:
        """Every question has an answer: what follows is the result."""
        return len(self.answered) >= self.total

    @property
    def needed(self) -> int:
        """How many right answers reach the pass mark."""
        pass_mark = self.attempt.version.pass_mark if self.attempt else 0
        return -(-pass_mark * self.total // 100)

    @property
    def outcomes(self) -> list[tuple[int, str, bool]]:
        """Number, text and first outcome of each question, for the result."""
        counted = {str(answer.question_id): answer.is_right for answer in self.answers if answer.counts}
        return [
            (number, say(question["text"]), counted.get(question["id"], False))
            for number, question in enumerate(self.questions, start=1)
        ]

    def number_of(self, question_id: str) -> int:
        """1 for the first question."""
        ids = [question["id"] for question in self.questions]
        return ids.index(question_id) + 1 if question_id in ids else 1

    def at(self, index: int, *, is_asked: bool = False) -> Self:
        """The same quiz at another question; `is_asked`: as if it had no answer yet."""
        return replace(self, index=index, is_asked=is_asked)

    def with_form(self, form: AnswerForm) -> Self:
        """The same screen with what was typed and what is missing."""
        attempt_id = form.cleaned_data.get("attempt") or self.attempt_id
        return replace(self, form=form, attempt_id=attempt_id)


def read_screen(learner: Learner, page: LessonPage, query: Mapping[str, str]) -> QuizScreen:
    """The screen a GET asks for: `attempt`, `q` (from 1), `again` to begin anew after a finished attempt."""
    attempt_id = to_uuid(query.get("attempt", ""))
    attempt = find_attempt(learner, page.translation_key, attempt_id)
    if attempt is not None and not attempt.is_open and "again" in query:
        attempt = None
    screen = resume_screen(attempt) if attempt else begin_screen(learner, page, attempt_id)
    number = query.get("q", "")
    if number.isascii() and number.isdigit():
        return replace(screen, index=max(min(int(number[:4]), screen.total) - 1, 0))
    if screen.attempt is not None and not screen.attempt.is_open:
        return replace(screen, is_result=True, standing=read_standing(learner, page))
    unanswered = [i for i, question in enumerate(screen.questions) if question["id"] not in screen.answered]
    return replace(screen, index=unanswered[0] if unanswered else 0)


def find_answered(learner: Learner, page: LessonPage, data: Mapping[str, str]) -> QuizScreen | None:
    """The screen an answer was sent from; None when its question is no longer there."""
    attempt_id = to_uuid(data.get("attempt", ""))
    attempt = find_attempt(learner, page.translation_key, attempt_id) if attempt_id else None
    if attempt is None:
        latest = find_attempt(learner, page.translation_key)
        attempt = latest if latest is not None and latest.is_open else None
    asked = data.get("question", "")
    screen = resume_screen(attempt) if attempt else begin_screen(learner, page, attempt_id, asked)
    ids = [question["id"] for question in screen.questions]
    return replace(screen, index=ids.index(asked)) if asked in ids else None


def find_kept(learner: Learner, page: LessonPage, data: QueryDict) -> QuizScreen | None:
    """The screen with an answer that was not sent, filled in; None when its question is done with or gone."""
    screen = find_answered(learner, page, data)
    if screen is None or screen.is_closed:
        return None
    form = AnswerForm(screen.question, data)
    form.is_valid()
    return screen.with_form(form)


def list_drafts_of(questions: Sequence[Question], stream: Any) -> dict[str, Any]:
    """For an author's preview: a screen for each question that would be asked, and what is wrong with the others."""
    return {
        "screens": [QuizScreen(questions, index) for index in range(len(questions))],
        "broken": [(child.value["text"], problem) for child, problem in list_broken(stream)],
    }


def begin_screen(learner: Learner, page: LessonPage, attempt_id: uuid.UUID | None, asked: str = "") -> QuizScreen:
    """A quiz not begun yet, with the questions it would ask: a known `asked` one among them."""
    quiz, standing = read_quiz(page), read_standing(learner, page)
    attempt_id = attempt_id or uuid.uuid4()
    seed = make_seed(learner, lesson_key=page.translation_key, attempt_id=attempt_id, taken=standing.taken)
    drawn = draw(quiz.questions, quiz.pools, seed, first=asked)
    questions = [question for question in quiz.questions if not drawn or question["id"] in drawn]
    return QuizScreen(
        questions, attempt_id=attempt_id, hides=quiz.hide_answers, is_drawn=bool(drawn), standing=standing
    )


def resume_screen(attempt: Attempt) -> QuizScreen:
    """An attempt as it was left, on any device."""
    return QuizScreen(
        attempt.questions,
        attempt=attempt,
        answers=list(attempt.answers.all()),
        hides=attempt.hides_answers,
        attempt_id=attempt.client_id,
    )


def to_uuid(text: str) -> uuid.UUID | None:
    """None for what is not a UUID."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
