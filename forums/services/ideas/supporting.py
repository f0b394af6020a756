"""Being for an idea: one person, one voice, taken back at will."""

from accounts.models import User
from forums import rules
from forums.errors import check
from forums.models import Idea, Support, Topic
from forums.services.ideas.moving import save_counts
from forums.services.ledger import writing_to


def support(topic: Topic, *, by: User, is_on: bool = True) -> Idea:
    """Give the support, or take it back. Twice is the same as once. Raises `NotAllowedError`."""
    with writing_to(topic) as ledger:
        check(rules.can_support, by, ledger.topic)
        idea = ledger.topic.idea
        if is_on:
            changed = Support.objects.get_or_create(idea=idea, user=by)[1]
        else:
            changed = bool(Support.objects.filter(idea=idea, user=by).delete()[0])
        if changed:
            save_counts(ledger, idea, support_count=idea.supports.count())
        return idea
