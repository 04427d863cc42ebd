"""The leak test, tested: every hole that is planted is found."""

import pytest

from tests.database import as_owner
from tests.leaks import addresses, attack, locks, place, plants, words
from tests.leaks.test_rows import everything_seen, may_see


def leaks_of(here: place.Here, plant: plants.Plant) -> list[str]:
    """What the leak test says while a hole is open, asked only where it could show."""
    if plant.pages == ("rows",):
        with plant.open(here):
            seen = everything_seen(here, plant.who)
        return sorted(map(str, seen - may_see(here, plant.who)))
    with as_owner():
        pages = [page for page in addresses.filled(here, 6)[0] if page.page.name in plant.pages]
    assert pages, f"no page is called {plant.pages}"
    who = attack.visitors(here, {plant.who, "ada"} if "cache" in plant.what else {plant.who})
    with plant.open(here), locks.LOCKS[plant.lock]():
        return [str(leak) for leak in attack.attack(here, pages, who, forms=False, nosy=["zaq"]).leaks]


@pytest.mark.parametrize("plant", plants.PLANTS, ids=lambda plant: plant.what)
def test_a_planted_leak_is_caught(here: place.Here, plant: plants.Plant) -> None:
    assert leaks_of(here, plant) != []


def test_thirty_are_planted() -> None:
    assert len({plant.what for plant in plants.PLANTS}) >= 30


@pytest.mark.parametrize("plant", plants.HIDINGS, ids=lambda plant: plant.what)
def test_what_is_kept_from_somebody_it_is_for_is_noticed(here: place.Here, plant: plants.Plant) -> None:
    with plant.open(here):
        assert may_see(here, plant.who) - everything_seen(here, plant.who) - names_elsewhere(here) != set()


def names_elsewhere(here: place.Here) -> set[words.Cell]:
    """Names, which are read on the page where somebody turned to somebody; accounts, and files on the disk."""
    return {
        cell
        for cell in here.canaries.of
        if cell.field == "file" or cell.model.startswith(("accounts.", "people."))
    }
