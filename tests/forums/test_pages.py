"""The forum without scripts: what each of the cast sees and may do."""

import uuid

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from forums.enums import HideReason, PostState, TopicKind
from forums.models import Board, ModerationAction, Post, ReadMarker, Topic
from forums.services import hide
from places.models import Commune
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.forums import BoardFactory, make_reply, make_topic
from tests.factories.places import CommuneFactory

pytestmark = pytest.mark.django_db


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, (address, response.status_code)
    return response.content.decode()


def address_of(topic: Topic, rest: str = "") -> str:
    return f"/km/forum/topics/{topic.public_id}/{rest}"


@pytest.fixture
def at(question: Topic) -> str:
    return address_of(question)


def test_anyone_reads_the_forum(client: Client, question: Topic, clerk: User) -> None:
    make_reply(question, by=clerk, source="បាទ", as_answer=True)
    for address in ("/km/forum/", "/en/forum/", f"/km/forum/boards/{question.board.slug}/"):
        html = page(client, address)
        assert question.title in html
        assert "ចម្លើយរបស់មន្ត្រី" in html or "Official answer" in html
    html = page(client, address_of(question))
    assert html.index("ពេលភ្លៀង") < html.index("ចម្លើយរបស់មន្ត្រី") < html.index("បាទ")
    assert html.count("បាទ") == 1


def test_a_commune_without_a_topic_has_a_board_all_the_same(client: Client, commune: Commune) -> None:
    html = page(client, f"/km/forum/boards/commune-{commune.code}/")
    assert commune.title in html
    assert Board.objects.count() == 0
    page(client, "/km/forum/boards/commune-999999/", 404)
    page(client, "/km/forum/boards/nothing/", 404)


def test_a_board_is_found_by_the_name_of_its_commune(client: Client) -> None:
    commune = CommuneFactory.create(name_km="អង្គតាសោម", name_en="Angk Ta Saom")
    for typed in ("អង្គតា", "angk ta", commune.code):
        assert f"commune-{commune.code}" in page(client, f"/km/forum/find/?place={typed}")
    assert "commune-" not in page(client, "/km/forum/find/?place=xyzzy")
    page(client, "/km/forum/find/")


def test_search_ignores_how_khmer_is_coded(client: Client, board: Board) -> None:
    topic = make_topic(board, title="ខេត្តកណ្តាល", source="អំពីផ្លូវ")
    other = make_topic(board, title="ផ្សេង", source="គ្មាន")
    for query in ("កណ្ដាល", "ផ្លូវ", "ខេត្ត ផ្លូវ"):
        html = page(client, f"/km/forum/search/?q={query}")
        assert (address_of(topic) in html, address_of(other) in html) == (True, False)
    assert address_of(topic) not in page(client, '/km/forum/search/?q="បាត់"')


def test_unanswered_questions_have_a_list(client: Client, question: Topic, clerk: User) -> None:
    answered = make_topic(question.board)
    make_reply(answered, by=clerk, as_answer=True)
    make_topic(question.board, kind=TopicKind.IDEA)
    html = page(client, f"/km/forum/boards/{question.board.slug}/?unanswered=1")
    assert [topic for topic in Topic.objects.all() if address_of(topic) in html] == [question]
    assert address_of(question) in page(client, "/km/forum/?unanswered=1")


def test_a_learner_asks_and_the_clerk_answers_officially(
    client: Client, commune: Commune, learner: User, clerk: User
) -> None:
    client.force_login(learner)
    new = f"/km/forum/boards/commune-{commune.code}/new/"
    assert "?kind=question" in page(client, new)
    sent = {"client_id": str(uuid.uuid4()), "kind": "question", "title": "ផ្លូវខូច", "source": "ពេលណាជួសជុល?"}
    topic_page = client.post(new, sent)
    topic = Topic.objects.get()
    assert (topic_page.status_code, topic_page["Location"]) == (302, address_of(topic))
    assert client.post(new, sent)["Location"] == address_of(topic)  # a double click
    assert f'data-draft-saved="board-commune-{commune.code}"' in page(client, address_of(topic))
    client.force_login(clerk)
    assert 'name="as_answer"' in page(client, address_of(topic))
    reply = {"client_id": str(uuid.uuid4()), "source": "ខែក្រោយ", "as_answer": "on"}
    answered = client.post(address_of(topic, "reply/"), reply)
    assert answered["Location"] == address_of(topic, "?post=2#p-2")
    assert client.post(address_of(topic, "reply/"), reply)["Location"] == address_of(topic, "?post=2#p-2")
    topic.refresh_from_db()
    assert (topic.post_count, topic.answer_id) == (2, Post.objects.get(number=2).pk)


def test_after_back_other_words_are_another_post(client: Client, question: Topic, stranger: User, at: str) -> None:
    """The browser brings the old form back with the old id: new words must not vanish."""
    client.force_login(stranger)
    client_id = str(uuid.uuid4())
    for source in ("មួយ", "ពីរ", "មួយ"):
        client.post(f"{at}reply/", {"client_id": client_id, "source": source})
    assert list(question.posts.order_by("number").values_list("source", flat=True))[1:] == ["មួយ", "ពីរ"]


def test_an_expired_session_keeps_the_reply(client: Client, question: Topic, stranger: User, at: str) -> None:
    response = client.post(f"{at}reply/", {"client_id": str(uuid.uuid4()), "source": "អត្ថបទវែង"})
    assert response["Location"].startswith("/km/accounts/login/?next=")
    assert "អត្ថបទវែង" not in page(client, at)
    assert client.login(username="stranger", password=PASSWORD)
    assert ">\nអត្ថបទវែង</textarea>" in page(client, at)
    assert "អត្ថបទវែង" not in page(client, at)
    assert question.posts.count() == 1


def test_a_text_that_cannot_be_kept_whole_says_so(client: Client, question: Topic, stranger: User) -> None:
    answer = client.post(f"/en/forum/topics/{question.public_id}/reply/", {"source": "ក" * 20_001}, follow=True)
    assert "Only its beginning was kept here." in answer.content.decode()
    client.force_login(stranger)
    assert "ក" * 20_000 + "</textarea>" in client.get(question.get_absolute_url()).content.decode()


def test_an_expired_session_keeps_the_new_topic(client: Client, board: Board, stranger: User) -> None:
    new = f"/km/forum/boards/{board.slug}/new/"
    away = client.post(new, {"kind": "idea", "title": "ចំណង", "source": "ខ្លឹម"})
    assert away["Location"].endswith(f"?next={new}%3Fkind%3Didea")
    assert client.login(username="stranger", password=PASSWORD)
    html = page(client, f"{new}?kind=idea")
    assert ('value="ចំណង"' in html, "ខ្លឹម</textarea>" in html) == (True, True)


def test_a_faulty_form_comes_back_with_its_words(client: Client, question: Topic, stranger: User, at: str) -> None:
    client.force_login(stranger)
    empty = client.post(f"{at}reply/", {"source": " \u200b "})
    assert (empty.status_code, question.posts.count()) == (422, 1)
    zalgo = client.post(f"/km/forum/boards/{question.board.slug}/new/", {"title": "ល្អ", "source": "Z" + "\u0300" * 20})
    assert zalgo.status_code == 422
    assert 'value="ល្អ"' in zalgo.content.decode()
    no_kind = client.post(
        f"/km/forum/boards/{question.board.slug}/new/", {"kind": "announcement", "title": "x", "source": "y"}
    )
    assert no_kind.status_code == 422


def test_a_child_reads_and_is_told_from_which_age(client: Client, question: Topic, at: str) -> None:
    client.force_login(UserFactory.create(birth_year=2015))
    assert 'name="source"' not in page(client, at)
    assert 'name="source"' not in page(client, f"/km/forum/boards/{question.board.slug}/new/")
    assert client.post(f"{at}reply/", {"source": "x"}).status_code == 403


def test_a_minor_is_shown_by_the_given_name_alone(client: Client, board: Board) -> None:
    minor = UserFactory.create(minor=True, family_name_km="កេរ្តិ៍", given_name_km="ពិសី")
    html = page(client, address_of(make_topic(board, by=minor)))
    assert ("ពិសី" in html, "កេរ្តិ៍" in html) == (True, False)


def test_editing_and_deleting_ones_own(client: Client, question: Topic, learner: User, at: str) -> None:
    client.force_login(learner)
    edited = client.post(f"{at}posts/1/edit/", {"source": "ពាក្យប្ដូរ"})
    assert edited["Location"] == f"{at}?post=1#p-1"
    assert "ពាក្យប្ដូរ" in page(client, at)
    assert client.post(f"{at}posts/1/edit/", {"source": ""}).status_code == 422
    page(client, f"{at}posts/1/edit/")
    page(client, f"{at}posts/1/delete/")
    client.post(f"{at}posts/1/delete/", {"reason": "ច្រឡំ"})
    html = page(client, at)
    assert ("ច្រឡំ" in html, "ពាក្យប្ដូរ" in html) == (True, False)
    page(client, f"{at}posts/1/edit/", 403)


def test_the_office_marks_and_unmarks(client: Client, question: Topic, clerk: User, at: str) -> None:
    make_reply(question, by=clerk)
    client.force_login(clerk)
    client.post(f"{at}posts/2/answer/")
    assert Topic.objects.get().answer is not None
    client.post(f"{at}posts/2/answer/", {"mark": "no"})
    assert Topic.objects.get().answer is None
    assert client.post(f"{at}posts/1/answer/").status_code == 403
    assert client.post(f"{at}posts/9/answer/").status_code == 404
    assert client.get(f"{at}posts/2/answer/").status_code == 405


def test_a_moderator_hides_and_shows(client: Client, question: Topic, judge: User, at: str) -> None:
    make_reply(question, source="ពាក្យអាក្រក់")
    client.force_login(judge)
    page(client, f"{at}posts/2/hide/")
    assert client.post(f"{at}posts/2/hide/", {"reason": "other"}).status_code == 422
    client.post(f"{at}posts/2/hide/", {"reason": "insult"})
    assert ModerationAction.objects.get().reason == HideReason.INSULT
    client.logout()
    html = page(client, at)
    assert ("ពាក្យអាក្រក់" in html, str(HideReason.INSULT.label) in html) == (False, True)
    client.force_login(judge)
    client.post(f"{at}posts/2/restore/")
    assert Post.objects.get(number=2).state == PostState.VISIBLE


@pytest.mark.parametrize("act", ["edit", "delete", "hide", "restore", "answer"])
def test_others_may_not(client: Client, question: Topic, stranger: User, at: str, act: str) -> None:
    client.force_login(stranger)
    assert client.post(f"{at}posts/1/{act}/", {"source": "x", "reason": "insult"}).status_code == 403
    client.logout()
    assert client.post(f"{at}posts/1/{act}/").status_code == 302


def test_a_hidden_topic_is_not_there(client: Client, question: Topic, judge: User, stranger: User, at: str) -> None:
    hide(question.posts.get(), by=judge, reason=HideReason.PARTY)
    for person in (None, stranger):
        if person:
            client.force_login(person)
        page(client, at, 404)
        page(client, f"{at}after/", 404)
        sent = client.post(f"{at}reply/", {"source": "x"})  # who is signed out signs in first, and keeps the words
        assert sent.status_code == (404 if person else 302)
        assert question.title not in page(client, "/km/forum/")
    client.force_login(judge)
    assert question.title in page(client, at)


def test_a_long_topic_has_pages(client: Client, question: Topic) -> None:
    for number in range(2, 46):
        make_reply(question, source=f"ខ-{number}-ខ")
    at = address_of(question)

    def numbers(html: str) -> list[int]:
        return [number for number in range(1, 46) if f'id="p-{number}"' in html]

    assert numbers(page(client, at)) == [1, *range(2, 22)]
    assert numbers(page(client, f"{at}?post=25")) == [1, *range(22, 42)]
    assert numbers(page(client, f"{at}?post=999999999999")) == [1, *range(42, 46)]
    assert numbers(page(client, f"{at}?post=-1")) == [1, *range(2, 22)]
    assert ('data-end="22"' in page(client, at), "data-end" in page(client, f"{at}?post=45")) == (True, False)


def test_unread_is_a_subtraction(client: Client, question: Topic, stranger: User, at: str) -> None:
    client.force_login(stranger)
    assert "tag sun" not in page(client, "/km/forum/")
    page(client, at)
    assert ReadMarker.objects.get(user=stranger).last_number == 1
    for _ in range(3):
        make_reply(question)
    assert "ថ្មី ៣" in page(client, "/km/forum/")
    client.get(f"{at}after/?after=1&seen=3")
    assert "ថ្មី ១" in page(client, "/km/forum/")
    page(client, at)
    assert "tag sun" not in page(client, "/km/forum/")


def test_what_came_after(client: Client, question: Topic, at: str) -> None:
    for number in range(70):
        make_reply(question, source=f"{number}")
    first = client.get(f"{at}after/?after=1").json()
    assert (first["seq"], first["more"], len(first["patches"])) == (61, True, 60)
    rest = client.get(f"{at}after/?after=61").json()
    assert (rest["seq"], rest["more"], [patch["number"] for patch in rest["patches"]]) == (
        71,
        False,
        list(range(62, 72)),
    )
    ahead = client.get(f"{at}after/?after=500").json()
    assert (ahead["seq"], ahead["patches"]) == (71, [])
    assert client.get(f"{at}after/?after=abc").json()["seq"] == 60


def test_the_page_names_its_socket(client: Client, question: Topic, at: str) -> None:
    response = client.get(at)
    assert f'data-socket="/ws/topics/{question.public_id}/"' in response.content.decode()
    assert "connect-src 'self' ws://testserver" in response["Content-Security-Policy"]


def test_where_nothing_carries_to_the_sockets_the_page_polls(client: Client, at: str, settings: Settings) -> None:
    settings.SOCKETS_SHARE_PROCESS = False
    assert 'data-socket=""' in page(client, at)


def test_a_course_has_its_board(client: Client) -> None:
    key = uuid.uuid4()
    page(client, f"/km/forum/courses/{key}/", 404)
    board = BoardFactory.create(of_course=True, course_key=key)
    assert client.get(f"/km/forum/courses/{key}/")["Location"] == f"/km/forum/boards/{board.slug}/"
