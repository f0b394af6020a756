"""A mail server of our own: real sockets, real answers, made to fail as told."""

import socketserver
from threading import Event, Thread
from typing import Any


class MailServer(socketserver.ThreadingTCPServer):
    """`answers` maps a command (RCPT, DATA, `.` for the end of a message) to what is said instead of yes. Where that is
    nothing, the line stays open in silence: `heard` is set when that happens.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.messages: list[str] = []
        self.answers: dict[str, str] = {}
        self.heard = Event()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def __enter__(self) -> "MailServer":
        Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: Any) -> None:
        self.shutdown()
        self.server_close()


class _Talk(socketserver.StreamRequestHandler):
    server: MailServer

    def say(self, line: str) -> None:
        if not line:
            self.server.heard.set()
            return
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.say("220 ready")
        while line := self.rfile.readline().decode().strip():
            command = line.split(":")[0].split()[0].upper()
            if command == "QUIT":
                return self.say(self.server.answers.get(command, "221 bye"))
            if command == "DATA" and command not in self.server.answers:
                self.say("354 go on")
                self.read_message()
                continue
            self.say(self.server.answers.get(command, "250 ok"))
        return None

    def read_message(self) -> None:
        lines = []
        while (line := self.rfile.readline().decode().rstrip("\r\n")) != ".":
            lines.append(line)
        answer = self.server.answers.get(".", "250 taken")
        if not answer or answer.startswith("250"):  # it may say nothing, and has it all the same
            self.server.messages.append("\n".join(lines))
        return self.say(answer)
