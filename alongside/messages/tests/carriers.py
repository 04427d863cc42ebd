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
    """Keeps what it is sent. `answers`: "well", a status code, "never" (takes it and says nothing), or other
    text, which is said instead of an answer ("<html>")."""

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
        text = (body if isinstance(body, str) else json.dumps(body)).encode()
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
        if isinstance(self.server.answers, int):
            self._say(self.server.answers, {"errors": [{"message": "canary"}]})
            return
        self._say(201, {"id": body["id"]} if self.server.answers == "well" else self.server.answers)

    def do_GET(self) -> None:
        if self.server.answers != "well":
            code = self.server.answers if isinstance(self.server.answers, int) else 200
            self._say(code, self.server.answers if code == 200 else {"errors": [{"message": "canary"}]})
            return
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
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    try:
        yield server
    finally:
        server.hang.set()
        server.shutdown()
        server.server_close()


# What a mail server says instead of "well", by the word it answers; "" hangs up without a word.
BAD_DAYS: dict[str, dict[str, str]] = {
    "well": {},
    "no such person": {"RCPT": "550 no such person canary"},
    "full": {"RCPT": "452 full"},
    "not from you": {"MAIL": "553 canary may not write from here"},
    "not that": {"DATA": "554 canary"},
    "not now": {"DATA": "451 canary"},
    "busy": {"greeting": "421 canary"},
    "silent": {"greeting": ""},
    "hangs up at the sender": {"MAIL": ""},
    "hangs up at the address": {"RCPT": ""},
    "hangs up before the words": {"DATA": ""},
    "hang up": {".": ""},
    "takes nothing": {".": "554 canary"},
    "wrong key": {"EHLO": "250-here\r\n250 AUTH PLAIN", "AUTH": "535 canary"},
    "hangs up after yes": {"QUIT": ""},
}


class FakeMail(socketserver.ThreadingTCPServer):
    """A mail server. `does`: the name of one of the bad days."""

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
        says = {"greeting": "220 here", "QUIT": "221 bye", "DATA": "354 go on", ".": "250 taken"}
        says |= BAD_DAYS[self.server.does]
        word = "greeting"
        while word and self._say(says.get(word, "250 well")):
            if word == "DATA" and says[word].startswith("354"):
                self._read_words()
                word = "."
            else:
                word = self.rfile.readline().decode().strip().upper().split(" ")[0]

    def _read_words(self) -> None:
        lines: list[str] = []
        while (line := self.rfile.readline().decode().rstrip("\r\n")) != ".":
            lines.append(line)
        self.server.taken.append("\n".join(lines))

    def _say(self, text: str) -> bool:
        if text:
            self.wfile.write(f"{text}\r\n".encode())
        return bool(text)


@contextmanager
def fake_mail() -> Iterator[FakeMail]:
    """A mail server, on loopback."""
    server = FakeMail()
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
