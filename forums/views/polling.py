"""What a topic's page shows of its poll."""

from typing import Any

from forums import rules
from forums.forms.polls import BallotForm
from forums.models import Topic
from forums.querysets import Reader
from forums.services.polls.reading import read_poll


def make_poll_context(user: Reader, topic: Topic) -> dict[str, Any]:
    """`poll` (services.polls.reading.Shown) and `ballot`, the form of who may vote; `may_add_poll`, `may_run_poll`."""
    poll = getattr(topic, "poll", None)
    if poll is None:
        return {"may_add_poll": rules.can_add_poll(user, topic)}
    shown = read_poll(poll, own=getattr(topic, "own_choices", None))
    may_vote = not poll.is_over and rules.can_vote(user, topic)
    return {
        "poll": shown,
        "ballot": BallotForm(shown=shown) if may_vote else None,
        "may_run_poll": rules.can_run_poll(user, topic),
    }
