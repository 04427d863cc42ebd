"""Whatever stands behind the question mark of an address, every page has an answer, and none falls over."""

import re
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from alongside.people.models import Person
from tests import cast, crawl
from tests.database import as_owner
from tests.house import sources
from tests.house.test_pages import a_little_of_everything
from tests.standing import standing

built, somebody = standing(a_little_of_everything)
pytestmark = pytest.mark.django_db

ASKED = re.compile(r"""request\.GET(?:\.get\(|\.getlist\(|\[)\s*["'](\w+)["']""")
NASTY = {
    "nothing": "\0",
    "figures": "9" * 5_000,
    "a month": "99999-99",
    "every mark": "'\"<>%s%00{}[]()\\/;--\u202e\U0001f4a3\ufffe*:&!|",
    "a key of nobody": "00000000-0000-0000-0000-000000000000",
    "very long": "word " * 2_000,
}
LONG = {"q", "page", "to", "month"}  # an address has an end
# What says whether a house stands, and none does in a test.
WITHOUT_A_HOUSE = {"health"}
AT_ONCE = [("Tracey Hallam", "every mark"), ("Priya Nair", "figures"), ("Imogen Blake", "nothing")]
EACH = [(name, what) for name in ("Tracey Hallam", "Priya Nair", "Imogen Blake") for what in NASTY]
TRIED = [pytest.param(*one, marks=[] if one in AT_ONCE else [pytest.mark.slow]) for one in EACH]


def asked_for() -> set[str]:
    """Every name that some view reads from an address."""
    return {name for path in sources.modules() for name in ASKED.findall(path.read_text(encoding="utf-8"))}


def test_the_names_that_views_read_are_found() -> None:
    assert {"q", "page", "month", "next", "easy"} <= asked_for()


@pytest.mark.parametrize(("name", "what"), TRIED)
def test_no_page_falls_over_at_what_stands_in_its_address(
    client: Client, somebody: dict[str, Any], name: str, what: str
) -> None:
    with as_owner():
        cast.sign_in(client, Person.objects.get(name=name))
    client.raise_request_exception = False
    names = sorted(asked_for() | {"words", "voice"})
    query = "&".join(
        f"{each}={quote(NASTY[what])}" for each in names if len(NASTY[what]) < 1000 or each in LONG
    )
    fell = {}
    for page in crawl.addresses(crawl.examples(somebody))[0]:
        answer = client.get(f"{page.address}?{query}")
        if answer.status_code >= 500 and page.page.name not in WITHOUT_A_HOUSE:
            fell[page.address] = str(getattr(answer, "exc_info", [])[:2])
    assert fell == {}


def test_the_letter_that_is_none_is_answered_in_a_sentence(client: Client, somebody: dict[str, Any]) -> None:
    """PostgreSQL keeps no NUL, and no keyboard writes one: it is no fault of ours, and no page falls over."""
    with as_owner():
        cast.sign_in(client, Person.objects.get(name="Imogen Blake"))
    answer = client.get(reverse("steward_whose_pages"), {"q": "a\0b"})
    assert answer.status_code == 400
    assert "We could not make sense of that" in answer.content.decode()
