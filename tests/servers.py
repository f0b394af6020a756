"""Real servers for tests: PostgreSQL, Redis and the site itself, each on a free port with a folder of its own.

A missing binary skips with its reason on a person's machine and fails in CI (`CI=true`): nothing is skipped there.
"""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
POSTGRESQL_FOLDERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def skip_or_fail(reason: str) -> None:
    """Skip, or fail where `CI` is set."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def find_binary(name: str, *folders: Path) -> str:
    """The program's path; skips (or fails in CI) when it is not installed."""
    for folder in folders:
        if (folder / name).exists():
            return str(folder / name)
    found = shutil.which(name)
    if found is None:
        skip_or_fail(f"{name} is not installed here")
        raise AssertionError("unreachable")
    return found


def free_port() -> int:
    """A port that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(condition: Callable[[], bool], *, seconds: float, what: str) -> None:
    """Poll until true; fails with `what` after `seconds`."""
    limit = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > limit:
            pytest.fail(f"{what} did not happen within {seconds:.0f} s")
        time.sleep(0.1)


def answers(port: int) -> bool:
    """Whether something accepts connections on the port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """`postgresql://…` of a fresh server in C.UTF-8 (a C-locale database yields no Khmer trigrams).

    Its folder is none of pytest's: those are tidied up by whichever run ends first.
    """
    initdb = find_binary("initdb", *POSTGRESQL_FOLDERS)
    server = str(Path(initdb).with_name("postgres"))
    folder = Path(tempfile.mkdtemp(prefix="postgresql-"))
    as_user: list[str] = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(folder, "postgres")
        as_user = ["runuser", "-u", "postgres", "--"]
    data = folder / "data"
    init = [
        *as_user,
        initdb,
        "-D",
        str(data),
        "-U",
        "chuoykhum",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        "-N",
    ]
    subprocess.run(init, check=True, capture_output=True, cwd=folder)
    port = free_port()
    options = ["-c", "fsync=off", "-c", "max_connections=200", "-c", "listen_addresses=127.0.0.1", "-k", ""]
    process = subprocess.Popen(
        [*as_user, server, "-D", str(data), "-p", str(port), *options],
        cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    wait_until(lambda: answers(port), seconds=30, what="PostgreSQL's start")
    yield f"postgresql://chuoykhum@127.0.0.1:{port}/postgres"
    process.terminate()
    process.wait(timeout=20)
    shutil.rmtree(folder, ignore_errors=True)


class RedisServer:
    """A Redis that a test may stop and start again on the same port."""

    def __init__(self, folder: Path) -> None:
        self.binary = find_binary("redis-server")
        self.folder = folder
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        command = [
            self.binary,
            "--port",
            str(self.port),
            "--save",
            "",
            "--dir",
            str(self.folder),
            "--bind",
            "127.0.0.1",
        ]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_until(lambda: answers(self.port), seconds=20, what="Redis's start")

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=20)
            self.process = None


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """A running Redis; a test that stops it starts it again."""
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def redis_url(redis_server: RedisServer) -> str:
    """`redis://…` of the running server."""
    if redis_server.process is None:
        redis_server.start()
    return redis_server.url
