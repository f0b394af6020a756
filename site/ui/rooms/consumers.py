"""The socket of a room: server to reader only. Whatever the reader sends only says that it is there."""

import json
import random
import time
from collections.abc import Mapping
from typing import Any, ClassVar
from urllib.parse import parse_qs

from channels.consumer import get_handler_name
from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings

from ui.rooms import transport
from ui.rooms.hub import HUB, Seat
from ui.rooms.presence import READING
from ui.rooms.sampling import start_sampling
from ui.rooms.tokens import PRIVATE, Claim, find_claim, room_of


def find_right(scope: Mapping[str, Any], kind: str) -> Claim | None:
    """What the token in the address lets its bearer read at this address, if anything."""
    query = parse_qs(scope.get("query_string", b"").decode("ascii", "replace"))
    claim = find_claim(query.get("token", [""])[0])
    thing = f"{kind}:{scope['url_route']['kwargs']['public_id']}"
    is_right = claim is not None and claim.thing in {thing, f"{thing}:{PRIVATE}"}
    return claim if claim and is_right and claim.language in dict(settings.LANGUAGES) else None


class RoomConsumer(AsyncWebsocketConsumer):
    """`/ws/<…>/<uuid>/?token=…`. No database on this path: the signed token says what its bearer may read.

    A subclass names its `kind`: the token's thing is `<kind>:<uuid>`, with `:private` for what not everybody may
    read: each audience has rooms of its own.
    """

    kind: ClassVar[str]
    seat: Seat | None = None
    room = ""

    async def dispatch(self, message: dict[str, Any]) -> None:
        """As the parent's, without closing database connections in a thread: there are none to close."""
        await getattr(self, get_handler_name(message))(message)

    async def websocket_disconnect(self, message: dict[str, Any]) -> None:
        """As the parent's, likewise."""
        await self.disconnect(message["code"])
        raise StopConsumer

    async def connect(self) -> None:
        """Refuse a bad token with 403; else join, and say hello once everything from now on will arrive."""
        claim = find_right(self.scope, self.kind)
        if claim is None:
            await self.close()  # type: ignore[no-untyped-call]
            return
        await self.accept()  # type: ignore[no-untyped-call]
        until = time.monotonic() + claim.seconds * random.uniform(1, 1.25)  # noqa: S311  (spreads reconnections)
        self.seat, self.room = Seat(self.send, self.close, until=until), room_of(claim.thing, claim.language)
        HUB.join(self.room, self.seat)
        start_sampling()
        hears = await transport.start_listening()
        self.seat.offer(json.dumps({"type": "hello", "deaf": not hears, "reading": READING.told.get(claim.thing, 0)}))

    async def disconnect(self, code: int) -> None:
        if self.seat is not None:
            HUB.leave(self.room, self.seat)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Readers have nothing to say here but that they are there."""
        if self.seat is not None:
            self.seat.answered_at = time.monotonic()
