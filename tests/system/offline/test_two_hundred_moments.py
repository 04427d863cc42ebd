"""200 moments from three phones: killed browsers, lost answers, clocks that are wrong, an account that ended.

Each arrives once, or is kept on its phone and said so; and no phone's disk holds a word of it.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from alongside.kernel import clock
from alongside.people.models import Person
from alongside.walks.models import Moment
from tests.browser import House, chromium, house
from tests.cast import person, say_so, serving
from tests.database import as_owner
from tests.system.offline.phone import Phone
from tests.system.offline.road import Road

__all__ = ["chromium", "house"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
CANARY = "quillbramble"
EACH = {"Priya Nair": 70, "Callum Reay": 70, "Shaz Iqbal": 60}
HOURS_WRONG = {"Priya Nair": 0.0, "Callum Reay": 26.0, "Shaz Iqbal": -9.0}
A_BROWSER_DIES_AFTER = {20, 50}


@pytest.fixture
def trace(house: House) -> Person:
    return person("Tracey Hallam", called="Trace")


@pytest.fixture
def roads(house: House) -> Iterator[dict[str, Road]]:
    ways = {name: Road(house.url) for name in EACH}
    for way in ways.values():
        way.__enter__()
    yield ways
    for way in ways.values():
        way.__exit__(None, None, None)


@pytest.fixture
def phones(
    chromium: Browser, roads: dict[str, Road], trace: Person, tmp_path: Path
) -> Iterator[dict[str, tuple[Person, Phone]]]:
    """Three workers who walk with Trace, each with a phone made ready in the morning."""
    made: dict[str, tuple[Person, Phone]] = {}
    for name, way in roads.items():
        worker = serving(name)
        say_so(trace, worker)
        mine = Phone(chromium, way.url, tmp_path / name.split()[0], skew_hours=HOURS_WRONG[name])
        mine.signs_in(worker)
        mine.is_made_ready()
        # A browser writes its cookies down every half minute, or when it is closed.
        mine.is_switched_off()
        mine.switches_on()
        made[name] = (worker, mine)
    yield made
    for _, mine in made.values():
        mine.is_switched_off()


def every_other_answer_is_lost() -> Callable[[str, str], bool]:
    """The place hears, and what it answers never comes: each second time."""
    times = count()
    return lambda method, path: path == "/offline/moments/" and next(times) % 2 == 0


def a_day_without_signal(name: str, mine: Phone, way: Road) -> None:
    """Many moments, now and then a flicker of signal whose answers are lost, and two sudden deaths."""
    way.closed, way.loses = True, every_other_answer_is_lost()
    mine.page.goto("/offline/")
    for number in range(EACH[name]):
        if number in A_BROWSER_DIES_AFTER:
            mine.is_killed()
            mine.switches_on()
            mine.page.goto("/offline/")
            expect(mine.page.locator("form[data-moment]")).to_be_visible()
        mine.keeps("Trace", f"{CANARY} {name} {number}")
        way.closed = number % 25 != 24


def there() -> list[Moment]:
    with as_owner():
        return list(Moment.objects.order_by("words").select_related("by"))


def test_each_of_two_hundred_arrives_once_or_is_kept_and_said_so(
    phones: dict[str, tuple[Person, Phone]], roads: dict[str, Road], trace: Person
) -> None:
    began = clock.now()
    for name, (_, mine) in phones.items():
        a_day_without_signal(name, mine, roads[name])
    withdrawn, hers = phones["Shaz Iqbal"]
    sent_before = Counter(moment.by_id for moment in there())[withdrawn.pk]
    with as_owner() as cursor:
        cursor.execute("UPDATE accounts_account SET is_active = false WHERE id = %s", [withdrawn.account_id])
    for name, (_, mine) in phones.items():
        roads[name].closed, roads[name].loses = False, lambda method, path: False
        mine.page.goto("/offline/")
        if mine is not hers:
            expect(mine.page.locator("[data-waiting]")).to_be_hidden(timeout=60_000)
            assert mine.waiting() == []
    ended = clock.now()

    found = there()
    wanted = {f"{CANARY} {name} {number}" for name in EACH for number in range(EACH[name])}
    mine_wanted = {words for words in wanted if "Shaz" not in words}
    assert Counter(moment.words for moment in found if moment.by_id != withdrawn.pk) == dict.fromkeys(
        mine_wanted, 1
    )
    assert all(moment.person_id == trace.pk for moment in found)
    # Whatever the clocks of the phones say, each happened today, while this test ran.
    assert all(began - dt.timedelta(minutes=3) <= moment.at <= ended for moment in found)

    # The account that ended: what had arrived is there, what had not waits, sealed, and the page says so.
    shaz = [moment for moment in found if moment.by_id == withdrawn.pk]
    assert len({moment.words for moment in shaz}) == len(shaz) >= sent_before
    expect(hers.page.get_by_role("heading", name="Waiting on this phone")).to_be_visible()
    assert len(hers.waiting()) + len(shaz) >= EACH["Shaz Iqbal"]
    assert len(shaz) < EACH["Shaz Iqbal"]
    assert sum(way.lost for way in roads.values()) >= 3

    for _, mine in phones.values():
        mine.is_killed()
        assert mine.on_disk(CANARY) == []
