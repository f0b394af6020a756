"""A real Redis between processes, stopped and started again."""

import asyncio
import json
import uuid
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from pytest_django import Settings

from tests.forums.line import Line
from tests.servers import RedisServer
from ui.rooms import transport
from ui.rooms.presence import READING
from ui.rooms.sampling import sample
from ui.rooms.tokens import room_of

pytestmark = [pytest.mark.redis, pytest.mark.asyncio]


@pytest_asyncio.fixture
async def topic(redis_url: str, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[uuid.UUID]:
    """Pages and sockets in different processes: only Redis carries."""
    settings.REDIS_URL, settings.SOCKETS_SHARE_PROCESS = redis_url, False
    monkeypatch.setattr("ui.rooms.transport.LONGEST_PAUSE", 0.5)
    yield uuid.uuid4()
    await transport.stop_listening()


async def join(topic: uuid.UUID) -> Line:
    line = Line(topic)
    assert await line.connect()
    return line


async def test_messages_pass_through_redis_in_order(topic: uuid.UUID) -> None:
    lines = [await join(topic), await join(topic)]
    assert [await line.hear() for line in lines] == [{"type": "hello", "deaf": False, "reading": 0}] * 2
    for number in range(10):
        await asyncio.to_thread(
            transport.publish, room_of(f"topic:{topic}", "km"), json.dumps({"seq": number, "ក": "ខ"})
        )
    await asyncio.to_thread(transport.publish, room_of(f"topic:{uuid.uuid4()}", "km"), "{}")
    for line in lines:
        assert [(await line.hear())["seq"] for _ in range(10)] == list(range(10))
        assert await line.hears_nothing()
        await line.hang_up()


async def test_a_redis_restart_makes_pages_poll_and_look_again(topic: uuid.UUID, redis_server: RedisServer) -> None:
    line = await join(topic)
    await line.hear()
    await asyncio.to_thread(redis_server.stop)
    assert await line.hear() == {"type": "deaf"}
    await asyncio.to_thread(transport.publish, room_of(f"topic:{topic}", "km"), '{"type":"lost"}')  # must not raise
    late = await join(topic)
    messages = [await late.hear()]
    await asyncio.to_thread(redis_server.start)
    while {"type": "resync"} not in messages:
        messages.append(await late.hear())
    assert messages[0]["type"] in {"hello", "lost"}
    while await line.hear() != {"type": "resync"}:
        pass
    await asyncio.to_thread(transport.publish, room_of(f"topic:{topic}", "km"), '{"type":"after"}')
    assert [await line.hear(), await late.hear()] == [{"type": "after"}] * 2
    await line.hang_up()
    await late.hang_up()


async def test_readers_of_other_processes_are_counted(topic: uuid.UUID, redis_url: str) -> None:
    line = await join(topic)
    await line.hear()
    said = json.dumps(["elsewhere", {f"topic:{topic}": 11, "topic:other": 3}])
    await asyncio.to_thread(transport._publisher(redis_url).publish, transport.COUNTS, said)
    while "elsewhere" not in READING._others:
        await asyncio.sleep(0.01)
    await sample()
    assert await line.hear() == {"type": "reading", "count": 12}
    await sample()
    assert await line.hears_nothing()
    await line.hang_up()


async def test_without_redis_at_the_start_a_socket_is_greeted_as_deaf(
    topic: uuid.UUID, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    monkeypatch.setattr("ui.rooms.transport.FIRST_WAIT", 0.2)
    line = await join(topic)
    assert await line.hear() == {"type": "hello", "deaf": True, "reading": 0}
    await line.hang_up()


async def test_pages_of_several_processes_without_redis_poll(settings: Settings) -> None:
    settings.REDIS_URL, settings.SOCKETS_SHARE_PROCESS = None, False
    assert transport.is_carried() is False
    assert await transport.start_listening() is False
