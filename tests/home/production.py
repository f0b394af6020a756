"""The site as an operator starts it: `manage.py serve` on free ports with an empty data folder."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.servers import ROOT, free_port, wait_until

SECRET = "N7mV0c-3kYhT5wQx9ZrLb2sDf8GjKp4uEaCi6oWtHn1XzB7eR5q"


def environment(var: Path, **changes: str) -> dict[str, str]:
    """What production needs and nothing of the tests' own; an empty value in `changes` removes a name."""
    ours = {"SECRET_KEY": SECRET, "ALLOWED_HOSTS": "localhost,127.0.0.1", "HTTPS": "no", "VAR_DIR": str(var)}
    dropped = {"DJANGO_SETTINGS_MODULE", "DATABASE_URL", "REDIS_URL", "DEBUG", "PYTHONPATH"}
    inherited = {name: value for name, value in os.environ.items() if name not in dropped}
    return {name: value for name, value in {**inherited, **ours, **changes}.items() if value}


def run_manage(*arguments: str, var: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    """`manage.py` to its end, with its words."""
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment(var, **changes), capture_output=True, text=True, timeout=180
    )


class ProductionSite:
    """`manage.py serve` in a process of its own."""

    def __init__(self, folder: Path, **changes: str) -> None:
        self.var = folder / "var"
        self.log = folder / "serve.log"
        self.port, self.socket_port = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.socket_url = f"http://127.0.0.1:{self.socket_port}"
        self.environment = environment(self.var, **changes)
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *options: str) -> None:
        """Start and wait until it says where it serves; fails with the log's end."""
        ports = ["--port", str(self.port), "--socket-port", str(self.socket_port)]
        command = [sys.executable, "manage.py", "serve", *ports, *options]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=subprocess.STDOUT
            )
        limit = time.monotonic() + 240
        while "Proxy:" not in self.words():
            if self.process.poll() is not None or time.monotonic() > limit:
                pytest.fail(f"serve did not come up:\n{self.words()[-4000:]}")
            time.sleep(0.2)

    def words(self) -> str:
        return self.log.read_text()

    def processes(self, name: str) -> list[int]:
        """Ids of every process that `name` ("pages", "sockets", "tasks", "clocks") was started as, oldest first."""
        return [int(found) for found in re.findall(rf"^{name}: process (\d+)$", self.words(), re.MULTILINE)]

    def stop(self) -> int:
        """SIGTERM; the exit code."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=40)
        self.process = None
        return code

    def wait_for(self, words: str) -> None:
        wait_until(lambda: words in self.words(), seconds=60, what=f"{words!r} in the log")


def status(url: str, **headers: str) -> int:
    """The status of a GET; 0 when nobody answers."""
    request = urllib.request.Request(url, headers=headers)  # noqa: S310  (our own address)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            return int(answer.status)
    except urllib.error.HTTPError as error:
        error.close()
        return int(error.code)
    except OSError:
        return 0


def shake_hands(port: int, path: str, *, origin: str) -> int:
    """The status that answers a WebSocket handshake; 101 when it is accepted."""
    lines = [
        f"GET {path} HTTP/1.1",
        "Host: localhost",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        f"Origin: {origin}",
    ]
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        client.sendall("\r\n".join([*lines, "", ""]).encode())
        return int(client.recv(1024).split()[1])


def is_alive(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return True
