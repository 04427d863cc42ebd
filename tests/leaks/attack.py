"""Every address, opened as everybody, and every word that comes back looked at.

A response is its page, its headers and the pages it leads to; a PDF is its text. What comes back is compared
with what the oracle allows that viewer. Each request is undone, so that one cannot help the next.
"""

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from alongside.people.models import Person
from tests import cast
from tests.database import as_owner
from tests.leaks import oracle, words
from tests.leaks.addresses import Filled
from tests.leaks.place import SIGNED_OUT, Here, viewers

FOLLOWED = 3


@dataclass(frozen=True)
class Leak:
    """A word that came to somebody it is not for."""

    who: str
    asked: str
    cell: words.Cell

    def __str__(self) -> str:
        return f"{self.who} asked {self.asked} and read {self.cell}"


@dataclass(frozen=True)
class Answer:
    """What came back: the status at the end, everything that could be read, how it was asked for."""

    asked: str
    status: int
    text: str
    typed: str = ""
    first: int = 0


@dataclass
class Result:
    """What a round of asking brought."""

    leaks: list[Leak] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    seen: dict[str, set[words.Cell]] = field(default_factory=dict)
    asked: int = 0
    # What each address answered to each viewer who simply opened it.
    opened: dict[tuple[str, str], Answer] = field(default_factory=dict)

    def in_words(self, most: int = 25) -> str:
        """Every page that leaked once, with how often; the first of them in full."""
        lines = [f"{len(self.leaks)} words came to somebody they are not for, in {self.asked} answers:"]
        return "\n".join([*lines, *map(str, self.leaks[:most])])


class Visitor:
    """One viewer with a browser of their own."""

    def __init__(self, here: Here, who: str, person: Person | None, rows: oracle.Rows) -> None:
        self.here, self.who, self.person = here, who, person
        self.oracle = oracle.Viewer(rows, person.pk if person else None)
        self.client = Client(raise_request_exception=False)
        if person is not None:
            sign_in(self.client, person)
        self.cookies = self.client.cookies.output(header="")

    def get(self, address: str, **query: str) -> Answer:
        """Open an address."""
        return self._ask("GET", address, query)

    def post(self, address: str, **said: str) -> Answer:
        """Send a form."""
        return self._ask("POST", address, said)

    def _ask(self, how: str, address: str, data: dict[str, str]) -> Answer:
        self.client.cookies.clear()
        self.client.cookies.load(self.cookies)
        with transaction.atomic():
            ask = self.client.get if how == "GET" else self.client.post
            response = ask(address, data)
            text, first = readable(response), response.status_code
            for _ in range(FOLLOWED if how == "POST" else 0):
                if not response.headers.get("Location", "").startswith("/"):
                    break
                response = self.client.get(response.headers["Location"])
                text += readable(response)
            transaction.set_rollback(True)
        asked = f"{how} {address}" + (f" with {data}" if data else "")
        return Answer(asked, response.status_code, text, " ".join(data.values()) + address, first)

    def not_for_them(self, answer: Answer) -> set[words.Cell]:
        """The cells in an answer that the oracle does not allow."""
        found = self.here.canaries.found_in(answer.text, answer.typed)
        return {cell for cell in found if not self.oracle.may(cell)}


def sign_in(client: Client, person: Person) -> None:
    """Come in with two factors, as whoever holds others' stories must."""
    cast.sign_in(client, person)
    session = client.session
    assert session[SESSION_KEY]
    session["account_authentication_methods"] = [
        {"method": "mfa", "type": "totp", "at": timezone.now().timestamp()}
    ]
    session.save()


def readable(response: Any) -> str:
    """Headers and all that a reader, or a reader's program, gets out of a response."""
    body = response.getvalue() if response.streaming else response.content
    if response.headers.get("Content-Type", "").startswith("application/pdf"):
        pages = PdfReader(io.BytesIO(body))
        told = " ".join(f"{key} {value}" for key, value in (pages.metadata or {}).items())
        text = told + "\n".join(page.extract_text() for page in pages.pages)
    else:
        text = body.decode("utf-8", "replace")
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    return f"{headers}\n{response.cookies.output()}\n{text}"


def visitors(here: Here, only: Iterable[str] = ()) -> list[Visitor]:
    """Everybody (or only some), each with what the oracle says of them now."""
    with as_owner():
        rows = oracle.Rows()
    chosen = set(only)
    return [Visitor(here, who, person, rows) for who, person in viewers(here) if not chosen or who in chosen]


class SearchForms(HTMLParser):
    """The names of what can be searched for on a page."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.inside = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Notes text fields of forms that are sent by GET."""
        told = dict(attributes)
        if tag == "form":
            self.inside = (told.get("method") or "get").lower() == "get"
        elif tag == "input" and self.inside and told.get("type", "text") in ("text", "search"):
            self.names.add(told.get("name") or "")

    def handle_endtag(self, tag: str) -> None:
        """A form ends."""
        self.inside = self.inside and tag != "form"


def searches(text: str) -> set[str]:
    """The search fields a page has."""
    parser = SearchForms()
    parser.feed(text)
    return parser.names - {""}


def sought(here: Here) -> list[str]:
    """What somebody nosy would type: the beginning and the middle of a hidden name, wildcards, everything."""
    name = here.canaries.token_of("people.Person", here.ada.pk, "name")
    other = here.canaries.token_of("people.Alias", here.rows["people.Alias"][0], "name")
    return [name[:9], name[2:8], other, words.EVERYBODY, "%", "__", "' OR 1=1 --"]


# Said to every page that takes a form: nothing at all, and something of everything.
NOTHING: dict[str, str] = {}
SOMETHING = {"words": "x", "name": "x", "to": "x", "q": "x", "why": "x", "audience": "nobody", "what": "x"}


def asked_of(
    visitor: Visitor, page: Filled, *, forms: bool = True, nosy: Iterable[str] = ()
) -> Iterator[Answer]:
    """Everything one visitor tries at one address."""
    opened = visitor.get(page.address)
    yield opened
    if opened.status == 200:
        for name in searches(opened.text):
            yield from (visitor.get(page.address, **{name: typed}) for typed in nosy)
    if forms:
        yield visitor.post(page.address, **NOTHING)
        if opened.status == 200:
            yield visitor.post(page.address, **SOMETHING)


def attack(
    here: Here, pages: list[Filled], who: list[Visitor], *, forms: bool = True, nosy: Iterable[str] = ()
) -> Result:
    """Ask every page as everybody, and note every word that is not for them.

    Forms are sent, and searches made, at the first address of each page: at the others they say the same.
    """
    result = Result()
    first = {id(page) for page in {one.page.route: one for one in reversed(pages)}.values()}
    for visitor in who:
        seen = result.seen.setdefault(visitor.who, set())
        for page in pages:
            whole = id(page) in first
            for answer in asked_of(visitor, page, forms=forms and whole, nosy=nosy if whole else ()):
                result.asked += 1
                result.opened.setdefault((visitor.who, page.address), short(answer))
                result.statuses[answer.status] += 1
                # The page of the house's health alone answers 503 on purpose.
                if answer.status >= 500 and (answer.status, page.address) != (503, reverse("health")):
                    result.broken.append(f"{visitor.who}: {answer.asked}")
                seen |= here.canaries.found_in(answer.text, answer.typed)
                result.leaks += [
                    Leak(visitor.who, answer.asked, cell) for cell in visitor.not_for_them(answer)
                ]
    return result


def short(answer: Answer) -> Answer:
    """An answer without its words: thousands are kept."""
    return replace(answer, text=next(iter(re.findall("Location: .*", answer.text)), ""))


def same_but_for_secrets(text: str) -> str:
    """A page without what differs at every request: tokens against forgery, nonces, the time."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)
    text = re.sub(r"(csrftoken|sessionid|nonce)[=-][^;'\"\s]*", "", text)
    text = re.sub(r'"(now|proof)": "[^"]*"', "", text)
    text = re.sub(r"/(Creation|Mod)Date \S+|Content-Length: \d+", "", text)
    return re.sub(r"expires(=[^;]*;|: [^\n]*)", "", text, flags=re.IGNORECASE)


__all__ = ["SIGNED_OUT", "Leak", "Result", "Visitor", "attack", "visitors"]
