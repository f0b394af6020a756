"""Phones without a browser, over real HTTP and real sockets: `OpenPage` follows a topic as line.js and live.js do."""

import http.cookiejar
import json
import re
import threading
import urllib.error
import urllib.parse
import urllib.request
import uuid
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from tests.factories.accounts import PASSWORD

NUMBER = re.compile(r'data-number="(\d+)"')


class Person:
    """A browser's cookies and forms."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path: str) -> str:
        with self.opener.open(f"{self.url}{path}", timeout=20) as answer:
            return str(answer.read(), "utf-8")

    def post(self, path: str, **fields: str) -> str:
        """The address where it ended."""
        token = next(cookie.value for cookie in self.jar if cookie.name == "csrftoken")
        body = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": token}).encode()
        request = urllib.request.Request(f"{self.url}{path}", body, {"Referer": f"{self.url}/"})  # noqa: S310
        with self.opener.open(request, timeout=20) as answer:
            return str(answer.url)

    def sign_in(self, name: str) -> None:
        self.get("/km/accounts/login/")
        self.post("/km/accounts/login/", login=name, password=PASSWORD)

    def reply(self, topic: str, source: str, client_id: uuid.UUID) -> None:
        where = self.post(f"/km/forum/topics/{topic}/reply/", source=source, client_id=str(client_id))
        assert "#p-" in where, where


class OpenPage:
    """A topic's page that stays open. `shown` is what the reader sees: number to HTML, and where it stands."""

    def __init__(self, url: str, socket_url: str, topic: str) -> None:
        self.person, self.socket_url, self.topic = Person(url), socket_url, topic
        html = self.person.get(f"/km/forum/topics/{topic}/")
        self.seq, self.token = int(self._data(html, "after")), self._data(html, "token")
        self.shown: dict[int, str] = dict.fromkeys(map(int, NUMBER.findall(html)), "at first")
        self.heard: list[str] = []
        self.errors: list[str] = []
        self.lock = threading.RLock()
        self.line: ClientConnection | None = None

    def come(self) -> None:
        """Open a line and close the gap."""
        is_up = threading.Event()
        threading.Thread(target=self._sit, args=(is_up,), daemon=True).start()
        assert is_up.wait(20), self.errors

    def go(self) -> None:
        """The phone goes into a pocket or out of reach."""
        line, self.line = self.line, None
        if line is not None:
            line.close()

    def fill(self) -> None:
        """Everything after the number the page is at."""
        with self.lock:
            answer = json.loads(self.person.get(f"/km/forum/topics/{self.topic}/after/?after={self.seq}"))
            self.token = answer["token"]
            self._apply(answer["patches"], answer["seq"])
            if answer["more"]:
                self.fill()

    def _sit(self, is_up: threading.Event) -> None:
        address = f"{self.socket_url.replace('http', 'ws')}/ws/topics/{self.topic}/?token={self.token}"
        origin = Origin(self.person.url)
        line = None
        try:
            with connect(address, origin=origin, proxy=None, compression=None, max_queue=1) as line:
                self.line = line
                is_up.set()
                for text in line:
                    self._hear(json.loads(text))
        except (ConnectionClosed, OSError):
            pass
        except Exception as error:  # noqa: BLE001  (a thread's error is the test's)
            self.errors.append(repr(error))
        finally:
            if self.line is line:
                self.line = None

    def _hear(self, message: dict[str, Any]) -> None:
        with self.lock:
            self.heard.append(message["type"])
            if message["type"] == "patch" and message["seq"] > self.seq:
                if message["first"] <= self.seq + 1:
                    self._apply(message["patches"], message["seq"])
                else:
                    self.fill()
            elif message["type"] in {"hello", "resync"}:
                self.fill()

    def _apply(self, patches: list[dict[str, Any]], reached: int) -> None:
        for patch in patches:
            if "number" in patch:
                self.shown[patch["number"]] = patch["html"]
                assert NUMBER.findall(patch["html"]) == [str(patch["number"])], patch
        self.seq = max(self.seq, reached)

    def has(self, *texts: str) -> bool:
        """Whether each of these posts is shown, and shown once."""
        with self.lock:
            assert self.errors == [], self.errors
            return all(sum(text in html for html in self.shown.values()) == 1 for text in texts)

    @staticmethod
    def _data(html: str, name: str) -> str:
        found = re.search(rf'data-{name}="([^"]*)"', html)
        assert found, name
        return found[1]


def send_twice_at_once(person: Person, topic: str, source: str) -> None:
    """A double click: both requests carry the page's one id."""
    client_id, barrier, failed = uuid.uuid4(), threading.Barrier(2), []

    def send() -> None:
        barrier.wait()
        try:
            person.reply(topic, source, client_id)
        except urllib.error.URLError as error:
            failed.append(error)

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
