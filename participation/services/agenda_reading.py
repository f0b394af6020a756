"""The agenda as people read it: the office's points, and under them what residents sent and were asked to choose."""

from collections.abc import Sequence
from dataclasses import dataclass

from participation.models import AgendaItem, Input, Meeting
from participation.services.agenda import ITS_OWN
from participation.services.choices import Tally

MOST_WORDS = 60  # words of residents on one agenda; the rest is counted


@dataclass(frozen=True)
class Point:
    """One point of the office with what was put under it."""

    item: AgendaItem
    words: list[Input]
    tallies: list[Tally]


@dataclass(frozen=True)
class Agenda:
    """`tallies` and `words` are points of their own; `more` words found no room."""

    points: list[Point]
    tallies: list[Tally]
    words: list[Input]
    more: int = 0

    def __bool__(self) -> bool:
        return bool(self.points or self.tallies or self.words)


def read_agenda(meeting: Meeting, tallies: Sequence[Tally] = ()) -> Agenda:
    """Two queries, a third where there are more words than are shown."""
    items = list(meeting.agenda.all())
    words = list(meeting.inputs.on_agenda().select_related("user")[: MOST_WORDS + 1])
    more = meeting.inputs.on_agenda().count() - MOST_WORDS if len(words) > MOST_WORDS else 0
    known = {item.position for item in items}
    by_point: dict[int, tuple[list[Input], list[Tally]]] = {at: ([], []) for at in (ITS_OWN, *known)}
    for word in words[:MOST_WORDS]:
        by_point[word.under if word.under in known else ITS_OWN][0].append(word)
    for tally in tallies:
        by_point[tally.question.under if tally.question.under in known else ITS_OWN][1].append(tally)
    own_words, own_tallies = by_point[ITS_OWN]
    return Agenda([Point(item, *by_point[item.position]) for item in items], own_tallies, own_words, more)
