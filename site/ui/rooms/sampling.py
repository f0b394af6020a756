"""Every half minute each process counts its sockets, tells the other processes, and tells its pages what changed."""

import asyncio
import json
import random

from ui.rooms import presence, transport
from ui.rooms.hub import HUB
from ui.rooms.presence import READING, count_things

_tasks: list[asyncio.Task[None]] = []


def start_sampling() -> None:
    """Call it on the loop with each socket; one task runs for as long as there are any."""
    if _tasks and not _tasks[0].done() and _tasks[0].get_loop() is asyncio.get_running_loop():
        return
    _tasks[:] = [asyncio.get_running_loop().create_task(_keep_sampling())]


async def _keep_sampling() -> None:
    while True:
        await asyncio.sleep(presence.EVERY * random.uniform(0.8, 1.2))  # noqa: S311  (spreads processes)
        await sample()
        if not HUB.rooms:
            return


async def sample() -> None:
    """One sample, now."""
    counts = count_things(HUB.rooms)
    await asyncio.to_thread(transport.publish_counts, counts)
    for thing, count in READING.sample(counts).items():
        text = json.dumps({"type": "reading", "count": count})
        for room in [room for room in HUB.rooms if room.rpartition(":")[0] == thing]:
            HUB.deliver(room, text)
