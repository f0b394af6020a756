"""Where sockets do not get through (an old proxy, a strict network), a plain GET at a socket's own address waits.

The head of the answer comes as soon as its bearer sits in the room, so that the page can close its gap; the body ends
when something happens there, or after some seconds. What happened is not in it: pages fetch that from their own
address, as they do after every gap. Like the sockets this asks no database.
"""

import asyncio
import json
import random
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from ui.rooms import transport
from ui.rooms.consumers import find_right
from ui.rooms.hub import HUB, Seat
from ui.rooms.sampling import start_sampling
from ui.rooms.tokens import room_of

SECONDS = 25.0  # under the half minute after which proxies give a quiet request up
TRIVIA = {"beat", "reading"}  # nothing that a page would fetch

Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]


class WaitingRoom:
    """An ASGI application: `GET /ws/<…>/<uuid>/?token=…`. 403 for a bad token, 503 while this process hears nothing
    from the pages' (asking now and then is all that helps).
    """

    def __init__(self, kind: str) -> None:
        self.kind = kind

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        claim = find_right(scope, self.kind) if scope["method"] == "GET" else None
        if claim is None:
            await begin(send, 403)
            await finish(send)
            return
        room, happened = room_of(claim.thing, claim.language), asyncio.Event()

        async def hear(text: str) -> None:
            if json.loads(text)["type"] not in TRIVIA:
                happened.set()

        async def leave(code: int) -> None:
            happened.set()

        seat = Seat(hear, leave, until=time.monotonic() + claim.seconds)
        HUB.join(room, seat)
        try:
            start_sampling()
            if await transport.start_listening():
                await begin(send, 200)
                await wait_for_one(happened, receive)
            else:
                await begin(send, 503)
        finally:
            HUB.leave(room, seat)
        await finish(send)


async def wait_for_one(happened: asyncio.Event, receive: Receive) -> None:
    """Until it happens, its page hangs up, or the time is over (a little apart, so that not all come back at once)."""
    tasks = [asyncio.ensure_future(happened.wait()), asyncio.ensure_future(hang_up(receive))]
    await asyncio.wait(tasks, timeout=SECONDS * random.uniform(0.8, 1), return_when=asyncio.FIRST_COMPLETED)  # noqa: S311
    for task in tasks:
        task.cancel()


async def hang_up(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def begin(send: Send, status: int) -> None:
    """The head, and a byte of the body so that no server keeps the head back."""
    headers = [(b"content-type", b"text/plain"), (b"cache-control", b"no-store"), (b"x-accel-buffering", b"no")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"\n", "more_body": True})


async def finish(send: Send) -> None:
    await send({"type": "http.response.body", "body": b""})
