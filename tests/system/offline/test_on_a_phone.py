"""Where there is no signal: the page opens, words are sealed at once, and nothing lies on the disk to be read."""

import json

import pytest
from playwright.sync_api import expect

from alongside.kernel import sealing
from alongside.people.models import Person
from tests.browser import House, axe, too_wide
from tests.cast import serving
from tests.system.offline.phone import Phone
from tests.system.offline.road import Road

pytestmark = pytest.mark.browser
# Words nothing else on a disk would hold.
WORDS, WHO = "quillbramble laughed by the marmaladeferry", "Zephyrine Oddlethwaite"
CANARIES = ["quillbramble", "marmaladeferry", "Zephyrine", "Oddlethwaite"]


def test_the_page_opens_where_there_is_no_signal(mine: Phone, road: Road) -> None:
    road.closed = True
    mine.page.goto("/offline/")
    expect(mine.page.get_by_role("heading", name="Record a moment")).to_be_visible()
    expect(mine.page.get_by_text("No signal. You can write all the same.")).to_be_visible()
    mine.page.goto("/me/")
    expect(mine.page.get_by_role("heading", name="Record a moment")).to_be_visible()
    assert too_wide(mine.page) == 0
    assert axe(mine.page) == ""


def test_no_page_with_people_in_it_is_kept_by_the_phone(mine: Phone, priya: Person) -> None:
    for address in ("/me/", "/people/", f"/people/{priya.pk}/", "/me/messages/"):
        mine.page.goto(address)
    kept = mine.page.evaluate(
        """async () => { const found = []
        for (const name of await caches.keys())
          for (const each of await (await caches.open(name)).keys()) found.push(new URL(each.url).pathname)
        return found }"""
    )
    assert "/offline/" in kept
    assert [address for address in kept if not address.startswith(("/static/", "/offline/"))] == []
    shell = mine.page.evaluate("caches.match('/offline/').then((found) => found.text())")
    assert "Priya" not in shell
    assert "csrf" not in shell.replace('name="csrfmiddlewaretoken"', "")


def test_words_are_sealed_before_they_are_kept_and_outlive_a_killed_browser(
    mine: Phone, road: Road, priya: Person
) -> None:
    road.closed = True
    mine.page.goto("/offline/")
    mine.keeps(WHO, WORDS)
    mine.writes(WHO, f"{WORDS} and never kept")
    mine.is_killed()
    assert {canary: mine.on_disk(canary) for canary in CANARIES} == {canary: [] for canary in CANARIES}
    mine.switches_on()
    mine.page.goto("/offline/")
    expect(mine.page.get_by_role("heading", name="Waiting on this phone")).to_be_visible()
    (item,) = mine.waiting()
    assert set(item) == {"client_id", "account", "envelope", "kept_at"}
    assert item["account"] == str(priya.account_id)
    assert mine.on_disk(item["envelope"][-40:]) != [], (
        "what is sealed is on the disk, so the search would find it"
    )


def test_what_was_sealed_on_a_phone_opens_here_and_says_who_and_words(
    mine: Phone, road: Road, priya: Person
) -> None:
    road.closed = True
    mine.keeps(WHO, WORDS)
    (item,) = mine.waiting()
    said = json.loads(sealing.unseal(item["envelope"], ["moment", item["account"], item["client_id"]]))
    assert (said["who"], said["words"]) == (WHO, WORDS)
    assert set(said["known"]) == {"server", "device"}
    with pytest.raises(sealing.Tampered):
        sealing.unseal(item["envelope"], ["moment", str(priya.pk), item["client_id"]])


def test_signing_out_says_how_many_wait_and_leaves_them_sealed(mine: Phone, road: Road) -> None:
    road.loses = lambda method, path: path == "/offline/moments/"
    mine.keeps(WHO, WORDS)
    mine.keeps(WHO, WORDS)
    mine.page.goto("/me/")
    mine.page.locator(".who").get_by_role("button", name="Sign out").click()
    expect(mine.page.get_by_text("Moments on this phone that have not been sent: 2")).to_be_visible()
    mine.page.get_by_role("main").get_by_role("button", name="Sign out").click()
    mine.page.wait_for_url(f"{road.url}/")
    mine.page.goto("/offline/")
    expect(mine.page.get_by_text("This phone belongs to nobody yet")).to_be_visible()
    expect(mine.page.locator("form[data-moment]")).to_be_hidden()
    assert len(mine.waiting()) == 2


def test_signing_out_with_nothing_waiting_leaves_nothing_at_all(mine: Phone, road: Road) -> None:
    mine.page.goto("/me/")
    mine.page.locator(".who").get_by_role("button", name="Sign out").click()
    mine.page.wait_for_url(f"{road.url}/")
    left = mine.page.evaluate(
        "async () => [await caches.keys(), (await indexedDB.databases()).map((each) => each.name),"
        " (await navigator.serviceWorker.getRegistrations()).length]"
    )
    assert left == [[], [], 0]


def test_somebody_elses_moments_are_neither_shown_nor_sent(mine: Phone, road: Road) -> None:
    other = serving("Callum Reay")
    road.loses = lambda method, path: path == "/offline/moments/"
    mine.keeps(WHO, WORDS)
    expect(mine.page.locator("[data-list] li")).to_have_count(1)
    road.closed = True
    mine.page.goto("about:blank")
    mine.context.clear_cookies()
    # What was still being sent as Priya finds the road closed.
    mine.page.wait_for_timeout(1_000)
    road.closed, road.loses = False, lambda method, path: False
    mine.signs_in(other)
    before = road.asked("/offline/moments/")
    mine.page.goto("/offline/")
    expect(mine.page.get_by_text("Sealed, by somebody who is not signed in here:")).to_be_visible()
    expect(mine.page.locator("[data-list] li")).to_have_count(0)
    assert road.asked("/offline/moments/") == before
    assert len(mine.waiting()) == 1


def test_without_script_the_page_says_what_to_do(house: House, priya: Person) -> None:
    page = house.page(priya, width=320, script=False)
    page.goto(house / "offline/")
    expect(page.get_by_text("It needs JavaScript")).to_be_visible()
    expect(page.locator("form[data-moment]")).to_be_hidden()
    assert too_wide(page) == 0
