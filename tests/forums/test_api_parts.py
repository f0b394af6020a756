"""Ideas, polls, reactions and ratings for programs: the rights and the brakes of the pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organisation, User
from forums.enums import CostBand, IdeaCategory, PollShows, PollWay, TopicKind
from forums.models import Asked, Board, Poll, Topic
from forums.services import open_board_of_office
from forums.services.ideas.facts import IdeaFacts
from forums.services.ideas.moving import move
from forums.services.ideas.supporting import support
from forums.services.polls.making import PollFacts, add_poll
from forums.services.polls.voting import vote
from participation.services.questions import name_meeting
from tests.factories.accounts import UserFactory
from tests.factories.forums import BoardFactory, make_reply, make_topic
from tests.factories.participation import MeetingFactory

IDEAS, TOPICS = "/api/v1/ideas/", "/api/v1/topics/"


def put(client: Client, address: str, **sent: Any) -> Any:
    return client.put(address, sent, content_type="application/json")


def make_idea(board: Board, **more: Any) -> Topic:
    facts = IdeaFacts(IdeaCategory.SOCIAL, place="ភូមិ ១", cost=CostBand.SMALL)
    return make_topic(board, kind=TopicKind.IDEA, title="អណ្ដូង", idea=facts, **more)


def make_poll(board: Board, by: User, **more: Any) -> Topic:
    topic = make_topic(board, by=by, kind=TopicKind.DISCUSSION)
    add_poll(topic, PollFacts("Which?", ["One", "Two", "Three"], PollWay.SINGLE, 7, **more), by=by)
    return Topic.objects.get(pk=topic.pk)


def list_ids(client: Client, query: str) -> list[str]:
    return [row["id"] for row in client.get(f"{IDEAS}{query}").json()["results"]]


def test_ideas_by_state_part_place_and_order(client: Client, board: Board, clerk: User, stranger: User) -> None:
    first, second = make_idea(board), make_idea(BoardFactory.create(of_commune=True))
    move(first, "review", by=clerk, words="We look.")
    support(first, by=stranger)
    one, two = str(first.public_id), str(second.public_id)
    code = board.commune.code  # type: ignore[union-attr]
    asked = ("", "?order=new", "?status=under_review", "?category=social", "?category=gender", f"?place={code}")
    asked += (f"?place={code}01", f"?board={board.slug}", "?status=nothing")
    found = [list_ids(client, query) for query in asked]
    assert found == [[one, two], [two, one], [one], [one, two], [], [one], [], [one], []]
    path = client.get(f"{IDEAS}{one}/").json()["path"]
    assert [(step["status"], step["by"], step["words"]) for step in path] == [
        ("received", "author", ""),
        ("under_review", "office", "We look."),
    ]
    assert path[1]["official_title"] != ""


def test_being_for_an_idea_and_no_longer(client: Client, board: Board, stranger: User) -> None:
    topic = make_idea(board)
    address = f"{IDEAS}{topic.public_id}/support/"
    assert put(client, address).status_code == 403
    client.force_login(stranger)
    told = [put(client, address).json(), put(client, address).json(), client.delete(address).json()]
    assert [(row["support_count"], row["supports_it"]) for row in told] == [(1, True), (1, True), (0, False)]
    client.force_login(topic.author)  # type: ignore[arg-type]
    assert put(client, address).status_code == 403


def test_a_vote_by_the_rules_of_the_page(client: Client, board: Board, learner: User, stranger: User) -> None:
    topic = make_poll(board, learner, shows=PollShows.VOTED, is_secret=False)
    at = f"{TOPICS}{topic.public_id}/"
    assert put(client, f"{at}vote/", choices=[1]).status_code == 403
    client.force_login(stranger)
    assert [option["count"] for option in client.get(f"{at}poll/").json()["options"]] == [None] * 3
    for wrong in ([], [1, 2], [4], [13], ["x"]):
        assert put(client, f"{at}vote/", choices=wrong).status_code == 400
    told = put(client, f"{at}vote/", choices=[2]).json()
    assert (told["own"], [option["count"] for option in told["options"]]) == ([2], [0, 1, 0])
    upper = client.get(f"{TOPICS}{str(topic.public_id).upper()}/poll/")
    assert upper.status_code == 404  # a ballot is found by the address as it is written
    assert client.delete(f"{at}vote/").json()["ballot_count"] == 0
    Poll.objects.update(ended_at=timezone.now())
    assert put(client, f"{at}vote/", choices=[2]).status_code == 409


def test_closed_numbers_stay_closed(client: Client, board: Board, learner: User) -> None:
    topic = make_poll(board, learner, shows=PollShows.ALWAYS, is_secret=True)
    ended = make_poll(board, learner, shows=PollShows.END, is_secret=True)
    for _ in range(4):
        vote(topic, [1], by=UserFactory.create())
    for _ in range(5):
        vote(ended, [1], by=UserFactory.create())
    for each in (topic, ended):
        text = client.get(f"{TOPICS}{each.public_id}/poll/").json()
        assert [option["count"] for option in text["options"]] == [None] * 3
    Poll.objects.filter(topic=ended).update(ended_at=timezone.now())
    assert client.get(f"{TOPICS}{ended.public_id}/poll/").json()["options"][0]["count"] == 5
    plain = make_topic(board)
    assert client.get(f"{TOPICS}{plain.public_id}/poll/").status_code == 404


def test_reactions_given_and_taken_back(client: Client, question: Topic, learner: User, stranger: User) -> None:
    at = f"{TOPICS}{question.public_id}/posts/"
    client.force_login(stranger)
    told = [put(client, f"{at}1/reactions/thanks/").json(), put(client, f"{at}1/reactions/thanks/").json()]
    assert [(row["reactions"], row["given"]) for row in told] == [({"thanks": 1}, ["thanks"])] * 2
    assert client.get(at).json()["results"][0]["given"] == ["thanks"]
    assert client.delete(f"{at}1/reactions/thanks/").json()["reactions"] == {}
    assert put(client, f"{at}1/reactions/hate/").status_code == 404
    assert put(client, f"{at}7/reactions/thanks/").status_code == 404
    client.force_login(learner)
    assert put(client, f"{at}1/reactions/thanks/").status_code == 403


def test_pages_and_programs_share_one_brake(client: Client, question: Topic, stranger: User, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "react": "2/m/user"}
    client.force_login(stranger)
    address = f"{TOPICS}{question.public_id}/posts/1/reactions/thanks/"
    client.post(f"/en/forum/topics/{question.public_id}/react/", {"sad": "1"})
    assert [put(client, address).status_code for _ in range(2)] == [200, 429]


def test_the_clock_of_a_question_and_the_askers_word(
    client: Client, question: Topic, learner: User, clerk: User, stranger: User
) -> None:
    at = f"{TOPICS}{question.public_id}/"
    asked = client.get(at).json()["asked"]
    assert (asked["day"], asked["days"], asked["late_days"], asked["meeting"]) == (1, 7, 0, None)
    client.force_login(learner)
    assert put(client, f"{at}rating/", rating="helped").status_code == 403  # nothing to rate yet
    make_reply(question, by=clerk, as_answer=True)
    assert client.get(f"{at}rating/").status_code == 404
    assert put(client, f"{at}rating/", rating="great").status_code == 400
    assert put(client, f"{at}rating/", rating="no", words="Which papers?").json()["rating"] == "no"
    client.force_login(stranger)
    assert (client.get(f"{at}rating/").status_code, client.post(f"{at}again/").status_code) == (403, 403)
    client.force_login(learner)
    assert client.get(f"{at}rating/").json() == {"rating": "no", "words": "Which papers?"}
    assert client.post(f"{at}again/").json()["asked"]["turn"] == 2
    listed = client.get(f"{TOPICS}?kind=question&unanswered").json()["results"]
    assert [row["id"] for row in listed] == [str(question.public_id)]
    assert client.get(f"{TOPICS}?kind=idea").json()["results"] == []


def test_a_private_board_is_nowhere(
    client: Client, office: Organisation, clerk: User, stranger: User, question: Topic
) -> None:
    hall = open_board_of_office(office)
    idea, poll = make_idea(hall, by=clerk), make_poll(hall, clerk)
    addresses = [f"{TOPICS}{poll.public_id}/poll/", f"{IDEAS}{idea.public_id}/", f"{TOPICS}{idea.public_id}/posts/"]
    writes = [f"{TOPICS}{poll.public_id}/vote/", f"{IDEAS}{idea.public_id}/support/"]
    writes += [f"{TOPICS}{idea.public_id}/posts/1/reactions/thanks/", f"{TOPICS}{idea.public_id}/rating/"]
    for person in (None, stranger):
        if person:
            client.force_login(person)
        assert [client.get(address).status_code for address in addresses] == [404] * 3
        assert list_ids(client, "") == []
    sent = {"choices": [1], "rating": "no"}
    assert [put(client, address, **sent).status_code for address in writes] == [404] * 4
    client.force_login(clerk)
    assert [client.get(address).status_code for address in addresses] == [200] * 3
    assert list_ids(client, "") == [str(idea.public_id)]


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_for_one_and_for_many(
    client: Client, board: Board, stranger: User, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _ in range(count):
        topic = make_idea(board)
        make_poll(board, UserFactory.create())
        make_reply(make_topic(board))
    client.force_login(stranger)
    for address, queries in ((IDEAS, 5), (f"{IDEAS}{topic.public_id}/", 5), (TOPICS, 5)):
        with django_assert_num_queries(queries):
            assert client.get(address).status_code == 200


def test_the_meeting_is_named_only_while_it_is_answered(
    client: Client, question: Topic, clerk: User, office: Organisation
) -> None:
    make_reply(question, by=clerk, as_answer=True)
    held = MeetingFactory.create(office=office, over=True)
    name_meeting(question, held, by=clerk)
    named = client.get(f"{TOPICS}{question.public_id}/").json()["asked"]["meeting"]
    assert (named["url"], named["date"]) == (f"/meetings/{held.public_id}/", str(timezone.localdate(held.starts_at)))
    Topic.objects.filter(pk=question.pk).update(answer=None, is_answered=False)
    Asked.objects.update(due_at=timezone.now() - timedelta(hours=1), since=timezone.now() - timedelta(days=9))
    asked = client.get(f"{TOPICS}{question.public_id}/").json()["asked"]
    assert (asked["meeting"], asked["late_days"]) == (None, 1)
