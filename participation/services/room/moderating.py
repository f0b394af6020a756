"""What the moderator does with a question: on the screen, next, answered, set aside with a reason, back."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from participation import rules
from participation.enums import AsideReason, QuestionState, RoomPart
from participation.errors import RefusedError
from participation.models import Meeting, Question
from participation.services.room.ledger import Ledger, writing_in


class Act(TextChoices):
    """The moderator's buttons."""

    SHOW = "show"
    TAKE_OFF = "take_off"
    NEXT = "next"
    ANSWERED = "answered"
    ASIDE = "aside"
    BACK = "back"


STATES = {
    Act.NEXT: QuestionState.NEXT,
    Act.ANSWERED: QuestionState.ANSWERED,
    Act.ASIDE: QuestionState.ASIDE,
    Act.BACK: QuestionState.WAITING,
}


@dataclass(frozen=True)
class Decision:
    """`reason` only for what is set aside; `note` is read by everybody: the answer in a sentence."""

    act: Act
    reason: str = ""
    note: str = ""


def decide(question: Question, decision: Decision, *, by: User) -> Question:
    """Also after the room is closed, but for the screen: the answers of a meeting are often written down afterwards.

    Raises `PermissionDenied`, `RefusedError`.
    """
    check_moderator(question.room.meeting, by)
    with writing_in(question.room) as ledger:
        question = ledger.read(question)
        if decision.act in STATES:
            _move(ledger, question, decision, by)
        else:
            _put_on_screen(ledger, question if decision.act == Act.SHOW else None)
        return question


def check_moderator(meeting: Meeting, user: User) -> None:
    """Whoever acts for the meeting's office. Raises `PermissionDenied`."""
    if not rules.can_organise(user, meeting.office):
        raise PermissionDenied


def _move(ledger: Ledger, question: Question, decision: Decision, by: User) -> None:
    state = STATES[decision.act]
    if state == QuestionState.ASIDE and decision.reason not in AsideReason.values:
        raise RefusedError(_("Choose why it is set aside: everybody reads the reason."))
    if question.reports.filter(is_upheld=True).exists():
        raise RefusedError(_("The programme took the words of this question out. That stands."))
    _keep(ledger, question, decision, by)


def set_aside(ledger: Ledger, question: Question, *, reason: str, by: User) -> None:
    """In the caller's write, for the programme: its words are out, on the screen too."""
    _keep(ledger, question, Decision(Act.ASIDE, reason), by)


def _keep(ledger: Ledger, question: Question, decision: Decision, by: User) -> None:
    state = STATES[decision.act]
    room, was_answered, was_readable = ledger.room, question.state == QuestionState.ANSWERED, question.is_readable
    question.state = state
    question.reason = decision.reason if state == QuestionState.ASIDE else ""
    question.note = decision.note
    question.decided_at, question.decided_by = timezone.now(), by
    question.save()
    room.answered_count += int(state == QuestionState.ANSWERED) - int(was_answered)
    room.question_count += int(question.is_readable) - int(was_readable)
    if state in (QuestionState.ANSWERED, QuestionState.ASIDE) and room.on_screen_id == question.pk:
        _put_on_screen(ledger, None)
    ledger.note(question)


def _put_on_screen(ledger: Ledger, question: Question | None) -> None:
    """One at a time; what was there before waits again in the list."""
    if question is not None:
        ledger.check_open()
        if not question.is_readable:
            raise RefusedError(_("What was set aside for its words is not shown on the screen."))
    before, ledger.room.on_screen = ledger.room.on_screen, question
    for touched in (before, question):
        if touched is not None:
            ledger.note(touched)
    ledger.note_part(RoomPart.SCREEN)
