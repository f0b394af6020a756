"""A plain request in place of a socket: it waits in the room, and ends when something happens there."""

import asyncio
import json
import uuid
from collections.abc import Iterator

import pytest
from asgiref.testing import ApplicationCommunicator

from config.routing import waiting
from ui.rooms import transport
from ui.rooms import waiting as waiting_room
from ui.rooms.hub import BEAT, HUB
from ui.rooms.tokens import make_token, room_of

pytestmark = pytest.mark.asyncio

TOPIC = uuid.uuid4()
THING = f"topic:{TOPIC}"


class Request(ApplicationCommunicator):
    """One GET (or another method) at the address of a topic's socket."""

    def __init__(self, token: str, *, path: str = f"/ws/topics/{TOPIC}/", method: str = "GET") -> None:
        super().__init__(
            waiting, {"type": "http", "method": method, "path": path, "query_string": f"token={token}".encode()}
        )

    async def ask(self) -> int:
        """The status, as soon as the head is there."""
        await self.send_input({"type": "http.request"})
        status: int = (await self.receive_output(timeout=5))["status"]
        await self.receive_output(timeout=5)  # the byte that brings the head through
        return status

    async def is_waiting(self) -> bool:
        still: bool = await self.receive_nothing(timeout=0.1)
        return still

    async def end(self) -> None:
        """The rest of the body, which is empty."""
        assert await self.receive_output(timeout=5) == {"type": "http.response.body", "body": b""}
        await self.wait(timeout=5)


@pytest.fixture(autouse=True)
def empty_hub() -> Iterator[None]:
    yield
    assert HUB.rooms == {}


async def test_it_ends_when_something_happens_and_not_by_a_beat() -> None:
    request = Request(make_token(THING, "km"))
    assert await request.ask() == 200
    HUB.deliver(room_of(THING, "km"), BEAT)
    HUB.deliver(room_of(THING, "km"), json.dumps({"type": "reading", "count": 12}))
    HUB.deliver(room_of(THING, "en"), json.dumps({"type": "patch"}))
    assert await request.is_waiting()
    HUB.deliver(room_of(THING, "km"), json.dumps({"type": "patch"}))
    await request.end()


async def test_it_ends_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting_room, "SECONDS", 0.05)
    request = Request(make_token(THING, "km"))
    assert await request.ask() == 200
    await request.end()


async def test_a_page_that_hangs_up_leaves_the_room() -> None:
    request = Request(make_token(THING, "km"))
    assert await request.ask() == 200
    assert HUB.count(room_of(THING, "km")) == 1
    await request.send_input({"type": "http.disconnect"})
    async with asyncio.timeout(5):
        while HUB.rooms:
            await asyncio.sleep(0.01)
    await request.wait(timeout=5)


@pytest.mark.parametrize("token", ["", "junk", make_token(f"topic:{uuid.uuid4()}", "km"), make_token(THING, "xx")])
async def test_without_the_right_nobody_waits(token: str) -> None:
    request = Request(token)
    assert await request.ask() == 403
    assert HUB.rooms == {}
    await request.end()


async def test_it_only_reads() -> None:
    request = Request(make_token(THING, "km"), method="POST")
    assert await request.ask() == 403
    await request.end()


async def test_a_deaf_process_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    async def hears_nothing() -> bool:
        return False

    monkeypatch.setattr(transport, "start_listening", hears_nothing)
    request = Request(make_token(THING, "km"))
    assert await request.ask() == 503
    await request.end()


async def test_other_addresses_are_no_pages() -> None:
    request = Request("", path="/km/forum/")
    await request.send_input({"type": "http.request"})
    assert (await request.receive_output(timeout=5))["status"] == 404
