"""Adding a poll to one's topic, taking it away while nobody has voted, ending it."""

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from accounts.models import User
from forums import rendering, rules
from forums.enums import Part, PollShows, PollWay
from forums.errors import NotReadyError, WatchedWordError, WrongStateError, check
from forums.models import Poll, PollOption, Subscription, Topic
from forums.models.poll import FEWEST, MOST
from forums.services.following import find_readers
from forums.services.ledger import Ledger, writing_to
from forums.services.notices.polls import ENDED
from forums.services.watching import flag, refuse_words
from notifications.services import notify


@dataclass(frozen=True)
class PollFacts:
    """As its author wants it. `most` counts for several options only."""

    question: str
    options: list[str]
    way: PollWay
    days: int
    most: int = MOST
    is_secret: bool = True
    shows: PollShows = PollShows.VOTED

    @property
    def text(self) -> str:
        """All that others read of it."""
        return "\n".join([self.question, *self.options])


def tidy(facts: PollFacts) -> PollFacts:
    """In clean words. Raises `NotReadyError` for unfit options."""
    options = [" ".join(rendering.clean(text).split()) for text in facts.options]
    if not FEWEST <= len(options) <= MOST or len(set(options)) < len(options) or not all(options):
        raise NotReadyError
    return replace(facts, question=" ".join(rendering.clean(facts.question).split()), options=options)


def add_poll(topic: Topic, facts: PollFacts, *, by: User) -> Poll:
    """Beside the topic; sent twice it is the same poll. Raises `NotAllowedError`, `NotReadyError` for unfit options,
    `WatchedWordError` for a word that would make a post wait.
    """
    facts = tidy(facts)
    with writing_to(topic) as ledger:
        known = Poll.objects.filter(topic=topic).first()
        if known is not None and ledger.topic.author_id == by.pk:
            return known
        check(rules.can_add_poll, by, ledger.topic)
        if refusal := refuse_words(facts.text, by=by, board=ledger.topic.board):
            raise WatchedWordError(refusal)
        return make_poll(ledger, facts)


def make_poll(ledger: Ledger, facts: PollFacts) -> Poll:
    """The rows of a tidied poll, which runs from now on; under the topic's lock, without asking who may."""
    now, size = timezone.now(), len(facts.options)
    poll = Poll.objects.create(
        topic=ledger.topic,
        question=facts.question,
        way=facts.way,
        most={PollWay.SINGLE: 1, PollWay.RANKED: size}.get(facts.way, min(max(facts.most, 1), size)),
        is_secret=facts.is_secret,
        shows=facts.shows,
        created_at=now,
        ends_at=now + timedelta(days=facts.days),
    )
    rows = (PollOption(poll=poll, number=number, text=text) for number, text in enumerate(facts.options, 1))
    PollOption.objects.bulk_create(rows)
    ledger.note_part(Part.POLL)
    flag(ledger.read(ledger.topic.posts.get(number=1)), facts.text)
    return poll


def drop_poll(topic: Topic, *, by: User) -> None:
    """Raises `NotAllowedError`, `WrongStateError` once somebody has voted."""
    with writing_to(topic) as ledger:
        check(rules.can_run_poll, by, ledger.topic)
        if ledger.topic.poll.ballot_count:
            raise WrongStateError
        ledger.topic.poll.delete()
        del ledger.topic._state.fields_cache["poll"]
        ledger.note_part(Part.POLL)


def end_poll(topic: Topic, *, by: User | None = None) -> None:
    """By its author, or by the clock when its time is over; twice is the same as once. Raises `NotAllowedError`."""
    with writing_to(topic) as ledger:
        poll = ledger.topic.poll
        if by is not None:
            check(rules.can_run_poll, by, ledger.topic)
        if poll.ended_at is None:
            poll.ended_at = timezone.now()
            poll.save(update_fields=["ended_at"])
            ledger.note_part(Part.POLL)
            transaction.on_commit(partial(tell_end_task.enqueue, topic.pk))


def end_polls() -> int:
    """The clock: every poll whose time is over; answers how many."""
    due = Topic.objects.filter(poll__ended_at=None, poll__ends_at__lte=timezone.now()).order_by("pk")
    topics = list(due)
    for topic in topics:
        end_poll(topic)
    return len(topics)


@task()
def tell_end_task(pk: int) -> None:
    """Its author, who watches the topic, and who voted openly; of closed ballots nobody knows whose they are."""
    topic = Topic.objects.select_related("poll", "author").get(pk=pk)
    if topic.is_hidden:
        return
    wanted = Subscription.objects.watching(topic).values("user")
    people = User.objects.filter(pk__in=wanted) | User.objects.filter(poll_ballots__poll=topic.pk)
    people |= User.objects.filter(forum_topics=topic)
    notify(
        find_readers(topic, people.distinct()),
        kind=ENDED,
        url=f"{topic.get_absolute_url()}#part-poll",
        dedupe_key=f"poll:{topic.public_id}",
        data={"poll": topic.poll.question, "ballots": topic.poll.ballot_count},
    )
