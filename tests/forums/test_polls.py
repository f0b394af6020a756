"""Polls: made, voted in, changed, counted, ended; who sees what, and that closed ballots name nobody."""

import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import Organisation, User
from accounts.signals import deleting_account, exporting
from forums.enums import Part, PollShows, PollWay, TopicKind
from forums.errors import NotReadyError, WrongStateError
from forums.models import Ballot, Board, Poll, Topic
from forums.services import open_board_of_office
from forums.services.polls.counting import count_ballots, is_valid
from forums.services.polls.making import PollFacts, add_poll, drop_poll, end_poll, end_polls
from forums.services.polls.reading import read_poll
from forums.services.polls.voting import vote
from forums.services.rearranging import move_topic
from forums.services.recount_tallies import find_drift
from notifications.models import Notification
from tests.factories.accounts import UserFactory
from tests.factories.forums import make_topic


def ask(board: Board, author: User, **more: Any) -> Topic:
    facts = {"question": "Which road?", "options": ["Market", "Pagoda", "Field"], "way": PollWay.SINGLE, "days": 7}
    topic = make_topic(board, by=author, kind=TopicKind.DISCUSSION)
    add_poll(topic, PollFacts(**{**facts, **more}), by=author)  # type: ignore[arg-type]
    return Topic.objects.get(pk=topic.pk)


def counts(topic: Topic) -> list[int]:
    return list(topic.poll.options.order_by("number").values_list("count", flat=True))


@pytest.fixture
def people(db: None) -> list[User]:
    return [UserFactory.create() for _ in range(6)]


def test_one_ballot_each_changed_and_taken_back(board: Board, learner: User, stranger: User) -> None:
    topic = ask(board, learner)
    for choices in ([1], [1], [3]):
        vote(topic, choices, by=stranger)
    vote(topic, [3], by=learner)
    assert (counts(topic), Poll.objects.get().ballot_count) == ([0, 0, 2], 2)
    assert topic.events.filter(part=Part.POLL).count() == 1 + 3  # the same vote again is none
    vote(topic, [], by=stranger)
    assert (counts(topic), Poll.objects.get().ballot_count, Ballot.objects.count()) == ([0, 0, 1], 1, 1)


@pytest.mark.parametrize(
    ("way", "most", "wrong"),
    [
        (PollWay.SINGLE, 1, [[1, 2], [0], [4], [1, 1]]),
        (PollWay.SEVERAL, 2, [[1, 2, 3], [2, 2], [9]]),
        (PollWay.RANKED, 1, [[1, 1], [1, 2, 3, 4], [-1]]),
    ],
)
def test_a_ballot_that_does_not_fit_is_refused(
    board: Board, learner: User, way: PollWay, most: int, wrong: list[list[int]]
) -> None:
    topic = ask(board, learner, way=way, most=most)
    for choices in wrong:
        with pytest.raises(NotReadyError):
            vote(topic, choices, by=learner)
    assert not Ballot.objects.exists()


def count_slowly(ballots: list[list[int]], way: str, options: int) -> dict[int, int]:
    """Another way to the same: for each option, how many others of the list each ballot puts behind it, and itself."""
    if way != PollWay.RANKED:
        return {number: sum(number in ballot for ballot in ballots) for number in range(1, options + 1)}
    points = dict.fromkeys(range(1, options + 1), 0)
    for ballot in ballots:
        for number in ballot:
            behind = [other for other in points if other not in ballot or ballot.index(other) > ballot.index(number)]
            points[number] += len(behind) + 1
    return points


@settings(max_examples=150, deadline=None)
@given(data=st.data(), options=st.integers(2, 12), way=st.sampled_from(PollWay.values))
def test_counts_agree_with_another_way_of_counting(data: st.DataObject, options: int, way: str) -> None:
    most = 1 if way == PollWay.SINGLE else options
    ballot = st.lists(st.integers(1, options), min_size=1, max_size=most, unique=True)
    ballots = data.draw(st.lists(ballot, max_size=20))
    assert all(is_valid(each, way=way, options=options, most=most) for each in ballots)
    counted = count_ballots(ballots, way=way, options=options)
    assert {number: counted[number] for number in range(1, options + 1)} == count_slowly(ballots, way, options)
    again = count_ballots(reversed(ballots), way=way, options=options)
    assert counted == again
    if way == PollWay.RANKED and ballots:  # raising an option by a place never costs it points
        first = ballots[0]
        if len(first) > 1:
            raised = [first[1], first[0], *first[2:]]
            better = count_ballots([raised, *ballots[1:]], way=way, options=options)
            assert better[first[1]] == counted[first[1]] + 1


@pytest.mark.parametrize("way", PollWay.values)
def test_stored_counts_follow_every_change(board: Board, learner: User, people: list[User], way: str) -> None:
    topic = ask(board, learner, way=PollWay(way), most=3)
    ballots = [[1], [2], [3], [1], [], [2]] if way == PollWay.SINGLE else [[1, 2], [3], [2, 3, 1], [1], [], [3, 1]]
    for turn in range(3):
        for place, person in enumerate(people):
            vote(topic, ballots[(place + turn) % 6], by=person)
            assert list(find_drift(Poll.objects.get())) == []
    assert Poll.objects.get().ballot_count == 5


def test_a_closed_ballot_names_nobody(board: Board, learner: User, stranger: User, judge: User) -> None:
    topic = ask(board, learner)
    vote(topic, [2], by=stranger)
    row = Ballot.objects.values().get()
    assert (row["voter_id"], row["voted_at"], len(row["key"])) == (None, None, 64)
    client = Client()
    client.force_login(judge)
    assert client.get(f"/en/forum/topics/{topic.public_id}/poll/votes/").status_code == 404


def test_an_open_ballot_is_signed(client: Client, board: Board, learner: User, stranger: User) -> None:
    topic = ask(board, learner, is_secret=False, shows=PollShows.ALWAYS)
    vote(topic, [2], by=stranger)
    html = client.get(f"/en/forum/topics/{topic.public_id}/poll/votes/").content.decode()
    assert stranger.public_name in html
    assert "Pagoda" in html


def test_five_closed_ballots_before_a_number_shows(board: Board, learner: User, people: list[User]) -> None:
    topic = ask(board, learner, shows=PollShows.ALWAYS)
    for place, person in enumerate(people[:5]):
        assert read_poll(Poll.objects.get()).bars == [], place
        vote(topic, [1], by=person)
    assert len(read_poll(Poll.objects.get()).bars) == 3


@pytest.mark.parametrize(
    ("shows", "sees"),
    [
        (PollShows.ALWAYS, (True, True, True)),
        (PollShows.VOTED, (False, True, True)),
        (PollShows.END, (False, False, True)),
    ],
)
def test_when_the_numbers_show(
    client: Client, board: Board, learner: User, people: list[User], shows: PollShows, sees: tuple[bool, ...]
) -> None:
    topic = ask(board, learner, shows=shows)
    for person in people:
        vote(topic, [1], by=person)
    address = f"/en/forum/topics/{topic.public_id}/"

    def look() -> bool:
        found = {'class="chart"' in client.get(at).content.decode() for at in (address, f"{address}poll/")}
        return found.pop() if len(found) == 1 else pytest.fail("the page and its part differ")

    before = look()
    client.force_login(people[0])
    voted = look()
    end_poll(topic, by=learner)
    client.logout()
    assert (before, voted, look()) == sees
    [patch] = [one for one in client.get(f"{address}after/?after=0").json()["patches"] if one.get("part") == "poll"]
    assert 'class="chart"' in patch["html"]


def test_open_pages_get_numbers_only_where_all_see_them(
    client: Client, board: Board, learner: User, people: list[User]
) -> None:
    for shows, has_html in ((PollShows.ALWAYS, True), (PollShows.VOTED, False), (PollShows.END, True)):
        topic = ask(board, learner, shows=shows)
        for person in people:
            vote(topic, [1], by=person)
        patches = client.get(f"/en/forum/topics/{topic.public_id}/after/?after=0").json()["patches"]
        [patch] = [one for one in patches if one.get("part") == "poll"]
        assert (patch["html"] is not None) == has_html
        assert ('class="chart"' in (patch["html"] or "")) == (shows == PollShows.ALWAYS)


def test_voting_by_the_page(client: Client, board: Board, learner: User, stranger: User) -> None:
    topic = ask(board, learner, way=PollWay.RANKED)
    address = f"/en/forum/topics/{topic.public_id}/poll/vote/"
    assert client.post(address, {"place_1": "1"})["Location"].startswith("/en/accounts/login/")
    client.force_login(stranger)
    twice = client.post(address, {"place_1": "1", "place_2": "1"})
    assert twice.status_code == 422
    assert "same place" in twice.content.decode()
    assert client.post(address, {}).status_code == 422
    for _ in range(2):
        assert client.post(address, {"place_3": "1", "place_1": "3"}).status_code == 302
    assert json.loads(json.dumps(Ballot.objects.get().choices)) == [3, 1]
    assert counts(topic) == [2, 0, 3]
    assert "Change my vote" in client.get(f"/en/forum/topics/{topic.public_id}/").content.decode()
    client.post(address, {"do": "back"})
    assert not Ballot.objects.exists()


def test_making_by_the_page(client: Client, board: Board, learner: User, stranger: User) -> None:
    topic = make_topic(board, by=learner)
    address = f"/en/forum/topics/{topic.public_id}/poll/new/"
    client.force_login(stranger)
    assert client.get(address).status_code == 403
    client.force_login(learner)
    sent = {"question": "Which road?", "options": "Market\n\nPagoda", "way": "several", "is_secret": "yes"}
    sent |= {"shows": "always", "days": "3"}
    for options in ("Market", "Market\nmarket ", "\n".join(str(number) for number in range(13))):
        wrong = client.post(address, sent | {"options": options})
        assert (wrong.status_code, "Which road?" in wrong.content.decode()) == (422, True)
    assert client.post(address, sent).status_code == 302
    poll = Poll.objects.get()
    assert (poll.way, poll.most, poll.is_secret, poll.options.count()) == ("several", 2, True, 2)
    assert client.get(address).status_code == 403  # one poll for a topic


def test_who_may_not(board: Board, learner: User, stranger: User) -> None:
    topic = ask(board, learner)
    with pytest.raises(PermissionDenied):
        vote(topic, [1], by=UserFactory.create(birth_year=2015))
    for act in (end_poll, drop_poll):
        with pytest.raises(PermissionDenied):
            act(topic, by=stranger)
    vote(topic, [1], by=stranger)
    with pytest.raises(WrongStateError):
        drop_poll(topic, by=learner)
    Topic.objects.update(locked_at=timezone.now())
    with pytest.raises(PermissionDenied):
        vote(topic, [2], by=stranger)


def test_the_clock_ends_it_once_and_tells(
    board: Board, learner: User, stranger: User, django_capture_on_commit_callbacks: Any
) -> None:
    topic = ask(board, learner, is_secret=False)
    vote(topic, [1], by=stranger)
    assert end_polls() == 0
    past = timezone.now() - timedelta(days=1)
    Poll.objects.update(created_at=past - timedelta(days=1), ends_at=past)
    with pytest.raises(WrongStateError):
        vote(topic, [2], by=stranger)
    with django_capture_on_commit_callbacks(execute=True):
        assert [end_polls(), end_polls()] == [1, 0]
    told = Notification.objects.filter(kind="forums.poll_ended").values_list("recipient", flat=True)
    assert set(told) == {learner.pk, stranger.pk}


def test_only_who_may_read_hears_of_the_end(
    board: Board,
    office: Organisation,
    learner: User,
    stranger: User,
    clerk: User,
    judge: User,
    django_capture_on_commit_callbacks: Any,
) -> None:
    topic = ask(board, learner, is_secret=False)
    for person in (stranger, clerk):
        vote(topic, [1], by=person)
    move_topic(topic, by=judge, board=open_board_of_office(office), reason="r")
    past = timezone.now() - timedelta(days=1)
    Poll.objects.update(created_at=past - timedelta(days=1), ends_at=past)
    with django_capture_on_commit_callbacks(execute=True):
        end_polls()
    assert [row.recipient for row in Notification.objects.filter(kind="forums.poll_ended")] == [clerk]


def test_own_ballots_are_taken_along_and_away(board: Board, learner: User, stranger: User) -> None:
    topics = [ask(board, learner, is_secret=is_secret) for is_secret in (True, False, True)]
    for topic in topics:
        vote(topic, [2], by=stranger)
        vote(topic, [2], by=learner)
    end_poll(topics[2], by=learner)
    parts: dict[str, Any] = {}
    exporting.send(sender=None, user=stranger, parts=parts)
    assert [row["choices"] for row in parts["forum_ballots"]] == [[2]] * 3
    deleting_account.send(sender=None, user=stranger)
    assert [counts(topic)[1] for topic in topics] == [1, 1, 2]
    assert not any(list(find_drift(poll)) for poll in Poll.objects.all())


def test_a_new_secret_of_the_site_finds_old_ballots(board: Board, learner: User, settings: Any, client: Client) -> None:
    topic = ask(board, learner)
    vote(topic, [2], by=learner)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = uuid.uuid4().hex, [settings.SECRET_KEY]
    vote(topic, [3], by=learner)
    assert (counts(topic), Ballot.objects.count()) == ([0, 0, 1], 1)
