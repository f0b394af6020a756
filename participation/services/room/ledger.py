"""Every change of a live room goes through its ledger: the room is locked, numbers are given out without gaps, counters
follow in the same transaction, and what changed is published after the commit.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from participation import realtime
from participation.enums import RoomPart
from participation.errors import RefusedError
from participation.models import LiveRoom, Question, RoomEvent
from participation.services.room.parts import find_parts


class Ledger:
    """The locked room and what was done to it so far."""

    def __init__(self, room: LiveRoom) -> None:
        self.room = room
        self.first_seq = room.last_seq + 1
        self.touched: dict[int, Question] = {}
        self.parts: set[RoomPart] = set()

    def check_open(self) -> None:
        """Raises `RefusedError` once it is closed, or its meeting long over or called off."""
        if not self.room.takes_words:
            raise RefusedError(_("The room is closed. The questions stay here, with what was answered."))

    def read(self, question: Question) -> Question:
        """The question as it stands under the lock."""
        found = Question.objects.select_related("user").get(pk=question.pk, room=self.room)
        found.room = self.room
        return found

    def note(self, question: Question) -> None:
        """Log that a question is new or changed; what depends on the order of questions changed with it."""
        question.room = self.room
        self.touched[question.pk] = question
        self._log(question=question)
        self.note_part(RoomPart.TOP)
        if self.room.on_screen_id == question.pk:
            self.room.on_screen = question
            self.note_part(RoomPart.SCREEN)

    def note_part(self, part: RoomPart) -> None:
        """Log that a part of the page changed; once is enough for one write."""
        if part not in self.parts:
            self.parts.add(part)
            self._log(part=part)

    def close(self) -> None:
        """Save the room; publish on commit."""
        self.room.save()
        if self.touched or self.parts:
            touched = list(self.touched.values())
            transaction.on_commit(
                partial(realtime.publish, self.room, touched, first=self.first_seq, parts=find_parts(self.parts))
            )

    def _log(self, *, question: Question | None = None, part: RoomPart | str = "") -> None:
        self.room.last_seq += 1
        RoomEvent.objects.create(room=self.room, seq=self.room.last_seq, question=question, part=part)


@contextmanager
def writing_in(room: LiveRoom) -> Iterator[Ledger]:
    """The room's ledger, alone at it until the transaction ends."""
    with transaction.atomic():
        rooms = LiveRoom.objects.select_for_update(of=("self",)).select_related("meeting__office", "on_screen__user")
        ledger = Ledger(rooms.get(pk=room.pk))
        yield ledger
        ledger.close()
