"""Every answer of the house, to whomever: closed to what is not ours, and kept by nobody on the way.

One crawl by the test client. What runs in a page comes from a file of ours and stands in none of its words.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.http import HttpResponseBase
from django.test import Client

from alongside.people.models import Person
from tests import cast, crawl
from tests.database import as_owner
from tests.house.test_pages import a_little_of_everything
from tests.standing import standing

built, somebody = standing(a_little_of_everything)
pytestmark = pytest.mark.django_db

WHO = {
    None: 10,
    "Tracey Hallam": 30,
    "Priya Nair": 30,
    "Imogen Blake": 30,
}  # how many pages each sees at least
# What may be kept for a while: nobody is in it.
MAY_BE_KEPT = {"easy_read_picture", "manifest", "service_worker"}
KINDS = {
    "text/html", "application/json", "application/geo+json", "application/manifest+json", "application/pdf",
    "image/jpeg", "audio/mpeg", "text/calendar", "text/csv", "text/javascript", "text/plain",
}  # fmt: skip
# The only one that a visitor's browser runs as a script, and that is ours to the byte.
SCRIPT = {"service_worker"}
STRICT = {
    "default-src": "'self'", "script-src": "'self'", "style-src": "'self'", "frame-src": "'none'",
    "object-src": "'none'", "base-uri": "'none'", "form-action": "'self'", "frame-ancestors": "'none'",
}  # fmt: skip
# A file given out by itself is closed further still.
ALONE = {"story_upload"}
TOLD = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def policy(header: str) -> dict[str, str]:
    """A Content-Security-Policy, by directive."""
    parts = (part.strip().partition(" ") for part in header.split(";") if part.strip())
    return {name: sources for name, _space, sources in parts}


def not_strict(header: str) -> list[str]:
    """What of a policy lets in more than our own, or is missing."""
    told = policy(header)
    loose = [f"{name} {told[name]}" for name in told if re.search(r"unsafe|\*|https?:", told[name])]
    return loose + [name for name, sources in STRICT.items() if told.get(name) != sources]


class Inside(HTMLParser):
    """Finds what would run, or be styled, from inside a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in told):
            self.found.append(tag)
        for name, value in told.items():
            if name == "style" or re.fullmatch(r"on[a-z]+|hx-on.*|srcdoc", name):
                self.found.append(f"{tag} {name}")
            if name in {"href", "src", "action", "formaction", "xlink:href", "hx-get", "hx-post"}:
                self.look_at_address(tag, value or "")

    def look_at_address(self, tag: str, address: str) -> None:
        """Nothing that runs, and no script, style or frame from elsewhere."""
        plain = re.sub(r"[\s\x00-\x1f]", "", address).lower()
        if plain.startswith(("javascript:", "vbscript:", "data:text")):
            self.found.append(f"{tag} {plain[:20]}")
        if tag in {"script", "link", "iframe", "img", "form"} and re.match(r"https?:|//", plain):
            self.found.append(f"{tag} {plain[:40]}")


def wrong_with(name: str, answer: HttpResponseBase) -> Iterator[str]:
    """Everything that an answer tells a browser and should not, or should and does not."""
    kind = answer.get("Content-Type", "text/html").split(";")[0]
    if kind not in KINDS or (kind == "text/javascript" and name not in SCRIPT):
        yield f"is of the kind {kind}"
    if name not in ALONE:
        yield from (
            f"Content-Security-Policy: {each}"
            for each in not_strict(answer.get("Content-Security-Policy", ""))
        )
    yield from (
        f"{header}: {answer.get(header)}" for header, wanted in TOLD.items() if answer.get(header) != wanted
    )
    if "Permissions-Policy" not in answer:
        yield "no Permissions-Policy"
    if "Access-Control-Allow-Origin" in answer:
        yield "open to other sites"
    if name not in MAY_BE_KEPT and "no-store" not in answer.get("Cache-Control", ""):
        yield f"Cache-Control: {answer.get('Cache-Control')}"
    yield from (
        f"cookie {cookie.key}"
        for cookie in answer.cookies.values()
        if cookie.value and not (cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["path"] == "/")
    )


def inside(answer: HttpResponseBase) -> list[str]:
    """What runs inside of a page."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    html = answer.get("Content-Type", "").startswith("text/html")
    return Inside(content.decode()).found if html else []


@pytest.mark.parametrize("name", WHO)
def test_every_answer_is_closed_to_what_is_not_ours_and_kept_by_nobody(
    client: Client, somebody: dict[str, Any], name: str | None
) -> None:
    if name:
        with as_owner():
            whoever = Person.objects.get(name=name)
        cast.sign_in(client, whoever)
    found, seen = {}, 0
    for page in crawl.addresses(crawl.examples(somebody))[0]:
        answer = client.get(page.address)
        wrong = [*wrong_with(page.page.name, answer), *inside(answer)]
        seen += answer.status_code == 200
        if wrong:
            found[page.address] = wrong
    assert found == {}
    assert seen >= WHO[name]


@pytest.mark.parametrize(
    "planted",
    [
        "<script>1</script>", "<style>a{}</style>", '<p style="color:red">', '<a onclick="x()">',
        '<a href=" java\tscript:x">', '<script src="https://elsewhere.example/x.js">', '<p hx-on:click="x()">',
        '<form action="//elsewhere.example/">', '<img src="http://elsewhere.example/pixel">', '<iframe srcdoc="x">',
        '<a href="data:text/html,x">',
    ],
)  # fmt: skip
def test_what_would_run_or_be_fetched_from_elsewhere_is_found(planted: str) -> None:
    assert len(Inside(planted).found) == 1


def test_a_page_of_ours_is_not_found() -> None:
    assert (
        Inside(
            '<script src="/static/x.js"></script><a href="https://www.gov.uk/">law</a><p class="on">'
        ).found
        == []
    )


@pytest.mark.parametrize(
    "loose",
    [
        "",
        "default-src *",
        "default-src 'self'; script-src 'self' 'unsafe-inline'",
        "default-src 'self'; script-src https:",
    ],
)
def test_a_loose_policy_is_found(loose: str) -> None:
    assert not_strict(loose)
