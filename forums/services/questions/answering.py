"""After the answer: the asker hears of it, says whether it helped, and may ask again; the office names the meeting."""

from datetime import date
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from accounts.models import User
from forums import rendering, rules
from forums.enums import EventKind, Part, Rating
from forums.errors import check
from forums.models import AnswerRating, Post, Topic
from forums.models.asked import WORDS_LENGTH
from forums.models.post import to_hour
from forums.services.following import find_readers
from forums.services.ledger import writing_to
from forums.services.notices import questions as news
from forums.services.questions.clock import find_days, start_clock, tell, tell_office_task


@task()
def tell_answered_task(pk: int) -> None:
    """The asker, once of each answer."""
    topic = Topic.objects.select_related("board", "asked", "author").get(pk=pk)
    if topic.author is not None and topic.answer_id and hasattr(topic, "asked"):
        tell(topic, news.ANSWERED, find_readers(topic, [topic.author]), part=f":{topic.answer_id}")


def rate(topic: Topic, *, by: User, rating: Rating, words: str = "") -> AnswerRating:
    """The asker's word on the answer as it stands; said again it replaces the former. Raises `NotAllowedError`."""
    with writing_to(topic) as ledger:
        check(rules.can_rate, by, ledger.topic)
        asked = ledger.topic.asked
        said = {"rating": rating, "words": rendering.clean(words)[:WORDS_LENGTH]}
        now = to_hour(timezone.now()) if ledger.topic.has_protected else timezone.now()
        values = said | {"rated_at": now, "read_at": None}
        return AnswerRating.objects.update_or_create(asked=asked, turn=asked.turn, defaults=values)[0]


def open_again(topic: Topic, *, by: User) -> Topic:
    """It did not help: the question waits once more, its clock begins anew, the office is told. The former answer goes
    back among the replies, its meeting is named no longer, and what was said of it stays. Raises `NotAllowedError`.
    """
    with writing_to(topic) as ledger:
        topic = ledger.topic
        check(rules.can_open_again, by, topic)
        former = Post.objects.select_related("author").get(topic=topic, pk=topic.answer_id or 0)
        topic.answer, asked = None, topic.asked
        asked.turn += 1
        asked.keep_meeting()
        start_clock(asked, find_days(topic.board.commune))
        asked.save()
        ledger.note(EventKind.UNANSWERED, former)
        transaction.on_commit(partial(tell_office_task.enqueue, topic.pk, news.REOPENED.code))
        return topic


def note_meeting(topic: Topic, *, by: User, url: str, title_km: str, title_en: str, day: date) -> Topic:
    """The office says at which meeting it was answered; an empty `url` takes it away. Raises `NotAllowedError`."""
    with writing_to(topic) as ledger:
        check(rules.can_name_meeting, by, ledger.topic)
        asked = ledger.topic.asked
        asked.keep_meeting(url, title_km, title_en, day)
        asked.save()
        ledger.note_part(Part.HEAD)
        return ledger.topic


def find_rating(topic: Topic) -> AnswerRating | None:
    """The asker's own word in this turn."""
    return AnswerRating.objects.filter(asked=topic.pk, turn=topic.asked.turn).first()


def collect_ratings(user: User) -> list[dict[str, Any]]:
    """For the person's own copy of their data."""
    rows = AnswerRating.objects.filter(asked__topic__author=user).select_related("asked__topic").order_by("rated_at")
    return [
        {
            "topic": str(row.asked.topic.public_id),
            "rating": row.rating,
            "text": row.words,
            "rated_at": row.rated_at.isoformat(),
        }
        for row in rows
    ]


def forget_ratings(user: User) -> None:
    """The words go with the account; the sums stay."""
    AnswerRating.objects.filter(asked__topic__author=user).update(words="")
