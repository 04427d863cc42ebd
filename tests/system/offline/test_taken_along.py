"""Today's people on a phone: each sees it, and they are gone in the evening, at signing out, and from the disk."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from alongside.audit.models import Look
from alongside.kernel.acting import acting_as
from alongside.people.models import Person
from alongside.story.operations import say
from tests.browser import axe
from tests.cast import person, say_so
from tests.database import as_owner
from tests.system.offline.phone import Phone
from tests.system.offline.road import Road

pytestmark = pytest.mark.browser
CANARIES = ["quillbramble", "Zephyrine", "Oddlethwaite", "Zeph"]


@pytest.fixture
def zephyrine(priya: Person) -> Person:
    """Somebody whose name and words nothing else on a disk would hold."""
    whoever = person("Zephyrine Oddlethwaite", called="Zeph")
    with acting_as(whoever):
        say(by=whoever, person=whoever, kind="good_at", words="I make quillbramble jam.")
    say_so(whoever, priya)
    return whoever


@pytest.fixture
def taken(phone: Callable[..., Phone], priya: Person, zephyrine: Person) -> Phone:
    """Priya's phone, in the morning, with today's people on it."""
    mine = phone()
    mine.signs_in(priya)
    mine.is_made_ready()
    mine.page.get_by_role("button", name="Take today's people along").click()
    expect(mine.page.locator("[data-people]").get_by_text("Zeph")).to_be_visible()
    return mine


def test_each_of_them_reads_that_they_were_taken_along(
    taken: Phone, priya: Person, zephyrine: Person
) -> None:
    with as_owner():
        (look,) = Look.objects.filter(person_id=zephyrine.pk)
    assert (look.by_id, look.page) == (priya.pk, "taken along offline")
    assert len(look.parts) == 1


def test_without_a_signal_they_are_read_and_chosen_with_one_tap_also_from_their_own_address(
    taken: Phone, road: Road, zephyrine: Person
) -> None:
    road.closed = True
    taken.page.goto(f"/people/{zephyrine.pk}/moments/new/")
    expect(taken.page.get_by_label("Who were you with?")).to_have_value("Zeph")
    taken.page.locator("[data-people] summary").click()
    expect(taken.page.get_by_text("I make quillbramble jam.")).to_be_visible()
    assert axe(taken.page) == ""
    taken.page.goto("/offline/")
    taken.page.locator("[data-pick]").get_by_role("button", name="Zeph").click()
    expect(taken.page.get_by_label("What happened, in words")).to_be_focused()


def test_nothing_of_them_can_be_read_on_the_disk(taken: Phone) -> None:
    taken.is_killed()
    assert {canary: taken.on_disk(canary) for canary in CANARIES} == {canary: [] for canary in CANARIES}


@pytest.mark.parametrize(("hours", "there"), [(17, True), (19, False), (-1, False)])
def test_they_are_gone_after_eighteen_hours_and_where_the_clock_was_set_back(
    taken: Phone, road: Road, hours: int, there: bool
) -> None:
    road.closed = True
    taken.lives_on(hours=hours)
    taken.page.goto("/offline/")
    shown = taken.page.locator("[data-people]").get_by_text("Zeph")
    if there:
        expect(shown).to_be_visible()
    else:
        expect(taken.page.get_by_text("Nobody is taken along.")).to_be_visible()
        expect(shown).to_have_count(0)
    assert ("along" in taken.own()) is there


def test_signing_out_takes_them_off_also_where_a_moment_still_waits(taken: Phone, road: Road) -> None:
    assert taken.own() == ["along", "choice", "place"]
    road.loses = lambda method, path: path == "/offline/moments/"
    taken.keeps("Zeph", "we sat on the step")
    taken.page.goto("/me/")
    taken.page.locator(".who").get_by_role("button", name="Sign out").click()
    taken.page.get_by_role("main").get_by_role("button", name="Sign out").click()
    taken.page.wait_for_url(f"{road.url}/")
    assert taken.own() == []
    assert len(taken.waiting()) == 1


def _signs_out(phone: Phone) -> None:
    """Where something waits, a page of its own asks first."""
    phone.page.goto("/me/")
    phone.page.locator(".who").get_by_role("button", name="Sign out").click()
    phone.page.get_by_role("main").get_by_role("button", name="Sign out").click(no_wait_after=True)


def test_an_answer_that_was_on_its_way_when_they_signed_out_does_not_say_again_whose_phone_it_is(
    taken: Phone, road: Road
) -> None:
    road.loses = lambda method, path: path == "/offline/moments/"
    taken.keeps("Zeph", "we sat on the step")
    road.holds_back = lambda method, path: path in ("/offline/whose/", "/offline/people/")
    _signs_out(taken)
    taken.page.wait_for_url(f"{road.url}/")
    assert road.held > 0
    road.goes_on.set()
    taken.sends()
    assert taken.own() == []
    assert len(taken.waiting()) == 1


def test_signing_out_with_nothing_waiting_takes_all_of_it(taken: Phone, road: Road) -> None:
    taken.page.goto("/me/")
    taken.page.locator(".who").get_by_role("button", name="Sign out").click()
    taken.page.wait_for_url(f"{road.url}/")
    assert taken.own() == []


def test_left_behind_they_are_gone_and_are_not_taken_again_tomorrow(taken: Phone) -> None:
    taken.page.get_by_role("button", name="Leave them behind").click()
    expect(taken.page.get_by_text("Nobody is taken along.")).to_be_visible()
    taken.page.goto("/offline/")
    expect(taken.page.get_by_text("There is a signal. What you keep is sent at once.")).to_be_visible()
    assert taken.own() == ["place"]
    with as_owner():
        assert Look.objects.count() == 1
