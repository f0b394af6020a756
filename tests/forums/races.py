"""Many writers at once, as `test_races` runs them on both databases."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from tests.races import run_together, split_results

AT_ONCE = 6
ROUNDS = 3


def run_at_once(act: Callable[[int], Any]) -> list[Any]:
    """`act(place)` for every place, all let go at the same moment. Raises what one of them raised."""
    return split_results(run_together([partial(act, place) for place in range(AT_ONCE)]))[0]


def race() -> dict[str, Any]:
    """Replies by many people, one reply sent many times, one new topic sent many times, and what is then stored."""
    from forums.enums import ReactionKind, TopicKind
    from forums.models import Board, Topic
    from forums.services import get_board_of, react, reply, start_topic
    from tests.factories.accounts import UserFactory
    from tests.factories.forums import make_reply, make_topic
    from tests.factories.places import CommuneFactory

    board = Board.for_commune(CommuneFactory.create())
    people = [UserFactory.create() for _ in range(AT_ONCE)]
    sent = {"kind": TopicKind.QUESTION, "title": "ផ្លូវ", "source": "ពេលណា?", "client_id": uuid.uuid4()}
    started = run_at_once(lambda _: start_topic(board, by=people[0], **sent).pk)
    topic = Topic.objects.get(pk=started[0])
    run_at_once(lambda place: [reply(topic, by=people[place], source=f"{place} {turn}") for turn in range(ROUNDS)])
    client_id = uuid.uuid4()
    twins = run_at_once(lambda _: reply(topic, by=people[1], source="ដដែល", client_id=client_id).pk)
    other = CommuneFactory.create()
    boards = run_at_once(lambda _: get_board_of(other).pk)
    topics = run_at_once(lambda place: make_topic(topic.board, by=people[place]).pk)
    liked = make_reply(topic)
    run_at_once(lambda place: react(liked, by=people[place // 2], kind=ReactionKind.THANKS).pk)
    liked.refresh_from_db()
    topic.refresh_from_db()
    voice, words = race_for_a_voice(people), race_for_words(people)
    waits = race_for_what_waits(people)
    stored = Board.objects.get(pk=topic.board_id)
    return {
        "topics": [len(set(started)), len(set(topics))],
        "twins": len(set(twins)),
        "boards": len(set(boards)),
        "numbers": list(topic.posts.order_by("number").values_list("number", flat=True)),
        "events": list(topic.events.order_by("seq").values_list("seq", flat=True)),
        "counters": [topic.post_count, topic.last_number, topic.last_seq],
        "reactions": [liked.tallies, liked.reactions.count()],
        "board": [stored.topic_count, stored.unanswered_count],
        "voice": voice,
        "words": words,
        "waits": waits,
    }


def race_for_a_voice(people: list[Any]) -> list[Any]:
    """Votes and supports, each sent twice and some changed at the same moment: [counts as stored, ballots, drift]."""
    from forums.enums import PollWay, TopicKind
    from forums.models import Poll
    from forums.services.ideas.supporting import support
    from forums.services.polls.making import PollFacts, add_poll
    from forums.services.polls.voting import vote
    from forums.services.recount_tallies import find_drift
    from tests.factories.forums import make_topic

    topic = make_topic(get_any_board(), kind=TopicKind.IDEA)
    add_poll(topic, PollFacts("?", ["1", "2", "3"], PollWay.SEVERAL, 7), by=topic.author)
    run_at_once(lambda place: vote(topic, [1 + place % 2], by=people[place // 2]).pk)
    run_at_once(lambda place: support(topic, by=people[place // 2]).pk)
    run_at_once(lambda place: vote(topic, [3], by=people[place // 2]).pk)
    poll = Poll.objects.get(topic=topic)
    topic.idea.refresh_from_db()
    counts = list(poll.options.order_by("number").values_list("count", flat=True))
    return [counts, poll.ballot_count, poll.ballots.count(), list(find_drift(poll)), topic.idea.support_count]


def race_for_words(people: list[Any]) -> list[Any]:
    """Edits and drafts from many windows at once, one mention told by many: how many came through, and what stands."""
    from forums.errors import ClashError, DraftClashError
    from forums.models import Draft
    from forums.services import edit
    from forums.services.drafts import Words, save_draft
    from forums.services.mentions import tell_mentioned_task
    from notifications.models import Notification
    from tests.factories.forums import make_reply, make_topic

    def came_through(act: Callable[[int], Any], clash: type[Exception]) -> int:
        def attempt(place: int) -> bool:
            try:
                return bool(act(place))
            except clash:
                return False

        return sum(run_at_once(attempt))

    topic = make_topic(get_any_board(), by=people[0])
    post = make_reply(topic, by=people[1], source=f"@{people[0].public_name}")
    edits = came_through(lambda place: edit(post, by=people[1], source=f"{place}", version=1), ClashError)
    post.refresh_from_db()
    key = f"topic-{topic.public_id}"
    drafts = came_through(lambda place: save_draft(key, Words(f"{place}"), by=people[2], version=0), DraftClashError)
    stored = Draft.objects.filter(user=people[2], key=key)
    named = make_reply(topic, by=people[1], source=f"@{people[0].public_name}")
    run_at_once(lambda _: tell_mentioned_task.call(named.pk))
    told = Notification.objects.filter(recipient=people[0], dedupe_key=f"mention:{named.pk}")
    return [
        [edits, post.versions.count()],
        [post.version, 1],
        [drafts, stored.count()],
        [told.count(), named.mentions.count()],
    ]


def race_for_what_waits(people: list[Any]) -> list[Any]:
    """Held posts are let through while their topic is moved, and while it is joined to another: what then waits, and
    the numbers of the topic they came to.
    """
    from forums.enums import HoldReason, TopicKind
    from forums.models import HeldPost, Topic
    from forums.services.holding import hold, release
    from forums.services.rearranging import merge, move_topic
    from tests.factories.accounts import UserFactory
    from tests.factories.forums import make_topic

    judge, boards = UserFactory.create(is_superuser=True), [get_any_board() for _ in range(AT_ONCE)]

    def begin() -> Any:
        return make_topic(boards[0], kind=TopicKind.DISCUSSION, by=people[0])

    def let_go(topic: Any, meanwhile: Callable[[int], Any]) -> None:
        words = {"why": HoldReason.FIRST, "topic": topic, "source": "..."}
        rows = [hold(topic.board, by=person, client_id=uuid.uuid4(), **words) for person in people]
        run_at_once(lambda place: release(rows[place], by=judge).pk if place % 2 else meanwhile(place).pk)
        for row in rows[::2]:
            release(row, by=judge)

    topic, target = begin(), begin()
    let_go(topic, lambda place: move_topic(topic, by=judge, board=boards[place + 1], reason="..."))
    for one in (topic, target):
        move_topic(one, by=judge, board=boards[0], reason="...")
    topic.refresh_from_db()
    others = [begin() for _ in range(AT_ONCE)]
    let_go(topic, lambda place: merge(topic, by=judge, into=target, reason="...") if not place else others[place])
    numbers = list(Topic.objects.get(pk=target.pk).posts.order_by("number").values_list("number", flat=True))
    return [HeldPost.objects.count(), numbers]


def get_any_board() -> Any:
    from forums.models import Board
    from tests.factories.places import CommuneFactory

    board = Board.for_commune(CommuneFactory.create())
    board.save()
    return board


def expected() -> dict[str, Any]:
    posts = 1 + AT_ONCE * ROUNDS + 1 + 1
    run = list(range(1, posts + 1))
    fans = AT_ONCE // 2  # each tapped twice
    return {
        "topics": [1, AT_ONCE],
        "twins": 1,
        "boards": 1,
        "numbers": run,
        "events": list(range(1, posts + fans + 1)),
        "counters": [posts, posts, posts + fans],
        "reactions": [{"thanks": fans}, fans],
        "board": [1 + AT_ONCE] * 2,
        "voice": [[0, 0, fans], fans, fans, [], fans],
        "words": [[1, 1], [2, 1], [1, 1], [1, 1]],
        "waits": [0, list(range(1, 1 + 1 + 1 + 2 * AT_ONCE))],  # two first posts, and all that waited
    }


def check(rounds: int) -> None:
    for _ in range(rounds):
        came, wanted = race(), expected()
        assert came == wanted, {key: (came[key], wanted[key]) for key in wanted if came[key] != wanted[key]}
