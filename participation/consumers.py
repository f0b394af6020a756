"""The socket of a meeting's live room."""

from participation.enums import ROOM
from ui.rooms.consumers import RoomConsumer


class MeetingConsumer(RoomConsumer):
    """`/ws/meetings/<uuid>/?token=…`."""

    kind = ROOM
