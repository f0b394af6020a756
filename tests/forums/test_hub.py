"""The hub alone: order, slow sockets, threads, heartbeats."""

import asyncio
import threading
import time

import pytest

from ui.rooms.hub import BEAT, DEAD, GONE, RENEW, SLOW, Hub, Seat

pytestmark = pytest.mark.asyncio


class Phone:
    """A socket that keeps what it gets; `stuck` never takes a text."""

    def __init__(self, *, stuck: bool = False) -> None:
        self.got: list[str] = []
        self.codes: list[int] = []
        self.stuck = stuck

    async def send(self, text: str) -> None:
        if self.stuck:
            await asyncio.Event().wait()
        self.got.append(text)

    async def close(self, code: int) -> None:
        self.codes.append(code)


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_every_seat_of_the_room_gets_every_text_in_order() -> None:
    hub, phones = Hub(), [Phone(), Phone()]
    other = Phone()
    for phone in phones:
        hub.join("a", Seat(phone.send, phone.close))
    hub.join("b", Seat(other.send, other.close))
    for number in range(20):
        hub.deliver("a", str(number))
    await settle()
    assert [phone.got for phone in phones] == [[str(number) for number in range(20)]] * 2
    assert other.got == []


async def test_a_slow_socket_is_dropped_and_nobody_waits_for_it() -> None:
    hub, slow, quick = Hub(), Phone(stuck=True), Phone()
    seat = Seat(slow.send, slow.close, limit=3)
    hub.join("a", seat)
    hub.join("a", Seat(quick.send, quick.close, limit=3))
    for number in range(6):
        hub.deliver("a", str(number))
        await settle()
    assert quick.got == ["0", "1", "2", "3", "4", "5"]
    assert (seat.is_dropped, slow.got, slow.codes) == (True, [], [SLOW])


async def test_a_broken_socket_does_not_disturb_the_others() -> None:
    hub, well = Hub(), Phone()

    async def fail(text: str) -> None:
        raise ConnectionResetError

    broken = Seat(fail, well.close)
    hub.join("a", broken)
    hub.join("a", Seat(well.send, well.close))
    hub.deliver("a", "x")
    await settle()
    assert (well.got, broken.is_dropped) == (["x"], True)


async def test_other_threads_hand_over() -> None:
    hub, phone = Hub(), Phone()
    hub.join("a", Seat(phone.send, phone.close))
    thread = threading.Thread(target=lambda: hub.hand_over("a", "from a thread"))
    thread.start()
    while not phone.got:
        await asyncio.sleep(0.001)
    thread.join()
    assert phone.got == ["from a thread"]


async def test_handing_over_without_a_loop_is_nothing() -> None:
    hub = Hub()
    hub.hand_over("a", "x")
    assert hub.rooms == {}


async def test_leaving_empties_the_room_and_stops_the_heart() -> None:
    hub, phone = Hub(beat=0.01), Phone()
    seat = Seat(phone.send, phone.close)
    hub.join("a", seat)
    assert hub.count("a") == 1
    hub.leave("a", seat)
    hub.leave("a", seat)
    hub.deliver("a", "x")
    await asyncio.sleep(0.03)
    assert (hub.rooms, phone.got) == ({}, [])


async def test_the_heart_beats_and_asks_old_seats_for_a_fresh_token() -> None:
    hub, young, old = Hub(beat=0.01), Phone(), Phone()
    hub.join("a", Seat(young.send, young.close))
    hub.join("a", Seat(old.send, old.close, until=time.monotonic() - 1))
    await asyncio.sleep(0.05)
    assert set(young.got) == {BEAT}
    assert (old.got, old.codes) == ([], [RENEW])


async def test_a_page_that_stops_answering_the_heart_is_let_go() -> None:
    hub, awake, asleep, older = Hub(beat=0.02), Phone(), Phone(), Phone()
    seats = [Seat(phone.send, phone.close) for phone in (awake, asleep, older)]
    for seat in seats:
        hub.join("a", seat)
    seats[0].answered_at, seats[1].answered_at = time.monotonic() + 1000, time.monotonic()
    while not asleep.codes:
        await asyncio.sleep(0.01)
    assert [seat.is_dropped for seat in seats] == [False, True, False]
    assert asleep.codes == [DEAD]


async def test_a_closing_room_says_so_and_closes(monkeypatch: pytest.MonkeyPatch) -> None:
    hub, phone = Hub(), Phone()
    hub.join("a", Seat(phone.send, phone.close))
    hub.deliver("a", "gone", closing=True)
    await asyncio.sleep(1.1)
    assert (phone.got, phone.codes) == (["gone"], [GONE])


async def test_a_new_loop_starts_empty() -> None:
    hub = Hub()
    phone = Phone()

    async def join() -> None:
        hub.join("a", Seat(phone.send, phone.close))

    await asyncio.to_thread(asyncio.run, join())
    hub.join("b", Seat(phone.send, phone.close))
    assert set(hub.rooms) == {"b"}
