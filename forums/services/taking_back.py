"""An author deletes the words that a topic began with: the title goes too, and nobody waits for anything any more."""

from django.utils import timezone

from accounts.models import User
from forums.enums import Part, PostState
from forums.models import Asked
from forums.models.post import to_hour
from forums.services.ledger import Ledger
from ui.words import in_both


def take_back(ledger: Ledger) -> None:
    """What others wrote stays. A question waits no longer; an idea that no office has begun with ends, one that it has
    goes on without new support; a poll ends, one without votes goes.
    """
    topic = ledger.topic
    topic.title, topic.is_taken_back = name_gone(), True
    ledger.note_part(Part.HEAD)
    asked, idea, poll = (getattr(topic, name, None) for name in ("asked", "idea", "poll"))
    if asked is not None and topic.answer_id is None:
        asked.since = asked.due_at = None
        asked.save(update_fields=["since", "due_at"])
    if idea is not None:
        idea.place = ""
        idea.save(update_fields=["place"])
        ledger.note_part(Part.IDEA)
    if poll is None:
        return
    if poll.ballot_count:
        poll.ended_at = poll.ended_at or (to_hour(timezone.now()) if topic.has_protected else timezone.now())
        poll.save(update_fields=["ended_at"])
    else:
        poll.delete()
        topic._state.fields_cache.pop("poll", None)
    ledger.note_part(Part.POLL)


def name_gone() -> str:
    """In place of a title, for readers of either language."""
    return " · ".join(in_both(lambda: PostState.DELETED.label).values())


def stop_clocks(user: User) -> None:
    """Whoever asked is leaving: the question can still be answered, but nobody waits for it, and no office is late."""
    waiting = Asked.objects.filter(topic__author=user, topic__is_answered=False)
    waiting.update(since=None, due_at=None)
