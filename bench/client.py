"""Asks for one page again and again, from one client or several at once, and times every answer."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection


@dataclass
class Measured:
    """Answers to one page: seconds each, and how long it all took."""

    seconds: list[float]
    wall: float
    cpu: float = 0.0
    database_cpu: float = 0.0

    def percentile(self, share: float) -> float:
        """Milliseconds that this share of the answers stayed under."""
        ordered = sorted(self.seconds)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    @property
    def a_second(self) -> float:
        """Answers a second."""
        return len(self.seconds) / self.wall

    @property
    def app_ms(self) -> float:
        """Milliseconds of the web server's CPU for one answer."""
        return 1000 * self.cpu / len(self.seconds)

    @property
    def cpu_ms(self) -> float:
        """Milliseconds of CPU for one answer, the database's included."""
        return 1000 * (self.cpu + self.database_cpu) / len(self.seconds)


# What a form that is sent needs beside its words: the proof, and the same in a cookie.
PROOF = "b" * 32
Sent = Callable[[], str]


def ask(
    port: int, paths: list[str], cookie: str, *, clients: int, seconds: float, sent: Sent | None = None
) -> Measured:
    """Ask for `paths` in turn for that long; or send each the form that `sent` gives, made anew every time.

    Raises when an answer is not 200 (302 where a form is sent): a refusal is quick and means nothing.
    """
    times: list[list[float]] = [[] for _ in range(clients)]
    faults: list[str] = []
    until = time.monotonic() + seconds
    threads = [
        threading.Thread(target=_one, args=(port, paths, cookie, until, times[number], faults, number, sent))
        for number in range(clients)
    ]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise RuntimeError(faults[0])
    return Measured([one for each in times for one in each], time.monotonic() - began)


def _one(
    port: int, paths: list[str], cookie: str, until: float, times: list[float], faults: list[str], number: int,
    sent: Sent | None,
) -> None:  # fmt: skip
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    turn = number
    while time.monotonic() < until and not faults:
        path = paths[turn % len(paths)]
        turn += 1
        how, body, headers = _request(cookie, sent)
        began = time.perf_counter()
        connection.request(how, path, body, headers)
        answer = connection.getresponse()
        answer.read()
        times.append(time.perf_counter() - began)
        if answer.status != (302 if sent else 200):
            faults.append(f"{path} answered {answer.status} {answer.getheader('Location') or ''}")
    connection.close()


def _request(cookie: str, sent: Sent | None) -> tuple[str, str | None, dict[str, str]]:
    """How, what and with which headers one request goes out."""
    if sent is None:
        return "GET", None, {"Cookie": cookie}
    headers = {
        "Cookie": f"{cookie}; csrftoken={PROOF}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    return "POST", f"csrfmiddlewaretoken={PROOF}&{sent()}", headers
