"""The socket of a topic."""

from forums.enums import ROOM
from ui.rooms.consumers import RoomConsumer


class TopicConsumer(RoomConsumer):
    """`/ws/topics/<uuid>/?token=…`."""

    kind = ROOM
