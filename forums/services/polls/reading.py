"""What of a poll a reader sees."""

from dataclasses import dataclass

from forums.enums import PollShows
from forums.models import Poll, PollOption
from ui.charts import Bar
from ui.words import to_number


@dataclass(frozen=True)
class Shown:
    """A poll for one reader, or for everybody: `bars` are empty where the numbers are not to be seen yet."""

    poll: Poll
    options: list[PollOption]
    bars: list[Bar]
    own: list[int]

    @property
    def first_points(self) -> int:
        """What a first choice is worth in a ranked poll."""
        return len(self.options)

    @property
    def waits_for_vote(self) -> bool:
        return not self.bars and not self.poll.is_over and self.poll.shows == PollShows.VOTED

    @property
    def waits_for_end(self) -> bool:
        return not self.bars and not self.poll.is_over and self.poll.shows == PollShows.END


def is_for_everybody(poll: Poll) -> bool:
    """Whether all readers see the same of it: live pages are told then, else each fetches its own."""
    return poll.shows != PollShows.VOTED or poll.is_over


def may_see(poll: Poll, own: list[int]) -> bool:
    """Whether the numbers are to be seen by somebody with this ballot."""
    if poll.is_over or poll.shows == PollShows.ALWAYS:
        return True
    return poll.shows == PollShows.VOTED and bool(own)


def read_poll(poll: Poll, *, own: list[int] | None = None) -> Shown:
    """One query. `own` is the reader's ballot."""
    options, own = list(poll.options.all()), own or []
    sees = may_see(poll, own) and poll.ballot_count and not poll.is_telling
    return Shown(poll, options, make_bars(poll, options) if sees else [], own)


def make_bars(poll: Poll, options: list[PollOption]) -> list[Bar]:
    """As many as there are options, the longest possible bar being "chosen by all"."""
    whole = poll.ballot_count * (len(options) if poll.is_ranked else 1)
    rows = sorted(options, key=lambda option: (-option.count, option.number)) if poll.is_over else options
    return [Bar(option.text, option.count * 100 / whole, to_number(option.count)) for option in rows]
