"""`manage.py serve`: what stops it, what it starts, what it starts again, and how it ends."""

import os
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from home.operations import supervise
from home.operations.serve_many import Plan
from home.operations.supervise import Orders, Program, Supervisor, answers, describe
from tests.home.production import ProductionSite, is_alive, run_manage, shake_hands, status
from tests.servers import free_port, wait_until

POLLING = "Without REDIS_URL new posts do not reach the sockets: open topics ask for them by polling."


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProductionSite]:
    production = ProductionSite(tmp_path_factory.mktemp("production"))
    production.start("--migrate", "--workers", "1")
    yield production
    if production.process is not None:
        production.stop()


def test_pages_answer_on_their_port(site: ProductionSite) -> None:
    assert status(f"{site.url}/health/") == 200


def test_the_socket_port_serves_no_page(site: ProductionSite) -> None:
    assert status(f"{site.socket_url}/health/") == 404
    assert status(f"{site.socket_url}/km/") == 404


def test_the_socket_port_shakes_hands_with_our_own_pages_only(site: ProductionSite) -> None:
    assert shake_hands(site.socket_port, "/ws/nowhere/", origin="https://elsewhere.example") == 403
    assert shake_hands(site.socket_port, "/ws/nowhere/", origin="http://localhost") == 403
    assert "Traceback" not in site.words()


def test_it_says_where_the_proxy_sends_what(site: ProductionSite) -> None:
    assert site.words().splitlines()[-3] == "Chuoy Khum serves localhost, 127.0.0.1."
    assert f"Proxy: /ws/ to {site.socket_url}, everything else to {site.url}." in site.words()
    assert POLLING in site.words()


def test_the_log_is_for_what_someone_must_look_at(site: ProductionSite) -> None:
    assert status(f"{site.url}/health/", Host="scanner.example") == 400
    assert "scanner.example" not in site.words()
    assert " INFO " not in site.words()


def test_the_orders_keep_the_clocks_too() -> None:
    programs = Plan("127.0.0.1", 8000, 1, 8001, 1).orders().programs
    assert list(programs) == ["pages", "sockets", "tasks", "clocks"]
    assert programs["clocks"][2:] == ["manage.py", "keep_clocks", "--skip-checks", "--every", "300"]


@pytest.mark.parametrize("name", ["pages", "sockets", "tasks", "clocks"])
def test_a_killed_program_comes_back(site: ProductionSite, name: str) -> None:
    first = site.processes(name)[-1]
    os.kill(first, signal.SIGKILL)
    site.wait_for(f"{name}: ended by SIGKILL; starting again in 0.5 s")
    wait_until(lambda: site.processes(name)[-1] != first, seconds=20, what="a new start")
    url = {"pages": f"{site.url}/health/", "sockets": f"{site.socket_url}/health/"}.get(name)
    if url:
        wait_until(lambda: status(url) in {200, 404}, seconds=60, what=f"an answer of {name}")


def test_sigterm_ends_every_program_with_code_0(site: ProductionSite) -> None:
    """The last one that uses the site."""
    running = [site.processes(name)[-1] for name in ("pages", "sockets", "tasks", "clocks")]
    assert [is_alive(process) for process in running] == [True] * 4
    assert site.stop() == 0
    assert [is_alive(process) for process in running] == [False] * 4
    assert [status(f"{url}/health/") for url in (site.url, site.socket_url)] == [0, 0]
    assert site.words().splitlines()[-1] == "Stopped."


def test_a_database_without_its_tables_stops_the_start(tmp_path: Path) -> None:
    ports = ["--port", str(free_port()), "--socket-port", str(free_port())]
    ended = run_manage("serve", *ports, var=tmp_path)
    assert ended.returncode == 1
    assert ended.stderr.startswith("CommandError: The database lacks ")
    assert ended.stderr.rstrip().endswith(
        "migrations. Start with --migrate, or run: "
        "DJANGO_SETTINGS_MODULE=config.settings.production python manage.py migrate"
    )


def test_a_database_that_does_not_answer_stops_the_start(tmp_path: Path) -> None:
    url = f"postgresql://nobody@127.0.0.1:{free_port()}/nothing?connect_timeout=2"
    ports = ["--port", str(free_port()), "--socket-port", str(free_port())]
    ended = run_manage("serve", *ports, var=tmp_path, DATABASE_URL=url)
    assert ended.returncode == 1
    assert ended.stderr.splitlines()[-1].startswith("CommandError: The database does not answer or refuses: ")
    assert "Traceback" not in ended.stderr


def refusal(tmp_path: Path, *options: str) -> str:
    """The one sentence with which `serve` declines."""
    ended = run_manage("serve", *options, var=tmp_path)
    assert ended.returncode == 1
    return ended.stderr.strip()


def test_plans_that_cannot_work_are_declined(tmp_path: Path) -> None:
    assert refusal(tmp_path, "--socket-workers", "2") == (
        "CommandError: More than one socket worker needs Redis to carry messages between them. "
        "Set REDIS_URL, or leave --socket-workers at 1."
    )
    assert refusal(tmp_path, "--workers", "0") == "CommandError: --workers is 0; use 1 or more."
    assert refusal(tmp_path, "--port", "9000", "--socket-port", "9000") == (
        "CommandError: Pages and sockets cannot share port 9000. Choose another --socket-port."
    )


@pytest.mark.parametrize("option", ["--port", "--socket-port"])
def test_a_port_in_use_is_named_with_its_option(tmp_path: Path, option: str) -> None:
    other = "--socket-port" if option == "--port" else "--port"
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        port = listening.getsockname()[1]
        words = refusal(tmp_path, option, str(port), other, str(free_port()))
    assert words == (
        f"CommandError: Port {port} is in use by another program. "
        f"Stop that program, or choose a free port with {option}."
    )


def test_the_pauses_grow_and_end_at_half_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(supervise.time, "monotonic", lambda: now)
    program = Program("x", [], began_at=now)
    assert [program.bury() for _ in range(8)] == [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0]
    assert program.start_at == 1030.0
    now += 61
    assert program.bury() == 0.5


def test_a_program_that_will_not_end_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); open('deaf', 'w'); time.sleep(60)"
    said: list[str] = []
    supervisor = Supervisor(Orders({"deaf": [sys.executable, "-c", deaf]}, [], []), tmp_path, said.append)
    monkeypatch.setattr(supervise, "STOPPING_SECONDS", 0.3)
    (program,) = supervisor.programs
    supervisor.look_after(program)
    wait_until((tmp_path / "deaf").exists, seconds=20, what="its start")
    supervisor.end_all()
    assert said[1:] == ["deaf: still busy after 0.3 s, ended by force"]
    assert program.process is not None
    assert program.process.returncode == -signal.SIGKILL


def test_ends_are_said_in_words() -> None:
    assert describe(3) == "ended with code 3"
    assert describe(-9) == "ended by SIGKILL"


def test_a_port_without_a_server_does_not_answer() -> None:
    assert not answers("127.0.0.1", free_port())
