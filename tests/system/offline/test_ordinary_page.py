"""The ordinary page "What happened with …?", where the signal goes while somebody writes."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from alongside.people.models import Person
from alongside.walks.models import Draft, Moment
from tests.browser import House
from tests.database import as_owner
from tests.system.offline.phone import IS_READY, Phone
from tests.system.offline.road import Road

pytestmark = pytest.mark.browser
WORDS = "quillbramble laughed by the river"


@pytest.fixture
def writing(phone: Callable[..., Phone], priya: Person, trace: Person) -> Phone:
    """Priya has opened Trace's page by the ways everybody goes, and never the offline one."""
    mine = phone()
    mine.signs_in(priya)
    mine.page.goto("/moments/new/")
    mine.page.wait_for_function(IS_READY)
    mine.page.get_by_role("link", name="Trace").click()
    expect(mine.page.get_by_label("What happened with Trace?")).to_be_visible()
    for _ in range(40):
        if mine.own():
            return mine
        mine.page.wait_for_timeout(100)
    raise AssertionError("this phone does not know whose it is")


def there() -> list[Moment]:
    with as_owner():
        return list(Moment.objects.all())


def arrive(mine: Phone, road: Road) -> None:
    road.closed, road.loses = False, lambda method, path: False
    mine.page.goto("/offline/")
    expect(mine.page.locator("[data-waiting]")).to_be_hidden()
    assert mine.waiting() == []


def writes(mine: Phone) -> None:
    mine.page.get_by_label("What happened with Trace?").fill(WORDS)


def test_without_a_signal_it_is_kept_on_the_phone_with_all_that_was_chosen(
    writing: Phone, road: Road, trace: Person, priya: Person
) -> None:
    road.closed = True
    writes(writing)
    writing.page.get_by_label("Half an hour").check()
    writing.page.get_by_label("We did something").check()
    writing.page.get_by_role("button", name="Keep it", exact=True).first.click()
    expect(writing.page.get_by_text("Kept on this phone, sealed")).to_be_visible()
    (item,) = writing.waiting()
    assert item["account"] == str(priya.account_id)
    assert WORDS not in str(item)
    arrive(writing, road)
    (moment,) = there()
    told = (moment.person_id, moment.words, moment.minutes_together, moment.kind)
    assert told == (trace.pk, WORDS, 30, "together")
    assert str(moment.client_id) == item["client_id"]


def test_where_only_the_answer_was_lost_it_is_there_once(writing: Phone, road: Road) -> None:
    road.loses = lambda method, path: method == "POST" and path.endswith("/moments/new/")
    writes(writing)
    writing.page.get_by_role("button", name="Keep it", exact=True).first.click()
    expect(writing.page.get_by_text("Kept on this phone, sealed")).to_be_visible()
    arrive(writing, road)
    assert [moment.words for moment in there()] == [WORDS]


def test_not_now_is_no_moment_without_a_signal_either(writing: Phone, road: Road, priya: Person) -> None:
    road.closed = True
    writes(writing)
    writing.page.get_by_role("button", name="Not now: keep it for later").click()
    expect(writing.page.get_by_text("Kept on this phone, sealed")).to_be_visible()
    arrive(writing, road)
    assert there() == []
    with as_owner():
        assert {(draft.author_id, draft.words) for draft in Draft.objects.all()} == {(priya.pk, WORDS)}


def test_with_a_signal_it_goes_as_it_always_did(writing: Phone, trace: Person) -> None:
    writes(writing)
    writing.page.get_by_role("button", name="Keep it", exact=True).first.click()
    expect(writing.page.get_by_text("Kept, just as it was said.")).to_be_visible()
    assert writing.waiting() == []
    assert [(moment.person_id, moment.words) for moment in there()] == [(trace.pk, WORDS)]


def test_without_a_script_it_is_a_plain_form(house: House, priya: Person, trace: Person) -> None:
    page = house.page(priya, width=320, script=False)
    page.goto(house / f"people/{trace.pk}/moments/new/")
    page.get_by_label("What happened with Trace?").fill(WORDS)
    page.get_by_role("button", name="Keep it", exact=True).first.click()
    expect(page.get_by_text("Kept, just as it was said.")).to_be_visible()
    assert [moment.words for moment in there()] == [WORDS]
