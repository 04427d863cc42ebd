"""Every page has a policy, and opening one changes nothing."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import path, reverse

from alongside.accounts.models import EasyReadLine
from alongside.kernel.acting import acting_as
from alongside.kernel.policy import open_to_all
from alongside.people.models import Organisation, Person
from tests import cast, crawl
from tests.database import as_owner

# What reading may write: the look itself, its salt, and the visitor's own session.
MAY_BE_WRITTEN = {"audit_look", "audit_salt", "django_session", "usersessions_usersession"}


def without_policy(pages: list[crawl.Page]) -> list[str]:
    """Addresses that nobody decided about."""
    return [page.route for page in pages if not getattr(page.view, "access", "")]


def test_every_address_says_who_may_come_in() -> None:
    assert without_policy(crawl.pages()) == []


def test_an_address_without_a_policy_is_found() -> None:
    def bare(request: Any) -> None: ...

    planted = crawl.pages([path("bare/", bare), path("fine/", open_to_all("a test")(bare))])
    assert without_policy(planted) == ["bare/"]


def test_every_open_address_says_why() -> None:
    said = [getattr(page.view, "access", "") for page in crawl.pages()]
    assert [each for each in said if each.startswith("open") and len(each) < len("open: why")] == []


class Watch:
    """Notes every statement that writes where reading may not."""

    def __init__(self) -> None:
        self.wrote: list[str] = []

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Let it pass, and note it."""
        first, *rest = str(sql).split()
        if first.upper() in {"INSERT", "UPDATE", "DELETE"}:
            table = next(word for word in rest if word.upper() not in {"INTO", "FROM", "ONLY"}).strip('"')
            if table not in MAY_BE_WRITTEN:
                self.wrote.append(str(sql)[:120])
        return execute(sql, params, many, context)


def broke(response: Any, address: str) -> bool:
    """Whether a page fell over: the page of the house's health alone answers 503 on purpose."""
    return response.status_code >= 500 and (response.status_code, address) != (503, reverse("health"))


def look_at(client: Client, address: str) -> tuple[int, list[str]]:
    """The status of a GET of this address, and what it wrote and should not, or how it fell over."""
    watch = Watch()
    client.raise_request_exception = False
    with connection.execute_wrapper(watch):
        response = client.get(address)
        if response.streaming:
            b"".join(response.streaming_content)
    fell = [str(getattr(response, "exc_info", ["fell over"])[:2])] if broke(response, address) else []
    return response.status_code, watch.wrote + fell


@pytest.fixture
def somebody(db: None) -> dict[str, Any]:
    """Tracey with a little of everything, and what stands in the addresses of it."""
    return a_little_of_everything()


def a_little_of_everything() -> dict[str, Any]:
    """The same for a test that brings its own database."""
    from alongside.consent.asked.operations import ask_whose_pages
    from alongside.consent.looks import looked
    from alongside.story.operations import name_gap, say, tie

    tracey, priya = cast.person("Tracey Hallam"), cast.serving("Priya Nair")
    imogen = cast.serving("Imogen Blake", "place_steward")
    given = cast.say_so(tracey, priya)
    with as_owner():
        easy = EasyReadLine.objects.create(
            page="home",
            language="en",
            place_in_order=1,
            words="Hello.",
            picture=b"\xff\xd8\xff",
            described="A hand",
        )
    with acting_as(tracey):
        part = say(by=tracey, person=tracey, kind="what_matters", words="My van.")
        kelly = tie(by=tracey, person=tracey, name="Our Kelly")
        gap = name_gap(by=tracey, person=tracey, words="Somebody to fish with")
    with acting_as(priya):
        look = looked(priya, tracey, page="story")
    with acting_as(imogen):
        question = ask_whose_pages(by=imogen, person=priya, why="Somebody knew too much.")
    return {
        "person": tracey.pk,
        "steward_ask_whose_pages.person": priya.pk,
        "question": question.pk,
        "look": look.pk if look else None,
        "part": part.pk,
        "tie": kelly.pk,
        "gap": gap.pk,
        "say_so": given.say_so_id,
        "steward_change_organisation.slug": "tynebank-council",
        "account_id": tracey.account_id,
        "steward_end_role.held": cast.hold(cast.person("Dev Rao"), "duty_human").pk,
        "key": "not-a-key",
        "line": easy.pk,
        "steward_easy_read.page": "home",
        "steward_easy_read.language": "en",
    }


# How many pages each may open at least, so that a crawl that opens nothing is found.
CRAWLS = {None: 2, "Tracey Hallam": 12, "Priya Nair": 8, "Imogen Blake": 8}


@pytest.mark.parametrize("name", CRAWLS)
def test_every_page_opens_and_writes_nothing_but_the_look(
    client: Client, somebody: dict[str, Any], name: str | None
) -> None:
    if name:
        with as_owner():
            whoever = Person.objects.get(name=name)
        cast.sign_in(client, whoever)
    addresses, _missing = crawl.addresses(crawl.examples(somebody))
    seen = {page.address: look_at(client, page.address) for page in addresses}
    assert {address: wrong for address, (_status, wrong) in seen.items() if wrong} == {}
    assert len([address for address, (status, _wrong) in seen.items() if status == 200]) >= CRAWLS[name]


def test_a_get_that_writes_is_found(db: None) -> None:
    watch = Watch()
    with as_owner(), connection.execute_wrapper(watch):
        Organisation.objects.create(slug="planted", name="Planted")
    assert watch.wrote
