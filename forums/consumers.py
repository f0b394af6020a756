"""The socket of a topic."""

from forums.realtime import KIND
from ui.rooms.consumers import RoomConsumer


class TopicConsumer(RoomConsumer):
    """`/ws/topics/<uuid>/?token=…`."""

    kind = KIND
