"""In a language a third longer, accented and in brackets, no page scrolls sideways on the smallest screen."""

from pathlib import Path

import pytest

from alongside.doings.tests import world as plans
from alongside.people.models import Person
from alongside.walks.tests import world as walks
from tests import crawl, pseudo
from tests.browser import chromium, house, too_wide  # noqa: F401 - fixtures
from tests.database import as_owner
from tests.house.test_languages_lived import planned, walked
from tests.house.test_pages import a_little_of_everything

pytestmark = pytest.mark.browser

OPENED_AT_LEAST = {None: 8, "Tracey Hallam": 25, "Imogen Blake": 20}


def narrow(page, addresses):
    """How many pages opened, and by how many pixels each of them is too wide."""
    opened, wide = 0, {}
    for address in addresses:
        answer = page.request.get(address, max_redirects=0)
        if answer.status == 200 and answer.headers["content-type"].startswith("text/html"):
            page.goto(address)
            assert pseudo.OPEN in page.title() + page.locator("body").inner_text(), address
            opened += 1
            if pixels := too_wide(page):
                wide[address] = pixels
    return opened, wide


@pytest.mark.parametrize("name", OPENED_AT_LEAST)
def test_nothing_is_too_wide_in_a_longer_language(house, tmp_path: Path, name):  # noqa: F811
    values = a_little_of_everything()
    with as_owner():
        whoever = Person.objects.get(name=name) if name else None
    with pseudo.spoken(tmp_path):
        page = house.page(whoever, width=320)
        page.set_extra_http_headers({"Accept-Language": pseudo.CODE})
        here = [house / each.address for each in crawl.addresses(crawl.examples(values))[0]]
        opened, wide = narrow(page, here)
    assert wide == {}
    assert opened >= OPENED_AT_LEAST[name]


@pytest.mark.parametrize(
    ("there", "part"),
    [(walked, walks.PERSON), (walked, walks.WALKER), (planned, plans.PERSON), (planned, plans.DUTY)],
)
def test_a_walk_and_a_plan_are_not_too_wide_either(house, tmp_path: Path, there, part):  # noqa: F811
    values, who = there()
    with pseudo.spoken(tmp_path):
        page = house.page(who[part], width=320)
        page.set_extra_http_headers({"Accept-Language": pseudo.CODE})
        about = [each for each in crawl.addresses(values)[0] if each.page.holes]
        opened, wide = narrow(page, [house / each.address for each in about])
    assert wide == {}
    assert opened >= (2 if part == plans.DUTY else 10)
