"""Pinning, closing, moving, joining and parting topics."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from accounts.models import Organisation, User
from forums.enums import FollowLevel, ModerationKind, PinScope, PostState, TopicKind
from forums.errors import CannotRearrangeError, NotAllowedError
from forums.models import Board, Bookmark, ModerationAction, Post, ReadMarker, Subscription, Topic, TopicEvent
from forums.services import find_moved, list_pinned, open_board_of_office, reply
from forums.services.finding import Query, find_posts
from forums.services.keeping import keep
from forums.services.order import lock, pin, unlock, unpin
from forums.services.rearranging import merge, move_topic, split
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.forums import BoardFactory, make_topic

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()


def check_books(*topics: Topic) -> None:
    """Numbers and sequence without gaps, counters as the rows say."""
    for topic in topics:
        topic.refresh_from_db()
        assert list(topic.posts.values_list("number", flat=True)) == list(range(1, topic.last_number + 1))
        assert list(topic.events.values_list("seq", flat=True)) == list(range(1, topic.last_seq + 1))
        assert topic.post_count == topic.posts.visible().count()
        assert not TopicEvent.objects.filter(topic=topic, post__isnull=False).exclude(post__topic=topic).exists()
    for board in Board.objects.all():
        shown = Topic.objects.filter(board=board, is_hidden=False, moved_to__isnull=True)
        assert (board.topic_count, board.unanswered_count) == (shown.count(), shown.unanswered().count())


def logged() -> list[tuple[str, str]]:
    return list(ModerationAction.objects.order_by("pk").values_list("kind", "note"))


def test_a_pin_ends_by_itself(client: Client, board: Board, judge: User) -> None:
    old, new = make_topic(board, title="ចាស់"), make_topic(board, title="ថ្មី")
    pin(old, by=judge, scope=PinScope.BOARD, until=timezone.now() + timedelta(days=1), reason="សំខាន់")
    assert (list_pinned(VISITOR, board), list_pinned(VISITOR)) == ([old], [])
    text = client.get(board.get_absolute_url()).content.decode()
    assert text.count(old.get_absolute_url()) == 1
    assert text.index(old.get_absolute_url()) < text.index(new.get_absolute_url())
    pin(old, by=judge, scope=PinScope.SITE, until=timezone.now() + timedelta(days=1), reason="សំខាន់")
    assert list_pinned(VISITOR) == [old]
    Topic.objects.filter(pk=old.pk).update(pinned_until=timezone.now() - timedelta(minutes=1))
    assert list_pinned(VISITOR) == []
    assert unpin(Topic.objects.get(pk=old.pk), by=judge, reason="ហើយ").pin_scope == ""
    assert [kind for kind, _ in logged()] == ["pin", "pin", "unpin"]


def test_nobody_replies_to_a_closed_topic(client: Client, board: Board, judge: User, learner: User) -> None:
    topic = make_topic(board)
    lock(topic, by=judge, reason="ចប់ហើយ")
    with pytest.raises(NotAllowedError):
        reply(topic, by=learner, source="នៅទេ?")
    client.force_login(learner)
    answer = client.post(f"/km/forum/topics/{topic.public_id}/reply/", {"source": "ពាក្យដែលវាយ"})
    assert answer.status_code == 403
    assert "ពាក្យដែលវាយ" in answer.content.decode()
    assert "ចប់ហើយ" in client.get(topic.get_absolute_url()).content.decode()
    unlock(topic, by=judge, reason="បើក")
    assert reply(topic, by=learner, source="អរគុណ").number == 2
    check_books(topic)


def test_who_keeps_order(office: Organisation, board: Board, clerk: User, learner: User) -> None:
    until = timezone.now() + timedelta(days=1)
    news, talk = make_topic(board, by=clerk, kind=TopicKind.ANNOUNCEMENT), make_topic(board, by=learner)
    inside = make_topic(open_board_of_office(office), by=clerk)
    for topic, person, may in (
        (news, clerk, True),
        (talk, clerk, False),
        (inside, clerk, True),
        (talk, learner, False),
    ):
        if may:
            assert pin(topic, by=person, scope=PinScope.BOARD, until=until, reason="r").is_pinned
        else:
            with pytest.raises(NotAllowedError):
                pin(topic, by=person, scope=PinScope.BOARD, until=until, reason="r")
    with pytest.raises(NotAllowedError):
        pin(news, by=clerk, scope=PinScope.SITE, until=until, reason="r")
    with pytest.raises(NotAllowedError):
        move_topic(talk, by=clerk, board=board, reason="r")


def test_a_topic_moves_with_its_address(client: Client, board: Board, judge: User) -> None:
    topic, elsewhere = make_topic(board, replies=2, title="ផ្លូវ"), BoardFactory.create()
    move_topic(topic, by=judge, board=elsewhere, reason="ខុសកន្លែង")
    check_books(topic)
    assert topic.board == elsewhere
    assert client.get(topic.get_absolute_url()).status_code == 200
    assert [hit.post.topic for hit in find_posts(Query(text="ផ្លូវ", board=elsewhere), user=VISITOR).hits] == [topic]
    assert logged() == [(ModerationKind.MOVE, "ខុសកន្លែង")]


def test_private_talk_stays_private(client: Client, office: Organisation, board: Board, judge: User) -> None:
    hall = open_board_of_office(office)
    topic = make_topic(board, title="ផ្លូវ")
    move_topic(topic, by=judge, board=hall, reason="ផ្ទៃក្នុង")
    assert client.get(topic.get_absolute_url()).status_code == 404
    assert find_posts(Query(text="ផ្លូវ"), user=VISITOR).hits == []
    topic.refresh_from_db()
    with pytest.raises(CannotRearrangeError):
        move_topic(topic, by=judge, board=board, reason="r")
    with pytest.raises(CannotRearrangeError):
        merge(topic, by=judge, into=make_topic(board), reason="r")
    check_books(topic)


def test_two_topics_become_one(client: Client, board: Board, judge: User, learner: User) -> None:
    one, two = make_topic(board, replies=2), make_topic(board, replies=1, title="ដូចគ្នា")
    reader, halfway = UserFactory.create(), UserFactory.create()
    for person, marks in ((reader, (3, 2)), (halfway, (3, 1))):
        for topic, number in zip((one, two), marks, strict=True):
            ReadMarker.objects.create(user=person, topic=topic, last_number=number)
    Subscription.objects.create(user=learner, topic=two, level=FollowLevel.MUTE)
    post = two.posts.get(number=2)
    keep(post, by=learner, is_kept=True)
    merge(two, by=judge, into=one, reason="ដូចគ្នា")
    check_books(one, two)
    assert list(one.posts.values_list("number", "state")) == [(n, PostState.VISIBLE) for n in range(1, 6)]
    assert Bookmark.objects.get().post.topic == one
    assert Subscription.objects.get(user=learner, topic=one).level == FollowLevel.MUTE
    assert dict(ReadMarker.objects.filter(topic=one).values_list("user", "last_number")) == {
        reader.pk: 5,
        halfway.pk: 3,
    }
    assert find_moved(two.public_id, number=2, user=VISITOR) == post
    page = client.get(f"{two.get_absolute_url()}?post=2")
    post.refresh_from_db()
    assert (page.status_code, page["Location"]) == (301, post.get_absolute_url())
    assert client.get(two.get_absolute_url(), follow=True).status_code == 200
    assert client.get(f"/km/forum/topics/{two.public_id}/after/").status_code == 404
    assert [hit.post.number for hit in find_posts(Query(text="ចម្លើយ 1"), user=VISITOR).hits] == [5, 2]
    assert reply(one, by=learner, source="បន្ត").number == 6


@pytest.mark.parametrize("what", ["itself", "idea", "hidden"])
def test_what_does_not_go_together(board: Board, judge: User, what: str) -> None:
    one = make_topic(board)
    two = {"itself": one, "idea": make_topic(board, kind=TopicKind.IDEA), "hidden": make_topic(board)}[what]
    if what == "hidden":
        Topic.objects.filter(pk=two.pk).update(is_hidden=True)
        two.refresh_from_db()
    with pytest.raises(CannotRearrangeError):
        merge(two, by=judge, into=one, reason="r")


def test_posts_become_a_topic_of_their_own(client: Client, board: Board, judge: User, learner: User) -> None:
    topic = make_topic(board, replies=4)
    ReadMarker.objects.create(user=learner, topic=topic, last_number=5)
    made = split(topic, by=judge, numbers=[3, 5], title="រឿងផ្សេង", reason="រឿងផ្សេង")
    check_books(topic, made)
    states = dict(topic.posts.values_list("number", "state"))
    assert [number for number, state in states.items() if state == PostState.MOVED] == [3, 5]
    assert list(made.posts.values_list("number", "source")) == [(1, "ចម្លើយ 2"), (2, "ចម្លើយ 4")]
    assert ReadMarker.objects.get(user=learner, topic=made).last_number == 2
    moved = made.posts.get(number=2)
    text = client.get(f"{topic.get_absolute_url()}?post=5").content.decode()
    assert f"/km/forum/posts/{moved.pk}/" in text
    assert client.get(f"/km/forum/posts/{moved.pk}/")["Location"] == moved.get_absolute_url()
    for numbers in ([1], [3], [99]):
        with pytest.raises(CannotRearrangeError):
            split(topic, by=judge, numbers=numbers, title="t", reason="r")
    assert [hit.post.topic for hit in find_posts(Query(text="រឿងផ្សេង"), user=VISITOR).hits] == [made]


def test_the_page_of_order(client: Client, board: Board, judge: User, learner: User) -> None:
    topic, other = make_topic(board, replies=3), make_topic(board)
    at = f"/km/forum/topics/{topic.public_id}/order/"
    client.force_login(learner)
    assert client.get(at).status_code == 403
    client.force_login(judge)
    assert client.get(at).status_code == 200

    def send(act: str, **values: str) -> int:
        data = {"act": act, **{f"{act}-{name}": value for name, value in values.items()}}
        return client.post(at, data).status_code

    assert send("pin", scope="board", days="7", reason="") == 422
    assert send("pin", scope="board", days="7", reason="ល្អ") == 302
    assert send("pin", scope="board", days="7", reason="ល្អ") == 200, "it is pinned already"
    assert send("move", board="nowhere", reason="r") == 422
    assert send("merge", into="nothing", reason="r") == 422
    assert send("split", numbers="1-2", title="t", reason="r") == 422
    assert send("split", numbers="3 x", title="t", reason="r") == 422
    assert send("split", numbers="3, 4", title="t", reason="r") == 302
    assert send("merge", into=f"https://site{other.get_absolute_url()}", reason="r") == 302
    assert Post.objects.filter(topic=other, state=PostState.VISIBLE).count() == 3
    assert [kind for kind, _ in logged()] == ["pin", "split", "merge"]


def test_nobody_moves_talk_to_their_own_office(client: Client, board: Board, office: Organisation, judge: User) -> None:
    MembershipFactory.create(organisation=office, user=judge)
    topic, hall = make_topic(BoardFactory.create(), kind=TopicKind.DISCUSSION), open_board_of_office(office)
    for target in (board, hall):
        with pytest.raises(NotAllowedError):
            move_topic(topic, by=judge, board=target, reason="r")
    client.force_login(judge)
    page = client.post(
        f"/en/forum/topics/{topic.public_id}/order/", {"act": "move", "move-board": board.slug, "move-reason": "r"}
    )
    assert (page.status_code, "another moderator moves topics" in page.text) == (422, True)
