from django.test import Client

from accounts.models import User
from forums.enums import HideReason
from forums.models import Topic
from forums.services import hide
from tests.factories.forums import make_reply


def test_boards_and_topics_are_read(client: Client, question: Topic, clerk: User) -> None:
    make_reply(question, by=clerk, as_answer=True)
    board = client.get(f"/api/v1/boards/{question.board.slug}/").json()
    assert (board["kind"], board["commune"], board["topic_count"]) == ("commune", question.board.commune.code, 1)  # type: ignore[union-attr]
    assert len(client.get("/api/v1/boards/").json()["results"]) == 1
    topics = client.get(f"/api/v1/topics/?board={question.board.slug}").json()["results"]
    assert [(topic["id"], topic["answer"], topic["last_seq"]) for topic in topics] == [(str(question.public_id), 2, 4)]
    assert client.get("/api/v1/topics/?board=other").json()["results"] == []
    assert client.get(f"/api/v1/topics/{question.public_id}/").json()["title"] == question.title


def test_posts_in_order_and_after_an_event(client: Client, question: Topic, judge: User) -> None:
    for number in range(3):
        make_reply(question, source=f"ល {number}")
    address = f"/api/v1/topics/{question.public_id}/posts/"
    assert [post["number"] for post in client.get(address).json()["results"]] == [1, 2, 3, 4]
    hide(question.posts.get(number=2), by=judge, reason=HideReason.PERSONAL_DATA)
    touched = client.get(f"{address}?after=3").json()["results"]
    assert [post["number"] for post in touched] == [2, 4]
    assert (touched[0]["html"], touched[0]["author"], touched[0]["state"]) == ("", None, "hidden")


def test_a_hidden_topic_is_not_in_the_api(client: Client, question: Topic, judge: User) -> None:
    hide(question.posts.get(number=1), by=judge, reason=HideReason.SPAM)
    assert client.get("/api/v1/topics/").json()["results"] == []
    for rest in ("", "posts/"):
        assert client.get(f"/api/v1/topics/{question.public_id}/{rest}", follow=True).status_code == 404


def test_nothing_is_written_through_it(client: Client, question: Topic, stranger: User) -> None:
    client.force_login(stranger)
    for address in ("/api/v1/boards/", "/api/v1/topics/", f"/api/v1/topics/{question.public_id}/posts/"):
        assert client.post(address, {}).status_code == 405
