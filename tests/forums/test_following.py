"""Following, keeping, and what is unread."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from accounts.models import Organisation, User
from accounts.services import collect_export
from accounts.signals import deleting_account
from forums.enums import FollowLevel
from forums.models import Board, BoardMarker, Bookmark, ReadMarker, Subscription, Topic
from forums.services import get_board, list_boards, look_at, open_board_of_office
from forums.services.following import find_readers, follow, save_reader_settings
from forums.services.unread import mark_all_read
from notifications.models import Notification
from tests.factories.accounts import UserFactory
from tests.factories.forums import BoardFactory, make_reply, make_topic

pytestmark = pytest.mark.django_db


def told(person: User) -> list[str]:
    return list(Notification.objects.filter(recipient=person).order_by("pk").values_list("kind", flat=True))


@pytest.fixture(autouse=True)
def _commit(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for the commit runs at once: a test's transaction never ends."""
    monkeypatch.setattr("forums.services.following.transaction.on_commit", lambda act: act())


def test_followers_hear_of_replies_and_the_author_of_none(board: Board, learner: User) -> None:
    topic = make_topic(board, by=learner)
    watcher, muted = UserFactory.create(), UserFactory.create()
    follow(topic, by=watcher, level=FollowLevel.WATCH)
    follow(board, by=muted, level=FollowLevel.WATCH)
    follow(topic, by=muted, level=FollowLevel.MUTE)
    first = make_reply(topic)
    make_reply(topic, by=learner)
    assert told(watcher) == ["forums.replied"] * 2
    assert told(learner) == ["forums.replied"], "their own reply tells them nothing"
    assert (told(muted), told(first.author)) == ([], ["forums.replied"])  # type: ignore[arg-type]
    leads = Notification.objects.filter(recipient=watcher, lead=None)
    assert leads.count() == 1, "two at once are one line"
    assert leads[0].group_key == f"topic:{topic.public_id}"


def test_who_mutes_a_topic_hears_of_no_mention(board: Board) -> None:
    topic = make_topic(board)
    quiet, loud = (UserFactory.create(family_name_latin=name, given_name_latin="Sok") for name in ("Keo", "Chan"))
    for person, level in ((quiet, FollowLevel.MUTE), (loud, FollowLevel.MENTIONS)):
        make_reply(topic, by=person)
        follow(topic, by=person, level=level)
    make_reply(topic, source="@Keo Sok @Chan Sok")
    assert (told(quiet), told(loud)) == ([], ["forums.mentioned"])


def test_a_board_tells_of_new_topics(board: Board) -> None:
    watcher = UserFactory.create()
    follow(board, by=watcher, level=FollowLevel.WATCH)
    make_topic(board)
    assert told(watcher) == ["forums.begun"]


def test_who_may_not_read_hears_nothing(office: Organisation, clerk: User) -> None:
    hall, person = open_board_of_office(office), UserFactory.create()
    topic = make_topic(hall, by=clerk)
    follow(topic, by=person, level=FollowLevel.WATCH)
    follow(hall, by=person, level=FollowLevel.WATCH)
    make_reply(topic, by=clerk)
    make_topic(hall, by=clerk)
    assert told(person) == []
    assert not Subscription.objects.readable_by(person).exists()


def test_whether_a_public_topic_may_be_read_is_not_asked_of_each(
    board: Board, office: Organisation, django_assert_num_queries: Any
) -> None:
    people, topic = UserFactory.create_batch(3), make_topic(board)
    with django_assert_num_queries(0):
        assert find_readers(topic, people) == people
    assert find_readers(make_topic(open_board_of_office(office)), people) == []


def test_following_by_oneself_can_be_switched_off(board: Board, learner: User) -> None:
    save_reader_settings(learner, follows_begun=False, follows_answered=True)
    begun, other = make_topic(board, by=learner), make_topic(board)
    make_reply(other, by=learner)
    assert list(learner.forum_subscriptions.values_list("topic", flat=True)) == [other.pk]
    follow(other, by=learner, level="")
    follow(other, by=learner, level="")
    assert not learner.forum_subscriptions.exists()
    assert begun.author == learner


def test_pages_of_following(client: Client, board: Board, learner: User) -> None:
    topic = make_topic(board)
    client.force_login(learner)
    for thing in (topic, board):
        at = f"{thing.get_absolute_url()}follow/"
        assert client.get(at).status_code == 200
        assert client.post(at, {"level": "watch"})["Location"] == thing.get_absolute_url()
        assert client.post(at, {"level": "junk"}).status_code == 422
    text = client.get("/km/forum/followed/").content.decode()
    assert topic.title in text
    assert client.post("/km/forum/followed/", {"follows_begun": "on"}).status_code == 302
    assert learner.forum_settings.follows_answered is False  # type: ignore[attr-defined]


def test_kept_posts(client: Client, board: Board, learner: User) -> None:
    post = make_reply(make_topic(board), source="**ទឹក** ស្អាត")
    client.force_login(learner)
    at = f"/km/forum/topics/{post.topic.public_id}/posts/2/keep/"
    for _ in range(2):
        assert client.post(at).status_code == 302
    assert learner.forum_bookmarks.get().post == post
    text = client.get("/km/forum/kept/").content.decode()
    assert (post.topic.title in text, '<p class="sm">ទឹក ស្អាត</p>' in text) == (True, True)
    assert 'name="keep" value="no"' in client.get(f"/km/forum/topics/{post.topic.public_id}/posts/2/").content.decode()
    assert client.post(at, {"keep": "no"}).status_code == 302
    assert not learner.forum_bookmarks.exists()
    Topic.objects.update(is_hidden=True)
    Bookmark.objects.create(user=learner, post=post)
    assert post.topic.title not in client.get("/km/forum/kept/").content.decode()


def unread(person: User) -> dict[str, int]:
    topics = Topic.objects.visible_to(person)
    listed = {topic.title: topic.unread for topic in topics.for_reader(person)}  # type: ignore[attr-defined]
    found = {topic.title: topic.unread for topic in topics.unread_by(person)}  # type: ignore[attr-defined]
    assert found == {title: count for title, count in listed.items() if count}
    return found


def test_unread_is_a_subtraction(client: Client, board: Board, learner: User) -> None:
    make_topic(board, title="មុន", replies=2)
    client.force_login(learner)
    client.get(board.get_absolute_url())
    assert unread(learner) == {}, "what was there before the first look shouts at nobody"
    topic = make_topic(board, title="ថ្មី", replies=1)
    assert unread(learner) == {"ថ្មី": 2}
    client.get(topic.get_absolute_url())
    assert unread(learner) == {}
    make_reply(topic)
    make_topic(BoardFactory.create(), title="ឆ្ងាយ")
    assert unread(learner) == {"ថ្មី": 1}
    text = client.get("/km/forum/unread/").content.decode()
    assert ("ថ្មី" in text, "ឆ្ងាយ" in text) == (True, False)
    follow(topic, by=learner, level=FollowLevel.MUTE)
    assert unread(learner) == {}


def test_a_board_says_how_many_are_new(board: Board, learner: User) -> None:
    look_at(get_board(board.slug, user=learner), user=learner)
    make_topic(board)
    make_topic(board)
    assert [row.fresh for row in list_boards(learner)] == [2]  # type: ignore[attr-defined]
    look_at(get_board(board.slug, user=learner), user=learner)
    assert [row.fresh for row in list_boards(learner)] == [0]  # type: ignore[attr-defined]
    look_at(board, user=AnonymousUser())
    assert BoardMarker.objects.count() == 1


def test_everything_counts_as_read(client: Client, board: Board, learner: User) -> None:
    other = BoardFactory.create()
    for place in (board, other):
        look_at(get_board(place.slug, user=learner), user=learner)
        make_topic(place, title=place.slug)
    ReadMarker.objects.create(user=learner, topic=make_topic(board, title="opened", replies=3), last_number=1)
    mark_all_read(learner, board=board)
    assert unread(learner) == {other.slug: 1}
    client.force_login(learner)
    assert client.post("/km/forum/unread/read/").status_code == 302
    assert unread(learner) == {}


def test_own_data_goes_along_and_goes(board: Board, learner: User) -> None:
    topic = make_topic(board, by=learner)
    Bookmark.objects.create(user=learner, post=topic.posts.get())
    parts = collect_export(learner)["parts"]
    assert [row["level"] for row in parts["forum_following"]] == ["watch"]
    assert [row["number"] for row in parts["forum_bookmarks"]] == [1]
    deleting_account.send(sender=User, user=learner)
    assert not learner.forum_subscriptions.exists()
    assert not learner.forum_bookmarks.exists()
