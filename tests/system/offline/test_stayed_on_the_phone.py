"""A moment the place could not take: its writer says where it belongs, or puts it away knowing that it is gone."""

import pytest
from playwright.sync_api import expect

from alongside.accounts.models import Account
from alongside.consent.models import Basis
from alongside.people.models import Person
from alongside.walks.models import Moment
from tests.browser import axe, too_wide
from tests.database import as_owner
from tests.system.offline.phone import Phone
from tests.system.offline.road import Road

pytestmark = pytest.mark.browser
WORDS = "quillbramble laughed by the river"


def there() -> list[Moment]:
    with as_owner():
        return list(Moment.objects.all())


def read_again(mine: Phone) -> None:
    mine.page.get_by_role("button", name="Read it again, and say where it belongs").click()
    expect(mine.page.get_by_text(WORDS)).to_be_visible()


def test_a_name_misheard_is_put_right_and_the_words_leave_the_phone(trace: Person, mine: Phone) -> None:
    mine.keeps("Trayc", WORDS)
    expect(mine.page.get_by_text("You do not walk with anybody called Trayc now.")).to_be_visible()
    expect(mine.page.get_by_text("It stays here, sealed, and nothing is lost.")).to_be_visible()
    expect(mine.page.get_by_text("It stays on this phone for now")).to_be_visible()
    expect(mine.page.get_by_text("It has arrived")).to_be_hidden()
    (item,) = mine.waiting()
    read_again(mine)
    assert axe(mine.page) == ""
    mine.page.set_viewport_size({"width": 320, "height": 640})
    assert too_wide(mine.page) == 0
    mine.page.get_by_role("button", name="Keep it there").click()
    expect(mine.page.get_by_text("Choose whose page it goes on.").first).to_be_visible()
    mine.page.get_by_label("Trace").check()
    mine.page.get_by_role("button", name="Keep it there").click()
    expect(mine.page.get_by_text("It has arrived")).to_be_visible()
    expect(mine.page.locator("[data-waiting]")).to_be_hidden()
    assert mine.waiting() == []
    (moment,) = there()
    assert (str(moment.client_id), moment.person_id, moment.words) == (item["client_id"], trace.pk, WORDS)
    assert mine.trouble == []


def test_what_is_for_no_page_is_put_away_in_two_steps(trace: Person, mine: Phone) -> None:
    mine.keeps("Trayc", WORDS)
    expect(mine.page.get_by_text("You do not walk with anybody called Trayc now.")).to_be_visible()
    read_again(mine)
    away = mine.page.get_by_role("button", name="This is not for anybody's page any more")
    expect(away).to_be_hidden()
    assert len(mine.waiting()) == 1
    mine.page.get_by_text("It belongs on no page").click()
    expect(mine.page.get_by_text("Nobody can bring them back.")).to_be_visible()
    away.click()
    expect(mine.page.get_by_text("You put it away. It is on no phone and on no page.")).to_be_visible()
    expect(mine.page.get_by_text(WORDS)).to_be_hidden()
    assert mine.waiting() == []
    assert there() == []
    mine.page.get_by_role("link", name="Back to what waits on this phone").click()
    expect(mine.page.locator("[data-waiting]")).to_be_hidden()


def test_what_comes_after_a_handover_stays_and_says_so(
    trace: Person, mine: Phone, road: Road, priya: Person
) -> None:
    road.closed = True
    mine.keeps("Trace", WORDS)
    with as_owner():
        Basis.objects.filter(actor=priya).delete()
    road.closed = False
    mine.page.goto("/offline/")
    expect(mine.page.get_by_text("You do not walk with anybody called Trace now.")).to_be_visible()
    read_again(mine)
    expect(mine.page.get_by_text("Nobody's page is open to you now")).to_be_visible()
    expect(mine.page.get_by_text("Somebody else may walk with them now.")).to_be_visible()
    assert len(mine.waiting()) == 1
    assert there() == []


def test_what_an_account_that_ended_had_not_sent_stays_sealed_and_says_whom_to_ask(
    trace: Person, mine: Phone, road: Road, priya: Person
) -> None:
    road.closed = True
    mine.keeps("Trace", WORDS)
    with as_owner():
        Account.objects.filter(pk=priya.account_id).update(is_active=False)
    road.closed = False
    mine.page.goto("/offline/")
    expect(
        mine.page.get_by_text("Whoever cannot sign in any more asks those who look after the place")
    ).to_be_visible()
    expect(mine.page.get_by_text("To send these, sign in again.")).to_be_visible()
    assert len(mine.waiting()) == 1
    assert there() == []
    with as_owner():
        Account.objects.filter(pk=priya.account_id).update(is_active=True)
    mine.signs_in(priya)
    mine.page.goto("/offline/")
    expect(mine.page.locator("[data-waiting]")).to_be_hidden()
    assert [moment.words for moment in there()] == [WORDS]
