"""Between processes: nothing to do in one, one Redis subscription each in several.

`publish` never raises and never waits long: the row is committed, and a reader who misses the hint fills the gap over
HTTP. While the subscription is down the sockets are told they are deaf, so that pages poll; when it is back they are
told to look again.
"""

import asyncio
import contextlib
import json
import logging
import os
import random
import time
import uuid
from functools import cache

import redis
import redis.asyncio
from django.conf import settings

from ui.rooms.hub import HUB, Hub
from ui.rooms.presence import READING

logger = logging.getLogger(__name__)

CHANNEL = "chuoykhum:rooms"
COUNTS = "chuoykhum:reading"  # how many sockets each process has in each room
MACHINE = uuid.uuid4().hex
DEAF = '{"type":"deaf"}'
RESYNC = '{"type":"resync"}'
QUIET_SECONDS = 15  # without a message for so long, ask Redis whether it is there
FIRST_PAUSE, LONGEST_PAUSE = 0.25, 15.0
FIRST_WAIT = 2.0  # a joining socket waits this long for the subscription before it is called deaf


def is_carried() -> bool:
    """Whether what a page's request publishes reaches the sockets at all. Where not, pages poll."""
    return bool(settings.REDIS_URL) or settings.SOCKETS_SHARE_PROCESS


def publish(room: str, text: str, *, closing: bool = False) -> None:
    """Hand a text to everyone in the room, in whatever process their sockets are. From any thread."""
    if settings.REDIS_URL:
        try:
            _publisher(settings.REDIS_URL).publish(CHANNEL, json.dumps([room, text, closing], ensure_ascii=False))
        except redis.RedisError as error:
            logger.warning("Redis did not take a message (%s); readers will see it at their next poll.", error)
        else:
            return
    HUB.hand_over(room, text, closing=closing)


def publish_counts(counts: dict[str, int]) -> None:
    """Tell the other processes how many sockets this one has. A number that is lost comes again with the next."""
    if settings.REDIS_URL:
        with contextlib.suppress(redis.RedisError):
            _publisher(settings.REDIS_URL).publish(COUNTS, json.dumps([_own_name(), counts]))


def _own_name() -> str:
    """Of this process among all; a forked one has another."""
    return f"{MACHINE}:{os.getpid()}"


@cache
def _publisher(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=1)


class Listener:
    """This process's one subscription, kept alive for as long as its event loop runs."""

    def __init__(self, url: str, hub: Hub) -> None:
        self.url, self.hub = url, hub
        self.hears = False
        self._first = asyncio.Event()
        self.task = asyncio.get_running_loop().create_task(self._run())

    async def wait_until_it_hears(self, seconds: float = FIRST_WAIT) -> bool:
        """True once subscribed; False when Redis has not answered in time (the attempts go on)."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._first.wait()
        return self.hears

    async def stop(self) -> None:
        self.task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self.task

    async def _run(self) -> None:
        pause = FIRST_PAUSE
        while True:
            try:
                await self._listen()
            except (redis.RedisError, OSError, TimeoutError) as error:
                is_news = self.hears or pause == FIRST_PAUSE
                level = logging.WARNING if is_news else logging.DEBUG  # once for each breakdown
                logger.log(level, "The Redis subscription broke (%s); trying again.", error)
            if self.hears:
                self.hears, pause = False, FIRST_PAUSE
                self.hub.deliver_everywhere(DEAF)
            await asyncio.sleep(pause * random.uniform(0.5, 1))  # noqa: S311  (spreads processes, hides nothing)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _listen(self) -> None:
        """Subscribe and pass on messages until the connection breaks."""
        # No read timeout: a quiet channel is not a broken one. The ping below finds the broken ones.
        client = redis.asyncio.Redis.from_url(self.url, socket_timeout=None, socket_connect_timeout=5)
        async with client, client.pubsub() as subscription:
            await subscription.subscribe(COUNTS, CHANNEL)
            heard_at, asked = time.monotonic(), False
            while True:
                message = await subscription.get_message(timeout=QUIET_SECONDS)
                if message is None:
                    if asked and time.monotonic() - heard_at > 2 * QUIET_SECONDS:
                        raise redis.ConnectionError("Redis no longer answers")
                    await subscription.ping()
                    asked = True
                    continue
                heard_at, asked = time.monotonic(), False
                self._take(message)

    def _take(self, message: dict[str, object]) -> None:
        channel, kind = message["channel"], message["type"]
        if kind == "subscribe" and channel == CHANNEL.encode():
            was_heard_before = self._first.is_set()
            self.hears = True
            self._first.set()
            if was_heard_before:
                self.hub.deliver_everywhere(RESYNC)
        elif kind == "message":
            said = json.loads(str(message["data"], "utf-8"))  # type: ignore[call-overload]
            if channel == CHANNEL.encode():
                room, text, closing = said
                self.hub.deliver(room, text, closing=closing)
            elif said[0] != _own_name():
                READING.take(*said)


_listeners: dict[str, Listener] = {}


async def start_listening() -> bool:
    """Whether messages reach this process's sockets; starts the subscription with the first socket."""
    if not settings.REDIS_URL:
        return settings.SOCKETS_SHARE_PROCESS
    listener = _listeners.get(settings.REDIS_URL)
    if listener is None or listener.task.done() or listener.task.get_loop() is not asyncio.get_running_loop():
        listener = _listeners[settings.REDIS_URL] = Listener(settings.REDIS_URL, HUB)
    return await listener.wait_until_it_hears()


async def stop_listening() -> None:
    """End the subscription of this loop."""
    listener = _listeners.pop(settings.REDIS_URL or "", None)
    if listener is not None:
        await listener.stop()
