"""The socket edge, as a phone meets it."""

import uuid
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from asgiref.sync import sync_to_async
from django.core import signing
from django.db import transaction
from django.test import AsyncClient

from accounts.models import Organisation, User
from forums.enums import HideReason
from forums.models import Board, Topic
from forums.realtime import thing_of
from forums.services import hide, mark_answer, open_board_of_office, reply
from forums.services.rearranging import move_topic
from tests.factories.forums import make_topic
from tests.forums.line import Line
from ui.rooms.hub import HUB
from ui.rooms.tokens import SALT, find_claim, make_token

pytestmark = [pytest.mark.asyncio, pytest.mark.django_db(transaction=True)]


@pytest_asyncio.fixture
async def line(question: Topic) -> AsyncIterator[Line]:
    """A reader of the question, in Khmer, who has been greeted."""
    line = Line(question.public_id)
    assert await line.connect()
    assert await line.hear() == {"type": "hello", "deaf": False, "reading": 0}
    yield line
    await line.hang_up()


async def test_a_reply_reaches_the_open_page(line: Line, question: Topic, stranger: User) -> None:
    await sync_to_async(reply)(question, by=stranger, source="**អរគុណ**")
    message = await line.hear()
    patch = message["patches"].pop()
    assert message == {"type": "patch", "first": 2, "seq": 2, "replies": 1, "patches": []}
    assert (patch["number"], patch["place"]) == (2, "replies")
    assert "<strong>អរគុណ</strong>" in patch["html"]
    assert 'id="p-2"' in patch["html"]


async def test_the_official_answer_moves_up(line: Line, question: Topic, clerk: User) -> None:
    first = await sync_to_async(reply)(question, by=clerk, source="មួយ", as_answer=True)
    message = await line.hear()
    assert (message["first"], message["seq"]) == (2, 4)
    post, head = message["patches"]
    assert (post["number"], post["place"]) == (2, "answer")
    assert (head["part"], "hourglass" in head["html"]) == ("head", False)
    second = await sync_to_async(reply)(question, by=clerk, source="ពីរ")
    await line.hear()
    await sync_to_async(mark_answer)(second, by=clerk)
    places = {patch["number"]: patch["place"] for patch in (await line.hear())["patches"]}
    assert places == {first.number: "replies", second.number: "answer"}


async def test_each_language_has_its_words(question: Topic, stranger: User) -> None:
    lines = {language: Line(question.public_id, language=language) for language in ("km", "en")}
    heard = {}
    for line in lines.values():
        await line.connect()
        await line.hear()
    await sync_to_async(reply)(question, by=stranger, source="ok")
    for language, line in lines.items():
        heard[language] = (await line.hear())["patches"][0]["html"]
        await line.hang_up()
    assert (stranger.family_name_km in heard["km"], stranger.family_name_latin in heard["en"]) == (True, True)
    assert (stranger.family_name_km in heard["en"], stranger.family_name_latin in heard["km"]) == (False, False)


async def test_without_a_right_token_no_socket(question: Topic) -> None:
    other = make_token(f"topic:{uuid.uuid4()}", "km")
    forged = make_token(thing_of(question), "km")[:-2] + "xx"
    wrong_salt = signing.dumps([thing_of(question), "km"], salt="else")
    french = make_token(thing_of(question), "fr")
    for token in ("", "nonsense", other, forged, wrong_salt, french):
        line = Line(question.public_id, token)
        assert await line.connect() is False
    assert HUB.rooms == {}


async def test_a_page_of_another_site_gets_no_socket(question: Topic) -> None:
    line = Line(question.public_id, origin="https://evil.example")
    assert await line.connect() is False


async def test_an_old_token_is_no_token(question: Topic, monkeypatch: pytest.MonkeyPatch) -> None:
    token = make_token(thing_of(question), "km")
    claim = find_claim(token)
    assert claim is not None
    assert (claim.thing, claim.language) == (thing_of(question), "km")
    monkeypatch.setattr("ui.rooms.tokens.MAX_AGE", -1)
    assert find_claim(token) is None
    assert find_claim(signing.dumps("no list", salt=SALT)) is None


async def test_a_reader_of_one_topic_hears_nothing_of_another(line: Line, board: Board, stranger: User) -> None:
    other = await sync_to_async(make_topic)(board)
    await sync_to_async(reply)(other, by=stranger, source="ឆ្ងាយ")
    assert await line.hears_nothing()


async def test_when_a_topic_is_hidden_its_readers_get_neither_fragment_nor_backfill(
    line: Line, question: Topic, judge: User, stranger: User, async_client: AsyncClient
) -> None:
    await sync_to_async(reply)(question, by=stranger, source="មុនលាក់")
    assert (await line.hear())["seq"] == 2
    first = await question.posts.aget(number=1)
    await sync_to_async(hide)(first, by=judge, reason=HideReason.PERSONAL_DATA)
    assert await line.hear() == {"type": "gone"}
    assert (await line.receive_output(timeout=3)) == {"type": "websocket.close", "code": 4404}
    backfill = await async_client.get(f"/km/forum/topics/{question.public_id}/after/?after=0")
    assert backfill.status_code == 404
    await async_client.aforce_login(judge)
    assert (await async_client.get(f"/km/forum/topics/{question.public_id}/after/?after=0")).status_code == 200


async def test_a_token_of_a_public_topic_hears_nothing_once_it_is_private(
    line: Line, question: Topic, office: Organisation, judge: User, clerk: User
) -> None:
    token, before = make_token(thing_of(question), "km"), thing_of(question)
    hall = await sync_to_async(open_board_of_office)(office)
    moved = await sync_to_async(move_topic)(question, by=judge, board=hall, reason="ផ្ទៃក្នុង")
    assert thing_of(moved) != before
    assert await line.hear() == {"type": "gone"}
    old, new = Line(question.public_id, token), Line(question.public_id, make_token(thing_of(moved), "km"))
    for each in (old, new):
        assert await each.connect()
        assert (await each.hear())["type"] == "hello"
    await sync_to_async(reply)(moved, by=clerk, source="សម្រាប់យើង")
    assert (await new.hear())["type"] == "patch"
    assert await old.hears_nothing()
    for each in (old, new):
        await each.hang_up()


async def test_a_write_that_is_rolled_back_is_never_heard(line: Line, question: Topic, stranger: User) -> None:
    @sync_to_async
    def write_and_fail() -> None:
        with transaction.atomic():
            reply(question, by=stranger, source="x")
            transaction.set_rollback(True)

    await write_and_fail()
    assert await line.hears_nothing()


async def test_what_readers_send_is_ignored(line: Line, question: Topic, stranger: User) -> None:
    await line.say(text='{"type": "patch"}')
    await line.say(bytes=b"\x00" * 1000)
    await sync_to_async(reply)(question, by=stranger, source="នៅតែដំណើរការ")
    assert (await line.hear())["type"] == "patch"
