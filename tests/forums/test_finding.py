"""Finding posts by any phrase, among what the reader may read."""

import random
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Organisation, User
from forums.enums import HideReason, IdeaStatus, TopicKind
from forums.excerpts import UNIT, make_excerpt, to_plain
from forums.models import Board, Idea, Post, PostText, Topic
from forums.querysets import Reader
from forums.services import delete, edit, finding, hide, open_board_of_office, restore
from forums.services.finding import Query, find_posts, pick_trigrams
from places.khmer import normalise
from tests.factories.forums import make_reply, make_topic

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()
WORDS = "ទឹកក្នុងអណ្តូងនៅភូមិត្រពាំងធំ មិនស្អាតទេ រដូវប្រាំង។ Water 12 m"


def look(text: str, user: Reader = VISITOR, **more: object) -> list[tuple[str, int]]:
    found = find_posts(Query(text=text, **more), user=user)  # type: ignore[arg-type]
    return [(hit.post.topic.title, hit.post.number) for hit in found.hits]


@pytest.fixture(params=["newest", "trigrams"])
def step(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each of the two steps alone: what the first reads through must be found by the second as well."""
    if request.param == "trigrams":
        monkeypatch.setattr(finding, "NEWEST", 0)
    return str(request.param)


@pytest.mark.usefixtures("step")
def test_every_phrase_of_the_text_is_found(board: Board) -> None:
    topic = make_topic(board, title="អណ្ដូង", source="សួស្ដី")
    make_reply(topic, source=WORDS)
    make_topic(board, title="ផ្សេង", source="English only")
    text = normalise(WORDS)
    pieces = {text[start : start + size] for size in (1, 2, 3, 7, 20, len(text)) for start in range(len(text))}
    chance = random.Random(5)
    tried = chance.sample(sorted(piece for piece in pieces if piece == piece.strip() and piece), 60)
    missed = [piece for piece in [*tried, text] if ("អណ្ដូង", 2) not in look(f'"{piece}"')]
    assert missed == []
    assert ("អណ្ដូង", 1) in look("អណ្តូង"), "the title, written with the other code of the same look"
    assert look("រដូវវស្សា") == []


@pytest.mark.usefixtures("step")
def test_all_words_in_any_order_or_as_they_stand(board: Board) -> None:
    topic = make_topic(board, title="A", source="x")
    make_reply(topic, source=WORDS)
    assert look("ប្រាំង អណ្តូង") == [("A", 2)]
    assert look('"ប្រាំង អណ្តូង"') == []
    assert look("WATER 12") == look("water ១២") == [("A", 2)]
    for nothing in ("", "   ", '""', "\x00", "%", "_", "'", "\\", '"', "*", "a" * 500, "NEAR(", "AND", "-", "''\\'"):
        assert look(nothing) == []


def test_what_is_gone_is_not_found(board: Board, judge: User, learner: User) -> None:
    topic = make_topic(board, title="T", source="បឋម")
    post = make_reply(topic, by=learner, source="ក្រពើវិលមុខ")
    assert look("ក្រពើ") == [("T", 2)]
    hide(post, by=judge, reason=HideReason.SPAM)
    assert look("ក្រពើ") == look("ក្រពើ", judge) == []
    restore(post, by=judge)
    edit(post, by=learner, source="ដំរីវិលមុខ")
    assert (look("ក្រពើ"), look("ដំរី")) == ([], [("T", 2)])
    delete(post, by=learner)
    assert look("វិលមុខ") == []
    hide(topic.posts.get(number=1), by=judge, reason=HideReason.SPAM)
    make_topic(board, title="ផ្សេង", source="បឋម")
    assert look("បឋម") == [("ផ្សេង", 1)]
    assert not PostText.objects.filter(post=post).exists()


def test_nobody_finds_what_they_may_not_read(office: Organisation, clerk: User, learner: User, judge: User) -> None:
    talk = make_topic(open_board_of_office(office), by=clerk, title="ផ្ទៃក្នុង", source="ប្រាក់ខែ")
    assert [bool(look("ប្រាក់ខែ", user)) for user in (VISITOR, learner, clerk, judge)] == [False, False, True, True]
    assert talk.is_private


def test_filters_and_pages(board: Board, learner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "PAGE", 2)
    other = make_topic(Board.objects.create(kind="general", slug="g", title_km="g", title_en="g"), source="ភ្លៀង")
    topic = make_topic(board, kind=TopicKind.DISCUSSION, title="T", source="ភ្លៀងធ្លាក់")
    for number in range(4):
        make_reply(topic, source=f"ភ្លៀង {number}")
    found = find_posts(Query(text="ភ្លៀង"), user=VISITOR)
    seen = [hit.post.number for hit in found.hits]
    while found.before:
        found = find_posts(Query(text="ភ្លៀង", before=found.before), user=VISITOR)
        seen += [hit.post.number for hit in found.hits]
    assert seen == [5, 4, 3, 2, 1, 1]
    assert look("ភ្លៀង", board=other.board) == [(other.title, 1)]
    assert look("ភ្លៀង", kind="question") == look("ភ្លៀង", waits=True) == [(other.title, 1)]
    assert look("ភ្លៀង", kind="idea") == []


def test_the_page(client: Client, board: Board) -> None:
    topic = make_topic(board, title="ទឹកអណ្ដូង", source="<b>ទឹក</b> ល្អ & ថោក")
    page = client.get("/km/forum/search/", {"q": "ទឹក", "board": board.slug, "kind": "junk", "before": "x"})
    text = page.content.decode()
    assert "<mark>ទឹក</mark>អណ្ដូង" in text
    assert f"/km/forum/topics/{topic.public_id}/?post=1#p-1" in text
    assert "<b>ទឹក" not in text
    assert client.get("/km/forum/search/", {"q": "ទឹក", "board": "none"}).status_code == 200
    assert client.get("/km/forum/search/").status_code == 200


def test_searching_costs_the_same_with_more_rows(client: Client, board: Board, learner: User) -> None:
    client.force_login(learner)
    spent = []
    for _ in range(2):
        make_topic(board, replies=3, source="ភ្លៀង")
        client.get("/km/forum/search/?q=ភ្លៀង")
        with CaptureQueriesContext(connection) as queries:
            client.get("/km/forum/search/?q=ភ្លៀង")
        spent.append(len(queries))
    assert spent[0] == spent[1] <= 9


def test_excerpts_never_cut_a_stack() -> None:
    text = "ស្រ្តីក្នុងភូមិ" * 30 + "ពិសេស" + "ខ្ញុំស្រឡាញ់កម្ពុជា" * 30
    pieces = make_excerpt(text, [normalise("ពិសេស")])
    shown = "".join(piece.text for piece in pieces).strip(" …")
    assert [piece.text for piece in pieces if piece.is_hit] == ["ពិសេស"]
    assert shown in text
    assert set(UNIT.findall(shown)) <= set(UNIT.findall(text))
    half = make_excerpt("ក្រុមការងារ", ["្រ"])
    assert [piece.text for piece in half if piece.is_hit] == ["ក្រុ"]


def test_a_hit_is_marked_however_it_is_coded() -> None:
    assert [p.text for p in make_excerpt("នៅអណ្ដូង\u200bទឹក", [normalise("អណ្តូងទឹក")]) if p.is_hit] == ["អណ្ដូង\u200bទឹក"]
    assert make_excerpt("", ["ក"]) == []
    assert [(p.text, p.is_hit) for p in make_excerpt("A  b", ["a b"])] == [("A  b", True)]


def test_plain_words() -> None:
    assert to_plain("<p>ក<strong>ខ</strong></p><ul><li>x &amp; y</li></ul>") == "កខ\n\n\nx & y"
    assert pick_trigrams(["abcd", "xy"]) == ["abc", "bcd"]
    assert len(pick_trigrams(["".join(map(chr, range(0x1780, 0x17B0))) * 4])) <= finding.MOST_TRIGRAMS


def test_posts_know_their_board_after_a_move(board: Board) -> None:
    topic = make_topic(board, source="ក")
    assert PostText.objects.get().board == topic.board
    assert Post.objects.count() == Topic.objects.count() == 1


@pytest.mark.usefixtures("step")
def test_it_narrows_by_how_far_an_idea_is_and_by_time(client: Client, board: Board) -> None:
    said = {"source": "ចង្កៀងតាមផ្លូវ"}
    funded, fresh = (make_topic(board, kind=TopicKind.IDEA, title=title, **said) for title in ("បានថវិកា", "ថ្មី"))
    question = make_topic(board, title="សំណួរ", **said)
    Idea.objects.filter(topic=funded).update(status=IdeaStatus.FUNDED)
    Post.objects.filter(topic=fresh).update(created_at=timezone.now() - timedelta(days=40))
    assert look("ចង្កៀង", status=IdeaStatus.FUNDED) == [("បានថវិកា", 1)]
    assert look("ចង្កៀង", status=IdeaStatus.RECEIVED) == [("ថ្មី", 1)]
    assert look("ចង្កៀង", since=timezone.now() - timedelta(days=30)) == [("សំណួរ", 1), ("បានថវិកា", 1)]

    def see(**asked: str) -> set[str]:
        page = client.get("/km/forum/search/", {"q": "ចង្កៀង", **asked}).content.decode()
        return {topic.title for topic in (funded, fresh, question) if topic.get_absolute_url() in page}

    assert see(status="funded") == see(kind="idea", status="funded") == {"បានថវិកា"}
    assert see(kind="question", status="funded") == {"សំណួរ"}, "a state of ideas means nothing of questions"
    assert see(days="30") == {"បានថវិកា", "សំណួរ"}
    assert see(days="9", status="x") == {"បានថវិកា", "ថ្មី", "សំណួរ"}
