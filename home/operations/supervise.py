"""Keeps programs running: starts them, starts a dead one again after a pause, stops all of them on a signal.

`serve` becomes this module once everything is ready (`python -m home.operations.supervise ORDERS`): it loads no Django,
so that what watches all the time costs 12 MB instead of 135. Nothing here may import more than the standard library.
"""

import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NoReturn

LOOK_EVERY = 0.2  # seconds
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
LONG_LIFE = 60.0  # who lived so long died of something new: the pauses begin again
STOPPING_SECONDS = 15.0


@dataclass(frozen=True)
class Orders:
    """Command lines by name, the (host, port) pairs that must answer, and what to say once they do."""

    programs: dict[str, list[str]]
    addresses: list[tuple[str, int]]
    words: list[str]

    def become(self, environment: dict[str, str]) -> NoReturn:
        """Replace this process, under the same id, by the supervisor that carries them out."""
        sys.stdout.flush()
        command = python("-m", "home.operations.supervise", json.dumps(asdict(self)))
        os.execve(command[0], command, environment)  # noqa: S606  (our own command line)

    def are_up(self) -> bool:
        return all(answers(host, port) for host, port in self.addresses)


@dataclass
class Program:
    """A command line under a short name; it leads a process group, so that its own children go with it."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    began_at: float = 0.0
    start_at: float = 0.0
    deaths: int = 0

    def start(self, folder: Path) -> int:
        """The new process id. Raises `OSError` when the program cannot be started at all."""
        self.process = subprocess.Popen(self.command, cwd=folder, stdin=subprocess.DEVNULL, start_new_session=True)
        self.began_at = time.monotonic()
        return self.process.pid

    def bury(self) -> float:
        """After a death: ends what is left of the group and returns the seconds until the next start."""
        self.signal(signal.SIGKILL)
        self.process = None
        now = time.monotonic()
        self.deaths = 1 if now - self.began_at > LONG_LIFE else self.deaths + 1
        pause = min(FIRST_PAUSE * 2.0 ** (self.deaths - 1), LONGEST_PAUSE)
        self.start_at = now + pause
        return pause

    def signal(self, number: int) -> None:
        """To the whole group; nothing when it is gone."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)


class Supervisor:
    """Carries out orders in a folder; `say` prints a line."""

    def __init__(self, orders: Orders, folder: Path, say: Callable[[str], None]) -> None:
        self.orders = orders
        self.programs = [Program(name, command) for name, command in orders.programs.items()]
        self.folder = folder
        self.say = say
        self.announced = self.stopping = False

    def run(self) -> None:
        """Return after SIGTERM or Ctrl-C, when every program has ended."""
        for caught in (signal.SIGINT, signal.SIGTERM):
            signal.signal(caught, self.stop)
        try:
            while not self.stopping:
                for program in self.programs:
                    self.look_after(program)
                if not self.announced and self.orders.are_up():
                    self.announced = True
                    self.say("\n".join(self.orders.words))
                time.sleep(LOOK_EVERY)
        finally:
            self.end_all()

    def stop(self, *_: object) -> None:
        """Signal handler: the loop ends at its next look."""
        self.stopping = True

    def look_after(self, program: Program) -> None:
        """Start it when it is time to; notice its death."""
        if program.process is None:
            if time.monotonic() >= program.start_at:
                self.say(f"{program.name}: process {program.start(self.folder)}")
            return
        code = program.process.poll()
        if code is not None:
            pause = program.bury()
            self.say(f"{program.name}: {describe(code)}; starting again in {pause:g} s")

    def end_all(self) -> None:
        """Ask every program to end, wait, then insist."""
        for program in self.programs:
            if program.process is not None:
                program.process.terminate()
        limit = time.monotonic() + STOPPING_SECONDS
        for program in self.programs:
            if program.process is None:
                continue
            try:
                program.process.wait(max(0.0, limit - time.monotonic()))
            except subprocess.TimeoutExpired:
                self.say(f"{program.name}: still busy after {STOPPING_SECONDS:g} s, ended by force")
            program.signal(signal.SIGKILL)
            program.process.wait()


def describe(code: int) -> str:
    """A return code in words."""
    if code < 0:
        return f"ended by {signal.Signals(-code).name}"
    return f"ended with code {code}"


def python(*arguments: str) -> list[str]:
    """This very interpreter, unbuffered, so that log lines come at once."""
    return [sys.executable, "-u", *arguments]


def answers(host: str, port: int) -> bool:
    """Whether a request gets any answer at all: a port is open long before the workers behind it have loaded."""
    address = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  (compared only)
    connection = http.client.HTTPConnection(address, port, timeout=1)
    try:
        connection.request("GET", "/health/")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def main() -> None:
    """Carry out the orders of the command line; the exit code is 0 after a signal."""
    Supervisor(Orders(**json.loads(sys.argv[1])), Path.cwd(), print).run()
    print("Stopped.")  # noqa: T201  (this is a command)


if __name__ == "__main__":
    main()
