"""A phone's end of a socket. Channels' own test client cannot be imported without its server, Daphne."""

import json
import uuid
from typing import Any
from urllib.parse import urlsplit

from asgiref.testing import ApplicationCommunicator

from config.routing import sockets
from ui.rooms.tokens import make_token

OURS = "http://testserver"


class Line(ApplicationCommunicator):
    """One socket of a topic."""

    def __init__(self, topic: uuid.UUID, token: str | None = None, *, language: str = "km", origin: str = OURS) -> None:
        token = make_token(f"topic:{topic}", language) if token is None else token
        address = urlsplit(f"/ws/topics/{topic}/?token={token}")
        scope = {
            "type": "websocket",
            "path": address.path,
            "query_string": address.query.encode(),
            "headers": [(b"origin", origin.encode())],
            "subprotocols": [],
        }
        super().__init__(sockets, scope)

    async def connect(self) -> bool:
        """Whether the socket was accepted."""
        await self.send_input({"type": "websocket.connect"})
        return (await self.receive_output(timeout=5))["type"] == "websocket.accept"

    async def hear(self, timeout: float = 10) -> dict[str, Any]:
        """The next message."""
        message = await self.receive_output(timeout=timeout)
        assert message["type"] == "websocket.send", message
        heard: dict[str, Any] = json.loads(message["text"])
        return heard

    async def say(self, **frame: Any) -> None:
        await self.send_input({"type": "websocket.receive", **frame})

    async def hears_nothing(self) -> bool:
        silent: bool = await self.receive_nothing(timeout=0.2)
        return silent

    async def hang_up(self) -> None:
        await self.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.wait(timeout=5)
