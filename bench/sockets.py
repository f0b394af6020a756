"""What a room of many sockets costs: memory, one message to everybody, the same by Channels' own groups, idle minutes.

The first server is production's own sockets program (`manage.py serve` starts it so) with a real Redis before it; the
second differs in one thing: its consumers are Channels' own, in a group of the Redis pub/sub layer. Messages are
published as a page's request publishes them and timed from before the publishing to the arrival at each socket, so
the clients' own work on the same machine is in the figures. Two clients on loopback, each message in Khmer, 1 KB.
Run by hand from the project's folder, on an otherwise idle machine, where redis-server and channels_redis are:
`ulimit -n 20000; python bench/sockets.py [sockets] [messages] [idle seconds]`.
"""

import asyncio
import base64
import gc
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site"), str(ROOT / "bench")]

from tests.home.production import environment
from tests.servers import RedisServer, answers, free_port, wait_until

AT_ONCE = 100  # handshakes under way
GROUP = "bench"
TEXT = json.dumps({"type": "patch", "first": 2, "seq": 2, "patches": [{"html": "ខ្មែរ " * 150}]}, ensure_ascii=False)


class Phone(asyncio.Protocol):
    """One socket of the simplest kind: counts whole text frames and says when the last one came."""

    def __init__(self, request: bytes, on_text: Callable[[], None]) -> None:
        self.request, self.on_text = request, on_text
        self.is_up: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self.buffer = b""
        self.is_lost = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: Any = transport
        self.transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if not self.is_up.done():
            if b"\r\n\r\n" not in self.buffer:
                return
            head, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
            self.is_up.set_result(b" 101 " in head[:20])
        while len(self.buffer) >= 2:
            length, start = self.buffer[1] & 127, 2
            if length == 126:
                length, start = int.from_bytes(self.buffer[2:4], "big"), 4
            if len(self.buffer) < start + length:
                return
            kind, body = self.buffer[0] & 15, self.buffer[start : start + length]
            self.buffer = self.buffer[start + length :]
            if kind == 9:
                self.transport.write(bytes([0x8A, 0x80 | length]) + bytes(4) + body)
            elif kind == 1 and length > 500:
                self.on_text()

    def connection_lost(self, error: Exception | None) -> None:
        self.is_lost = True
        if not self.is_up.done():
            self.is_up.set_result(False)


class Crowd:
    """All sockets of the run, and when each text reached each of them."""

    def __init__(self) -> None:
        self.phones: list[Phone] = []
        self.arrived: list[float] = []

    async def gather(self, port: int, path: str, count: int) -> float:
        """Seconds until everybody is seated."""
        began, turn = time.perf_counter(), asyncio.Semaphore(AT_ONCE)
        request = (
            f"GET {path} HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nConnection: Upgrade\r\n"
            "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}\r\n\r\n"
        ).encode()

        async def come() -> None:
            async with turn:
                loop = asyncio.get_running_loop()
                _, phone = await loop.create_connection(lambda: Phone(request, self.hear), "127.0.0.1", port)
                assert await phone.is_up, "a handshake was refused"
                self.phones.append(phone)

        await asyncio.gather(*(come() for _ in range(count)))
        return time.perf_counter() - began

    def hear(self) -> None:
        self.arrived.append(time.perf_counter())

    async def hear_one(self, publish: Callable[[], Any]) -> list[float]:
        """Seconds to each socket; waits a minute for the last."""
        self.arrived.clear()
        began = time.perf_counter()
        await asyncio.to_thread(publish)
        while len(self.arrived) < len(self.phones) and time.perf_counter() - began < 60:
            await asyncio.sleep(0.005)
        return [moment - began for moment in self.arrived]

    @property
    def lost(self) -> int:
        return sum(phone.is_lost for phone in self.phones)


def start(application: str, folder: Path, redis: RedisServer) -> tuple[subprocess.Popen[bytes], int]:
    """The sockets program with production's own options."""
    from home.operations.serve_many import Plan

    port = free_port()
    command = [*Plan("127.0.0.1", 0, 1, port, 1).sockets()[:-1], application]
    ours = {"DJANGO_SETTINGS_MODULE": "config.settings.production", "PYTHONPATH": os.pathsep.join(sys.path)}
    settings = environment(folder, REDIS_URL=redis.url, **ours)
    process = subprocess.Popen(command, cwd=ROOT, env=settings)
    wait_until(lambda: answers(port), seconds=60, what="the server's start")
    return process, port


def weigh(process: subprocess.Popen[bytes]) -> float:
    """MiB of memory that the process holds."""
    lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


async def measure(name: str, application: str, path: str, publish: Callable[[], Any], options: Any) -> float:
    """Print what `application` needs for the crowd; returns the median seconds to the last socket."""
    count, messages, idle, folder, redis = options
    process, port = start(application, folder, redis)
    crowd = Crowd()
    empty = weigh(process)
    try:
        seconds = await crowd.gather(port, path, count)
        await asyncio.sleep(3)
        print(f"{name}: {count} sockets in {seconds:.1f} s, {weigh(process):.0f} MiB ({empty:.0f} MiB without)")
        times, lasts = [], []
        for _ in range(messages):
            spent = await crowd.hear_one(publish)
            times += spent
            lasts.append(max(spent, default=60))
            await asyncio.sleep(0.5)
        p99 = statistics.quantiles(times, n=100)[98]
        missing = messages * count - len(times)
        print(f"  one message to all, {messages} times: median {statistics.median(times):.3f} s, p99 {p99:.3f} s,")
        print(f"  last socket {statistics.median(lasts):.3f} s; {missing} lost; {weigh(process):.0f} MiB afterwards")
        if idle:
            await asyncio.sleep(idle)
            late = await crowd.hear_one(publish)
            print(f"  {idle} s idle: {crowd.lost} sockets lost, then {len(late)} of {count} heard one message")
        return statistics.median(lasts)
    finally:
        process.terminate()
        process.wait(20)


def make_group_application() -> Any:
    """Channels' own way: each socket in a group, each message through the layer to each socket."""
    from channels.generic.websocket import AsyncWebsocketConsumer
    from channels.layers import channel_layers
    from channels.routing import URLRouter
    from channels_redis.pubsub import RedisPubSubChannelLayer
    from django.urls import path

    channel_layers.set("default", RedisPubSubChannelLayer(hosts=[os.environ["REDIS_URL"]]))

    class Member(AsyncWebsocketConsumer):
        groups = [GROUP]

        async def say(self, event: dict[str, str]) -> None:
            await self.send(event["text"])

    from config import sockets

    pages = sockets.no_pages
    rooms = URLRouter([path("ws/group/", Member.as_asgi())])
    from channels.routing import ProtocolTypeRouter

    return ProtocolTypeRouter({"http": pages, "websocket": rooms})


def publish_to_group(url: str) -> None:
    """As a page's request would, by the layer."""
    from asgiref.sync import async_to_sync
    from channels_redis.pubsub import RedisPubSubChannelLayer

    async def send() -> None:
        layer = RedisPubSubChannelLayer(hosts=[url])
        await layer.group_send(GROUP, {"type": "say", "text": TEXT})
        await layer.flush()

    async_to_sync(send)()


def main(count: int, messages: int, idle: int) -> None:
    """Both servers, one after the other."""
    from django.conf import settings

    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(2 * count, 4096)), hard))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        redis = RedisServer(folder)
        redis.start()
        settings.REDIS_URL = redis.url
        from ui.rooms import transport
        from ui.rooms.tokens import make_token, room_of

        topic = uuid.uuid4()
        thing = f"topic:{topic}"
        address = f"/ws/topics/{topic}/?token={make_token(thing, 'km')}"
        options = (count, messages, idle, folder, redis)

        def publish() -> None:
            transport.publish(room_of(thing, "km"), TEXT)

        ours = asyncio.run(measure("rooms", "config.sockets:application", address, publish, options))
        theirs = asyncio.run(
            measure(
                "groups of Channels",
                "sockets:application",
                "/ws/group/",
                lambda: publish_to_group(redis.url),
                (count, messages, 0, folder, redis),
            )
        )
        print(f"one message to all is {theirs / ours:.1f} times as fast as by group_send")
        redis.stop()


if __name__ == "__main__":
    os.environ |= environment(Path(tempfile.gettempdir()), DJANGO_SETTINGS_MODULE="config.settings.production")
    import django

    django.setup()
    gc.disable()  # the clients' own pauses are no figure of the server's
    numbers = [int(value) for value in sys.argv[1:]]
    main(*numbers, *(5000, 10, 0)[len(numbers) :])
elif os.environ.get("SECRET_KEY"):
    import django

    django.setup()
    application = make_group_application()
