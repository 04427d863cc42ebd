"""The road between a phone and the place: it can be closed, and it can lose what comes back.

A phone here talks to a port of its own; what arrives is passed on to the house. So its service worker meets the
same road as its pages do.
"""

import http.client
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from urllib.parse import urlsplit

# Said by each end of a road for itself.
OF_THE_ROAD = {"connection", "transfer-encoding", "keep-alive", "date", "server"}


class Road:
    """`closed`: nothing gets through. `loses(method, path)`: the place is asked, and its answer never comes.

    `holds_back(method, path)`: the answer waits on its way home until `goes_on` is set.
    """

    def __init__(self, house: str) -> None:
        self.house = urlsplit(house).netloc
        self.closed = False
        self.loses: Callable[[str, str], bool] = lambda method, path: False
        self.holds_back: Callable[[str, str], bool] = lambda method, path: False
        self.goes_on = threading.Event()
        self.held = 0
        self.travelled: list[tuple[str, str]] = []
        self.lost = 0

    def __enter__(self) -> "Road":
        road = self

        class Traveller(_Traveller):
            way = road

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Traveller)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.server.shutdown()
        self.server.server_close()

    def hold(self) -> None:
        """Wait on the way, and never for ever."""
        self.held += 1
        self.goes_on.wait(20)

    def asked(self, path: str) -> int:
        """How often something was asked of the place at that address."""
        return sum(path == each for _, each in self.travelled)


class _Traveller(BaseHTTPRequestHandler):
    way: Road

    def do_GET(self) -> None:
        """Pass on a question."""
        self._pass_on(None)

    def do_POST(self) -> None:
        """Pass on what is sent."""
        self._pass_on(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def _pass_on(self, body: bytes | None) -> None:
        if self.way.closed:
            self.close_connection = True
            return
        asked = self.command, urlsplit(self.path).path
        self.way.travelled.append(asked)
        house = http.client.HTTPConnection(self.way.house, timeout=60)
        headers = {name: value for name, value in self.headers.items() if name.lower() not in OF_THE_ROAD}
        house.request(self.command, self.path, body, headers)
        answer = house.getresponse()
        whole = answer.read()
        house.close()
        if self.way.holds_back(*asked):
            self.way.hold()
        if self.way.loses(*asked):
            self.way.lost += 1
            return
        self._give_back(answer, whole)

    def _give_back(self, answer: http.client.HTTPResponse, whole: bytes) -> None:
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in OF_THE_ROAD | {"content-length"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(whole)))
        self.end_headers()
        self.wfile.write(whole)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Nothing: a test says itself what went wrong."""
