"""Forms sent without a script, as anybody of a test's world: what the page says, and what stands there afterwards."""

import html
from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Model
from django.test import Client
from django.urls import reverse

from tests.cast import sign_in
from tests.database import as_owner

Row = TypeVar("Row", bound=Model)


def by_post(client: Client, world: Any) -> Callable[..., Any]:
    """Opens a page as somebody; with anything said, sends it.

    `at(WALKER, "walk_rest", world.walk, words="…")`: the address is made of the things named, in their order.
    """

    def open_or_send(who: str, name: str, /, *things: Model | None, **said: Any) -> Any:
        sign_in(client, world.who[who])
        address = reverse(name, args=[thing.pk for thing in things if thing])
        return client.post(address, said) if said else client.get(address)

    return open_or_send


def words_of(answer: Any) -> str:
    """A page's source, with its signs as a person reads them."""
    return html.unescape(answer.content.decode())


def again(row: Row) -> Row:
    """A row as it stands in the database now."""
    with as_owner():
        return type(row)._default_manager.get(pk=row.pk)
