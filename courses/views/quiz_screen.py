"""What one screen of a quiz shows, in the reader's language."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import get_language

from courses.enums import QuestionKind
from courses.forms import AnswerForm
from courses.models import Answer, Attempt, LessonPage
from courses.querysets import Learner
from courses.services import find_attempt
from courses.services.freezing import read_questions
from courses.services.marking import mix

Question = Mapping[str, Any]


@dataclass(frozen=True)
class Option:
    """One line to choose. `state`: "ok", "no" or "" (not judged); `place`: the number given in an order."""

    id: str
    text: str
    feedback: str
    is_right: bool
    is_chosen: bool = False
    state: str = ""
    place: str = ""


@dataclass(frozen=True)
class QuizScreen:
    """A question of a quiz with what this learner did. `attempt` is None until the first answer is kept."""

    questions: Sequence[Question]
    index: int = 0
    attempt: Attempt | None = None
    answers: Sequence[Answer] = ()
    is_result: bool = False
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
        return mine[-1] if mine and self.form is None else None

    @property
    def right_count(self) -> int:
        """How many choices are right, or how many steps there are."""
        choices = self.question["choices"]
        return len(choices) if self.kind == QuestionKind.ORDER else sum(choice["right"] for choice in choices)

    @property
    def found_count(self) -> int:
        """How many of them the answer has."""
        return sum(option.state == "ok" for option in self.options)

    @property
    def options(self) -> list[Option]:
        if self.kind == QuestionKind.ORDER:
            return self._order_options()
        chosen = self.form.chosen if self.form else self.answer.choices if self.answer else []
        return [self._option(choice, choice["id"] in chosen) for choice in self.question["choices"]]

    @property
    def drafts(self) -> list[Option]:
        """The choices as their author ordered them, with the right ones known: for the author only."""
        order = self.kind == QuestionKind.ORDER
        return [
            Option(choice["id"], say(choice["text"]), say(choice["feedback"]), order or choice["right"])
            for choice in self.question["choices"]
        ]

    @property
    def replies(self) -> list[str]:
        """What we say to the choices made: to the wrong ones while some are wrong."""
        wanted = "ok" if self.answer and self.answer.is_right else "no"
        return [option.feedback for option in self.options if option.state == wanted and option.feedback]

    @property
    def next_query(self) -> str:
        """The query of the next question without an answer; of the result when there is none."""
        marked = f"attempt={self.attempt.client_id}" if self.attempt else ""
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

    def with_form(self, form: AnswerForm) -> "QuizScreen":
        """The same screen with what was typed and what is missing."""
        attempt_id = form.cleaned_data.get("attempt") or self.attempt_id
        return replace(self, form=form, attempt_id=attempt_id)

    def _option(self, choice: Mapping[str, Any], is_chosen: bool) -> Option:
        judged = is_chosen and self.answer is not None
        state = ("ok" if choice["right"] else "no") if judged else ""
        return Option(choice["id"], say(choice["text"]), say(choice["feedback"]), choice["right"], is_chosen, state)

    def _order_options(self) -> list[Option]:
        right = [choice["id"] for choice in self.question["choices"]]
        given = self.answer.choices if self.answer else []
        places = self.form.places if self.form else {key: str(place) for place, key in enumerate(given, start=1)}
        options = []
        for choice in mix(self.question):
            key, place = choice["id"], places.get(choice["id"], "")
            is_right = place == str(right.index(key) + 1)
            state = ("ok" if is_right else "no") if self.answer else ""
            options.append(Option(key, say(choice["text"]), "", is_right, state=state, place=place))
        return options


def say(words: Mapping[str, str]) -> str:
    """The words in the reader's language, else in any."""
    return words.get(get_language() or "km") or next((text for text in words.values() if text), "")


def read_screen(learner: Learner, page: LessonPage, query: Mapping[str, str]) -> QuizScreen:
    """The screen a GET asks for: `attempt`, `q` (from 1), `again` to begin anew after a finished attempt."""
    attempt = find_attempt(learner, page.translation_key, to_uuid(query.get("attempt", "")))
    if attempt is not None and not attempt.is_open and "again" in query:
        attempt = None
    screen = _start(page, attempt)
    number = query.get("q", "")
    if number.isascii() and number.isdigit():
        return replace(screen, index=min(max(int(number[:4]) - 1, 0), screen.total - 1))
    if attempt is not None and not attempt.is_open:
        return replace(screen, is_result=True)
    unanswered = [i for i, question in enumerate(screen.questions) if question["id"] not in screen.answered]
    return replace(screen, index=unanswered[0] if unanswered else 0)


def find_answered(learner: Learner, page: LessonPage, data: Mapping[str, str]) -> QuizScreen | None:
    """The screen an answer was sent from; None when its question is no longer there."""
    attempt_id = to_uuid(data.get("attempt", ""))
    attempt = find_attempt(learner, page.translation_key, attempt_id) if attempt_id else None
    if attempt is None:
        latest = find_attempt(learner, page.translation_key)
        attempt = latest if latest is not None and latest.is_open else None
    screen = _start(page, attempt)
    ids = [question["id"] for question in screen.questions]
    asked = data.get("question", "")
    return replace(screen, index=ids.index(asked)) if asked in ids else None


def list_screens(page: LessonPage) -> list[QuizScreen]:
    """Every question of a draft, for the editor's preview."""
    questions = read_questions(page)
    return [QuizScreen(questions, index) for index in range(len(questions))]


def to_uuid(text: str) -> uuid.UUID | None:
    """None for what is not a UUID."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _start(page: LessonPage, attempt: Attempt | None) -> QuizScreen:
    if attempt is None:
        return QuizScreen(read_questions(page))
    answers = list(attempt.answers.all())
    return QuizScreen(attempt.version.questions, attempt=attempt, answers=answers, attempt_id=attempt.client_id)
