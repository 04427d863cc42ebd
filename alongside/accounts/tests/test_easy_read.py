"""A place says a page in short sentences with pictures; whoever likes that sees it first, always if they say so."""

import io
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image

from alongside.accounts.models import EasyReadLine
from alongside.accounts.place import queries
from alongside.accounts.place.operations import write_easy_read
from alongside.audit.models import Event
from alongside.kernel.acting import acting_as, working_on
from alongside.kernel.policy import Denied
from alongside.people.models import Person
from tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db


def picture(kind: str = "JPEG", side: int = 40, **more: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (side, side), "teal").save(out, kind, **more)
    return out.getvalue()


def line(words: str, sent: bytes | None = None, described: str = "") -> Any:
    return {"words": words, "picture": sent, "described": described}


@pytest.fixture
def steward() -> Person:
    from alongside.accounts.place.operations import tell_of_place

    with working_on("demo"):
        tell_of_place(by=None, told={"id": "tynebank", "name": "Tynebank"})
    return cast.serving("Imogen Blake", "place_steward")


def written(steward: Person, *lines: Any, page: str = "say_hello", language: str = "en") -> None:
    with acting_as(steward):
        write_easy_read(by=steward, page=page, language=language, lines=list(lines))


HELLO = line("You can say hello.", picture(), "Two people")


def test_a_page_offers_its_easy_read_and_shows_it_when_asked(client: Client, steward: Person) -> None:
    written(steward, HELLO, line("A person answers."))
    plain = client.get("/hello/").content.decode()
    assert '<a href="?easy=1">Easy read</a>' in plain
    assert "You can say hello." not in plain
    easy = client.get("/hello/?easy=1").content.decode()
    assert easy.index("You can say hello.") < easy.index("A person answers.") < easy.index("<h1")
    assert 'alt="Two people"' in easy


def test_a_page_without_one_says_nothing_of_it(client: Client, steward: Person) -> None:
    written(steward, HELLO, page="place")
    assert "Easy read" not in client.get("/hello/?easy=1").content.decode()


def test_who_likes_it_always_sees_it_first_until_they_stop(client: Client, steward: Person) -> None:
    written(steward, HELLO)
    answer = client.post(reverse("easy_read_always"), {"always": "1", "next": "/hello/"})
    assert answer.url == "/hello/"
    assert "You can say hello." in client.get("/hello/").content.decode()
    client.post(reverse("easy_read_always"), {"always": "0", "next": "/hello/"})
    assert "You can say hello." not in client.get("/hello/").content.decode()


def test_choosing_it_sends_nobody_elsewhere_and_is_no_link(client: Client) -> None:
    sent = client.post(reverse("easy_read_always"), {"always": "1", "next": "//elsewhere.example/"})
    assert sent.url == "/"
    assert client.get(reverse("easy_read_always")).status_code == 405


def test_it_is_in_their_language_and_else_in_english_and_says_which(client: Client, steward: Person) -> None:
    written(steward, HELLO)
    assert '<section class="easy" aria-labelledby="easy-read" lang="en">' in client.get(
        "/hello/?easy=1", headers={"Accept-Language": "cy"}
    ).content.decode().replace("\n", " ")
    written(steward, line("Gallwch ddweud helo."), language="cy")
    html = client.get("/hello/?easy=1", headers={"Accept-Language": "cy"}).content.decode()
    assert "Gallwch ddweud helo." in html
    assert "You can say hello." not in html


def test_a_picture_is_given_out_as_what_it_is(client: Client, steward: Person) -> None:
    written(steward, HELLO, line("No picture."))
    with as_owner():
        first, second = EasyReadLine.objects.all()
    answer = client.get(reverse("easy_read_picture", args=[first.pk]))
    assert (answer.headers["Content-Type"], answer.headers["X-Content-Type-Options"]) == (
        "image/jpeg",
        "nosniff",
    )
    assert answer.content == HELLO["picture"]
    assert client.get(reverse("easy_read_picture", args=[second.pk])).status_code == 404


def test_writing_again_replaces_it_and_nothing_takes_it_away(steward: Person) -> None:
    written(steward, HELLO, line("Old."))
    written(steward, line("New."))
    assert [each.words for each in queries.easy_read(viewer=None, page="say_hello", language="en")] == [
        "New."
    ]
    written(steward)
    assert queries.easy_read(viewer=None, page="say_hello", language="en") == []


def test_what_was_written_is_in_the_audit_without_its_words(steward: Person) -> None:
    written(steward, HELLO)
    with as_owner():
        event = Event.objects.get(did="place.write_easy_read")
    assert set(event.fields) == {"page", "language", "words"}
    assert "say hello" not in str(event.fields)


@pytest.mark.parametrize("role", [None, "relational_worker", "duty_human"])
def test_only_a_steward_writes_it(steward: Person, role: str | None) -> None:
    other = cast.serving("Priya Nair", role) if role else cast.person("Tracey Hallam")
    with acting_as(other), pytest.raises(Denied):
        write_easy_read(by=other, page="home", language="en", lines=[HELLO])


def test_the_lock_keeps_others_from_writing_it_too(steward: Person) -> None:
    written(steward, HELLO)
    tracey = cast.person("Tracey Hallam")
    with acting_as(tracey):
        assert EasyReadLine.objects.update(words="Mine") == 0
        assert EasyReadLine.objects.all().delete()[0] == 0
        with pytest.raises(Exception, match="row-level security"), transaction.atomic():
            EasyReadLine.objects.create(page="home", language="en", place_in_order=1, words="Mine")


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([line("x", picture())], "what the picture shows"),
        ([line("x", b"<svg/>", "a trick")], "too large"),
        ([line("x", b"\xff\xd8\xff" + bytes(500_000), "much")], "too large"),
        ([line("x")] * 13, "Twelve sentences"),
    ],
)
def test_what_cannot_be_kept_is_said_and_what_was_there_stays(steward: Person, lines: Any, said: str) -> None:
    written(steward, HELLO)
    with acting_as(steward), pytest.raises(ValidationError, match=said):
        write_easy_read(by=steward, page="say_hello", language="en", lines=lines)
    assert len(queries.easy_read(viewer=None, page="say_hello", language="en")) == 1


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("easy_read_is_in_one_order", {"page": "say_hello", "words": "Twice"}),
        ("easy_read_has_words", {"words": ""}),
        ("easy_read_says_what_a_picture_shows", {"words": "x", "picture": b"\xff\xd8\xff"}),
    ],
)
def test_the_database_holds_it_too(steward: Person, name: str, wrong: dict[str, Any]) -> None:
    written(steward, HELLO)
    with as_owner(), pytest.raises(IntegrityError, match=name), transaction.atomic():
        EasyReadLine.objects.create(**{"page": "home", "language": "en", "place_in_order": 1} | wrong)
