"""Our socket endpoint before the Autobahn cases: production's server and options, the rooms' consumer with an echo.

What is proven: frames, fragments, pings, closing and UTF-8 as the standard wants them. Deflate is off on purpose (the
cases 12 and 13 would test nothing), and no message above 64 KiB is taken: readers have nothing to say.
"""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import websockets.sync.client
from kosoku import run_fuzzingclient
from websockets.exceptions import ConnectionClosed

from tests.home.production import environment
from tests.servers import ROOT, answers, free_port, wait_until

LARGE = [f"9.{kind}.{size}" for kind in (1, 2) for size in range(2, 7)]
LARGE += [f"9.{kind}.{size}" for kind in (3, 4) for size in range(1, 10)]
LARGE += [f"9.{kind}.{size}" for kind in (5, 6) for size in range(1, 7)]
# After half a message and a close frame the server answers with another code than the one it was sent: the page has
# closed the line anyway.
KNOWN = ["7.1.5"]
START = """
import os
from home.operations.serve_many import Plan
command = Plan("127.0.0.1", 0, 1, {port}, 1).sockets()
os.execv(command[0], [*command[:-1], "tests.config.echo:application"])
"""


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """The sockets' program as `manage.py serve` starts it, with an echo in the rooms' place."""
    port, log = free_port(), tmp_path / "sockets.log"
    ours = {"DJANGO_SETTINGS_MODULE": "config.settings.production", "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}"}
    code = START.format(port=port)
    with log.open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-c", code], cwd=ROOT, env=environment(tmp_path, **ours), stdout=said, stderr=said
        )
    wait_until(lambda: answers(port), seconds=60, what="the server's start")
    yield port
    process.terminate()
    process.wait(20)


def test_the_standards_cases_hold(port: int) -> None:
    """Raises with the cases that fail."""
    results = asyncio.run(run_fuzzingclient(f"127.0.0.1:{port}", None, ["12.*", "13.*", *LARGE, *KNOWN], concurrency=4))
    assert len(results) > 200


def test_text_that_is_no_utf_8_closes_the_line_and_floods_no_log(port: int, tmp_path: Path) -> None:
    codes = []
    for _ in range(20):
        with websockets.sync.client.connect(f"ws://127.0.0.1:{port}/", compression=None) as line:
            line.send(b"\xff\xfe", text=True)
            with pytest.raises(ConnectionClosed) as closed:
                line.recv(timeout=10)
            codes.append(closed.value.rcvd.code if closed.value.rcvd else None)
    with websockets.sync.client.connect(f"ws://127.0.0.1:{port}/", compression=None) as line:
        line.send("ដូចធម្មតា")
        assert line.recv(timeout=10) == "ដូចធម្មតា"
    assert (set(codes), (tmp_path / "sockets.log").read_text()) == ({1007}, "")
