"""Following every link of the house, as everybody: which page can be reached, by whom, at which address.

It needs no browser. What it finds is where `test_every_page` looks.
"""

import html
import re
from collections import deque
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, build_opener

from django.urls import Resolver404, resolve

LINK = re.compile(r'(?:href|action)="(/[^"#]*|\?[^"#]*)"')
PROOF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
FACE = re.compile(r'name="face" value="([^"]+)"[^>]*>\s*([^<]+?)\s*<')
AWAY = {"/leave/", "/sign-in/out/"}  # out of the house
MOST_OF_A_KIND = 4  # addresses of one page that are tried before it is given up for this walker


@dataclass
class Answer:
    """What the house gave: a number, the address it ended at, what kind of thing, and the words of a page."""

    status: int
    address: str
    kind: str
    words: str

    @property
    def is_page(self) -> bool:
        """Whether somebody reads it in a browser."""
        return self.status == 200 and self.kind.startswith("text/html")


class Walker:
    """Somebody on foot: no browser, cookies only."""

    def __init__(self, url: str, name: str | None = None) -> None:
        self.url, self.name = url, name
        self.cookies = CookieJar()
        self._open = build_opener(HTTPCookieProcessor(self.cookies)).open
        if name:
            faces = self.faces()
            assert name in faces, f"{name} is not among the faces"
            self.sends("/sign-in/faces/", face=faces[name])

    def faces(self) -> dict[str, str]:
        """Whom one can be here: names, each with what the picture of it sends."""
        return {name: face for face, name in FACE.findall(self.asks("/sign-in/faces/").words)}

    def asks(self, address: str, **sent: str) -> Answer:
        """GET, or POST what is sent; redirects are followed."""
        body = urlencode(sent).encode() if sent else None
        try:
            given = self._open(self.url + address, body, 30)
        except HTTPError as refused:
            given = refused
        with given:
            words = given.read().decode(errors="replace")
            path = given.geturl().removeprefix(self.url)
            return Answer(given.status, path, given.headers.get("Content-Type", ""), words)

    def sends(self, address: str, **sent: str) -> Answer:
        """Fills in the first form at an address, with the proof that it was read."""
        proof = PROOF.search(self.asks(address).words)
        assert proof, f"No form at {address}"
        return self.asks(address, csrfmiddlewaretoken=proof[1], **sent)

    def finds(self, pattern: str, address: str, saying: str = "") -> str:
        """The first address on a page that fits, where what leads there begins with these words."""
        link = rf'(?:href|action)="([^"]*{pattern}[^"]*)"[^>]*>\s*{saying}'
        found = re.search(link, self.asks(address).words)
        assert found, f"Nothing like {pattern} {saying!r} at {address}"
        return html.unescape(found[1])

    def for_a_browser(self) -> list[Any]:
        """The cookies, as playwright takes them."""
        return [{"name": one.name, "value": one.value or "", "url": self.url} for one in self.cookies]


class Walkers(dict[str | None, Walker]):
    """Everybody who is on foot here, each made when they are first asked for; None is a stranger."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url

    def __missing__(self, name: str | None) -> Walker:
        self[name] = Walker(self.url, name)
        return self[name]


@dataclass
class Found:
    """Where each named page was reached: by whom, at which address."""

    pages: dict[str, tuple[Walker, str]] = field(default_factory=dict)


def name_of(address: str) -> str:
    """The name of the page at an address; "" where there is none."""
    try:
        return resolve(urlsplit(address).path).url_name or ""
    except Resolver404:
        return ""


def walk(walker: Walker, starts: list[str], found: Found) -> None:
    """Follow links from these addresses on, each kind of page once and each start for certain, breadth first."""
    waiting, done, been = deque(starts), set[str](), set[str]()
    tried: dict[str, int] = {}
    while waiting:
        address = waiting.popleft()
        name = name_of(address)
        enough = name in done or tried.get(name, 0) >= MOST_OF_A_KIND
        if not name or address in been or (enough and address not in starts):
            continue
        been.add(address)
        tried[name] = tried.get(name, 0) + 1
        answer = walker.asks(address)
        if name_of(answer.address) == name and answer.is_page:
            done.add(name)
            found.pages.setdefault(name, (walker, address))
        if answer.is_page:
            waiting.extend(_links(answer))


def _links(answer: Answer) -> list[str]:
    here = urlsplit(answer.address).path
    links = [html.unescape(link) for link in LINK.findall(answer.words)]
    return [here + link if link.startswith("?") else link for link in links if link not in AWAY]
