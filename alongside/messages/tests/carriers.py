"""Two small servers on loopback that behave like a mail server and like GOV.UK Notify."""

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlparse
from uuid import uuid4

KEY = "alongside-test-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0"


class FakeNotify(ThreadingHTTPServer):
    """Keeps what it is sent. `answers`: "well", a status code, or "never" (takes it and says nothing)."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), NotifyHandler)
        self.taken: list[dict[str, Any]] = []
        self.answers: Any = "well"
        self.status = "sending"
        self.hang = threading.Event()
        self.got_one = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class NotifyHandler(BaseHTTPRequestHandler):
    server: FakeNotify

    def log_message(self, *args: Any) -> None:
        """Quiet."""

    def _say(self, code: int, body: Any) -> None:
        text = json.dumps(body).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if isinstance(self.server.answers, int) and self.server.answers < 500:
            self._say(self.server.answers, {"errors": [{"message": "phone_number canary is wrong"}]})
            return
        body["id"] = str(uuid4())
        self.server.taken.append(body)
        self.server.got_one.set()
        if self.server.answers == "never":
            self.server.hang.wait(30)
            return
        if self.server.answers != "well":
            self._say(self.server.answers, {"errors": [{"message": "canary"}]})
            return
        self._say(201, {"id": body["id"]})

    def do_GET(self) -> None:
        reference = parse_qs(urlparse(self.path).query).get("reference", [""])[0]
        found = [
            {"id": one["id"], "status": self.server.status}
            for one in self.server.taken
            if one["reference"] == reference
        ]
        self._say(200, {"notifications": found, "links": {}})


@contextmanager
def fake_notify() -> Iterator[FakeNotify]:
    """GOV.UK Notify, on loopback."""
    server = FakeNotify()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.hang.set()
        server.shutdown()
        server.server_close()


class FakeMail(socketserver.ThreadingTCPServer):
    """A mail server. `does`: "well", "hang up" (before it said yes), "no such person", "full"."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), MailHandler)
        self.taken: list[str] = []
        self.does = "well"

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class MailHandler(socketserver.StreamRequestHandler):
    server: FakeMail

    def handle(self) -> None:
        self._say("220 here")
        while line := self.rfile.readline().decode().strip():
            word = line.upper().split(" ")[0]
            if word == "DATA":
                if not self._data():
                    return
            elif word == "RCPT" and self.server.does in ("no such person", "full"):
                self._say("550 no such person canary" if self.server.does == "no such person" else "452 full")
            elif word == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 well")

    def _data(self) -> bool:
        self._say("354 go on")
        lines: list[str] = []
        while (line := self.rfile.readline().decode().rstrip("\r\n")) != ".":
            lines.append(line)
        self.server.taken.append("\n".join(lines))
        if self.server.does == "hang up":
            return False
        self._say("250 taken")
        return True

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def fake_mail() -> Iterator[FakeMail]:
    """A mail server, on loopback."""
    server = FakeMail()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
