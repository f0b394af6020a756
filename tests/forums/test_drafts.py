"""Drafts on the server: one for each place, numbered, never overwritten unseen."""

import pytest
from django.http import Http404
from django.test import Client

from accounts.models import User
from accounts.services.leaving import collect_export, delete_account
from forums.enums import HideReason
from forums.errors import DraftClashError
from forums.models import Board, Draft, Topic
from forums.services import hide
from forums.services.drafts import MOST, Words, list_drafts, save_draft
from places.models import Commune
from tests.factories.forums import make_reply, make_topic

SAVE = "/km/forum/drafts/save/"


@pytest.fixture
def key(question: Topic) -> str:
    return f"topic-{question.public_id}"


def test_each_saving_goes_on_from_the_one_before(key: str, stranger: User) -> None:
    first = save_draft(key, Words("មួយ"), by=stranger, version=0)
    again = save_draft(key, Words("មួយ"), by=stranger, version=0)
    assert first == again
    second = save_draft(key, Words("ពីរ"), by=stranger, version=1)
    assert second is not None
    assert (second.pk, second.version) == (Draft.objects.get().pk, 2)
    with pytest.raises(DraftClashError) as clash:
        save_draft(key, Words("បី"), by=stranger, version=1)
    assert clash.value.draft.source == "ពីរ"
    assert save_draft(key, Words(" "), by=stranger, version=2) is None
    with pytest.raises(DraftClashError):
        save_draft(key, Words("យឺត"), by=stranger, version=2)
    assert not Draft.objects.exists()


def test_a_draft_has_a_place_where_its_author_may_write(
    question: Topic, key: str, stranger: User, judge: User, commune: Commune
) -> None:
    foreign = f"edit-{question.posts.get().pk}"
    for wrong in ("", "topic-1", "edit-x", "edit-99999999999999999999", "board-none", "what-1", foreign):
        with pytest.raises(Http404):
            save_draft(wrong, Words("x"), by=stranger)
    hide(question.posts.get(), by=judge, reason=HideReason.SPAM)
    with pytest.raises(Http404):
        save_draft(key, Words("x"), by=stranger)
    row = save_draft(f"board-commune-{commune.code}", Words("x", "ចំណង"), by=stranger)
    assert row is not None
    assert row.get_absolute_url() == f"/km/forum/boards/commune-{commune.code}/new/"


def test_another_phone_goes_on(client: Client, question: Topic, key: str, stranger: User) -> None:
    at = f"/km/forum/topics/{question.public_id}/"
    data = {"key": key, "source": "ពាក់កណ្ដាល", "saving": "0"}
    assert client.post(SAVE, data).status_code == 401
    client.force_login(stranger)
    assert client.post(SAVE, data).json() == {"saving": 1}
    page = client.get(at).content.decode()
    assert ('data-saving="1"' in page, "ពាក់កណ្ដាល</textarea>" in page) == (True, True)
    clash = client.post(SAVE, {**data, "source": "ផ្សេង"})
    assert (clash.status_code, clash.json()) == (409, {"saving": 1, "source": "ពាក់កណ្ដាល", "title": ""})
    assert "ពាក់កណ្ដាល" in client.get("/km/forum/drafts/").content.decode()
    quoted = client.get(f"{at}?quote=1").content.decode().split("<textarea")[1].split("</textarea>")[0]
    assert quoted.index("ពាក់កណ្ដាល") < quoted.rindex("&gt; ពេលភ្លៀង")
    assert client.post(f"{at}reply/", {"source": "ពេញ"}).status_code == 302
    assert not Draft.objects.exists()
    late = client.post(SAVE, {**data, "saving": "1"})
    assert (late.status_code, late.json()) == (409, {"saving": 0})
    assert client.post(SAVE, {"key": "topic-x", "source": "x"}).status_code == 404


def test_a_form_without_scripts_keeps_words_too(client: Client, board: Board, question: Topic, stranger: User) -> None:
    client.force_login(stranger)
    new = f"/km/forum/boards/{board.slug}/new/"
    assert client.post(new, {"title": "ផ្លូវ", "source": "", "keep": "1"})["Location"] == "/km/forum/drafts/"
    html = client.get("/km/forum/drafts/").content.decode()
    assert f'data-draft-saved="board-{board.slug}"' in html
    assert "ផ្លូវ" in client.get(new).content.decode()
    assert 'value="ផ្លូវ"' in client.get(f"{new}?kind=idea").content.decode()
    post = make_reply(question, by=stranger, source="ចាស់")
    edit = f"/km/forum/topics/{question.public_id}/posts/2/edit/"
    client.post(edit, {"source": "ថ្មី", "version": "1", "keep": "1"})
    assert "ថ្មី</textarea>" in client.get(edit).content.decode()
    client.post(edit, {"source": "ថ្មី", "version": "1"})
    assert [row.key for row in Draft.objects.all()] == [f"board-{board.slug}"]
    post.refresh_from_db()
    assert post.source == "ថ្មី"
    row = Draft.objects.get()
    client.post(f"/km/forum/drafts/{row.pk}/drop/")
    assert not Draft.objects.exists()


def test_nobody_else_sees_or_drops_it(client: Client, key: str, stranger: User, learner: User) -> None:
    row = save_draft(key, Words("សម្ងាត់"), by=stranger)
    assert row is not None
    client.force_login(learner)
    assert "សម្ងាត់" not in client.get("/km/forum/drafts/").content.decode()
    assert client.post(f"/km/forum/drafts/{row.pk}/drop/").status_code == 404
    assert [one["text"] for one in collect_export(stranger)["parts"]["forum_drafts"]] == ["សម្ងាត់"]
    delete_account(stranger)
    assert not Draft.objects.exists()


def test_the_oldest_makes_room(board: Board, stranger: User) -> None:
    topics = [make_topic(board) for _ in range(2)]
    Draft.objects.bulk_create(
        Draft(user=stranger, key=f"board-{n}", source=str(n), updated_at=topics[0].created_at) for n in range(MOST)
    )
    save_draft(f"topic-{topics[1].public_id}", Words("ថ្មី"), by=stranger)
    assert Draft.objects.count() == MOST
    assert list_drafts(stranger).filter(source="ថ្មី").exists()
