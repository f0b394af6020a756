"""The live room over its socket, and with many voices at once on both databases."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from asgiref.testing import ApplicationCommunicator
from django.db import connection
from django.utils import timezone

from accounts.models import Organisation, User
from config.routing import sockets
from participation.models import LiveRoom, Question
from participation.realtime import thing_of
from participation.services.room import asking, opening
from participation.services.room.moderating import Act, Decision, decide
from participation.services.room.voices import Voice
from tests.factories.participation import MeetingFactory
from tests.participation.race_room import one_room
from tests.races import count_rounds, run_on_sqlite_file
from ui.rooms.tokens import make_token

ROUNDS = 3


def make_room(office: Organisation, clerk: User) -> LiveRoom:
    begin = timezone.now() - timedelta(hours=1)
    meeting = MeetingFactory.create(office=office, starts_at=begin, ends_at=begin + timedelta(hours=3))
    return opening.open_room(meeting, by=clerk, takes_guests=True)


def sit(room: LiveRoom, token: str) -> ApplicationCommunicator:
    """A phone's end of the room's socket."""
    scope = {
        "type": "websocket",
        "path": f"/ws/meetings/{room.meeting.public_id}/",
        "query_string": f"token={token}".encode(),
        "headers": [(b"origin", b"http://testserver")],
        "subprotocols": [],
    }
    return ApplicationCommunicator(sockets, scope)


@pytest.mark.asyncio
@pytest.mark.django_db(transaction=True)
async def test_phones_hear_what_is_asked_and_shown(office: Organisation, clerk: User) -> None:
    room = await sync_to_async(make_room)(office, clerk)
    line = sit(room, make_token(thing_of(room.meeting), "km"))
    await line.send_input({"type": "websocket.connect"})
    assert (await line.receive_output(timeout=5))["type"] == "websocket.accept"

    async def hear() -> dict[str, Any]:
        heard: dict[str, Any] = json.loads((await line.receive_output(timeout=10))["text"])
        return heard

    assert (await hear())["type"] == "hello"

    @sync_to_async
    def ask() -> Question:
        return asking.ask(room, voice=Voice(guest="x" * 32), text="<script>alert(1)</script> ពេលណា?")

    question = await ask()
    message = await hear()
    first = message["patches"][0]
    assert (message["first"], first["number"], first["place"]) == (2, 1, "questions")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; ពេលណា?" in first["html"]
    await sync_to_async(decide)(question, Decision(Act.SHOW), by=clerk)
    later = await hear()
    assert later["first"] == message["seq"] + 1
    assert {patch.get("part") for patch in later["patches"]} == {None, "screen", "top"}
    await line.send_input({"type": "websocket.disconnect", "code": 1000})
    await line.wait(timeout=5)


@pytest.mark.asyncio
@pytest.mark.django_db(transaction=True)
async def test_a_topics_token_opens_no_meeting(office: Organisation, clerk: User) -> None:
    room = await sync_to_async(make_room)(office, clerk)
    for token in ("", make_token(f"topic:{room.meeting.public_id}", "km")):
        line = sit(room, token)
        await line.send_input({"type": "websocket.connect"})
        assert (await line.receive_output(timeout=5))["type"] == "websocket.close"


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_many_voices_on_postgresql() -> None:
    one_room(count_rounds(ROUNDS))


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="copies the test's own SQLite database to a file")
def test_many_voices_on_a_sqlite_file(tmp_path: Path) -> None:
    run_on_sqlite_file(tmp_path, one_room, count_rounds(ROUNDS))
