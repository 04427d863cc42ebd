"""Every page has a policy, and opening one changes nothing."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import path

from alongside.kernel.policy import open_to_all
from tests import cast, crawl

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


def wrong_with_get(client: Client, address: str) -> list[str]:
    """What a GET of this address writes and should not, and whether it fell over."""
    watch = Watch()
    client.raise_request_exception = False
    with connection.execute_wrapper(watch):
        response = client.get(address)
    fell = (
        [f"{response.status_code}: {getattr(response, 'exc_info', [''])[:2]}"]
        if response.status_code >= 500
        else []
    )
    return watch.wrote + fell


@pytest.mark.parametrize("who", ["a stranger", "a resident", "a worker", "a steward"])
def test_every_page_opens_and_writes_nothing_but_the_look(db: None, client: Client, who: str) -> None:
    opened = {
        "a resident": lambda: cast.person("Tracey Hallam"),
        "a worker": lambda: cast.serving("Priya Nair"),
        "a steward": lambda: cast.serving("Imogen Blake", "place_steward"),
    }
    if who in opened:
        cast.sign_in(client, opened[who]())
    addresses, _missing = crawl.addresses(crawl.examples())
    found = {page.address: wrong for page in addresses if (wrong := wrong_with_get(client, page.address))}
    assert found == {}


def test_a_get_that_writes_is_found(db: None, client: Client, settings: Any) -> None:
    from alongside.people.models import Organisation
    from tests.database import as_owner

    watch = Watch()
    with as_owner(), connection.execute_wrapper(watch):
        Organisation.objects.create(slug="planted", name="Planted")
    assert watch.wrote
