"""Asking in a live room, and supporting what others asked."""

import uuid
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from forums.services.watching import find_word_hold
from participation.enums import QuestionState
from participation.errors import RefusedError
from participation.models import LiveRoom, Question, Support
from participation.services.room.ledger import writing_in
from participation.services.room.voices import Voice
from places.khmer import normalise
from ui.words import to_number

PACE = (3, timedelta(minutes=5))
MOST_OF_ONE = 12  # questions of one voice in one room
MOST_OF_GUESTS = 100  # of theirs that wait in one room: a second pass costs nothing


def ask(
    room: LiveRoom, *, voice: Voice, text: str, hides_name: bool = False, client_id: uuid.UUID | None = None
) -> Question:
    """A new question, at the end of the list, supported by who asks. The same `client_id` again returns what it made.

    Raises `RefusedError` when the room is closed, the question is there already, a word of it has to be read first, or
    the voice asks too fast: what is asked here stands on every phone at once.
    """
    client_id = client_id or uuid.uuid4()
    with writing_in(room) as ledger:
        made = Question.objects.filter(room=room, client_id=client_id, **voice.fields).first()
        if made:
            return made
        ledger.check_open()
        _check_new(ledger.room, voice, text)
        ledger.room.last_number += 1
        ledger.room.question_count += 1
        question = Question.objects.create(
            room=ledger.room,
            number=ledger.room.last_number,
            client_id=client_id,
            text=text,
            hides_name=hides_name,
            support_count=1,
            hall_count=int(bool(voice.guest)),
            created_at=timezone.now(),
            **voice.fields,
        )
        Support.objects.create(question=question, **voice.fields)
        ledger.note(question)
        return question


def support(question: Question, *, voice: Voice, wants: bool = True) -> Question:
    """Give or take back support; twice is once, and so is the guest that a person was before.

    Raises `RefusedError` in a closed room and for what is decided.
    """
    with writing_in(question.room) as ledger:
        ledger.check_open()
        question = ledger.read(question)
        if question.state in (QuestionState.ANSWERED, QuestionState.ASIDE):
            raise RefusedError(_("This question is dealt with already."))
        mine = Support.objects.filter(Q(**voice.fields) | Q(guest=voice.spare, guest__gt=""), question=question)
        before = list(mine.values_list("guest", flat=True))
        after = [voice.guest] if wants else []
        if before == after:
            return question
        mine.delete()
        Support.objects.bulk_create(Support(question=question, **voice.fields) for _each in after)
        question.support_count += len(after) - len(before)
        question.hall_count += len(list(filter(None, after))) - len(list(filter(None, before)))
        question.save(update_fields=["support_count", "hall_count"])
        ledger.note(question)
        return question


def _check_new(room: LiveRoom, voice: Voice, text: str) -> None:
    """Raises `RefusedError` with what to do instead."""
    if find_word_hold(text):
        raise RefusedError(_("One of these words cannot go to all phones unread. Say it otherwise, or ask aloud."))
    same = normalise(text)
    for number, other, state in room.questions.values_list("number", "text", "state"):
        if normalise(other) == same:
            if state == QuestionState.ASIDE:
                raise RefusedError(_("This was asked already, and set aside. The list says why."))
            raise RefusedError(
                _("This is asked already: question %(number)s. Support it.") % {"number": to_number(number)}
            )
    waiting = room.questions.filter(state=QuestionState.WAITING)
    if voice.guest and waiting.exclude(guest="").count() >= MOST_OF_GUESTS:
        raise RefusedError(_("Very many questions from the hall wait already. Support one of them, or ask aloud."))
    own = room.questions.filter(**voice.fields)
    most, span = PACE
    if own.filter(created_at__gt=timezone.now() - span).count() >= most:
        raise RefusedError(
            _("You asked several questions in a short time. Let others ask, and try again in 5 minutes.")
        )
    if own.count() >= MOST_OF_ONE:
        raise RefusedError(_("You asked many questions here. Let others ask, and support theirs."))
