"""What may not be known of leaves no trace: no count, no gap, no other refusal, no other answer to a name."""

import datetime as dt
from unittest import mock
from uuid import UUID

import pytest
from django.utils import timezone

from alongside.people.models import Person
from tests import cast
from tests.database import as_owner
from tests.leaks import addresses, attack, place
from tests.leaks.profile import UNAWARE

NOBODY = UUID("00000000-0000-4000-8000-000000000000")


def answers(visitor: attack.Visitor, pages: list[addresses.Filled]) -> dict[str, str]:
    """Each page as it is now, without what differs at every request."""
    return {page.address: attack.same_but_for_secrets(visitor.get(page.address).text) for page in pages}


def changed(here: place.Here, who: str, pages: list[addresses.Filled]) -> list[str]:
    """The pages that look different to one viewer once somebody else has come with a whole story."""
    visitor = attack.visitors(here, {who})[0]
    before = answers(visitor, pages)
    with as_owner():
        hidden = cast.person("Somebody Hidden", account=False)
        place._of_themselves(hidden)
        place._page_of(here, hidden)
        place._steps(cast.say_so(hidden, here.cover))
        place._looked(here, hidden, here.cover)
        place._tie(here.ada, "only_us", member=None)
    after = answers(visitor, pages)
    return [address for address in before if before[address] != after[address]]


def pages_anyone_may_try(here: place.Here) -> list[addresses.Filled]:
    """Every page that stands alone, and those of Ada and of the viewer."""
    with as_owner():
        found = addresses.filled(here, 1)[0]
    return [page for page in found if page.whose in (None, here.ada.pk)]


# Those whom nobody told of somebody new. (A steward sees names, and that is meant.)
@pytest.mark.parametrize("who", UNAWARE)
def test_somebody_hidden_leaves_no_trace(here: place.Here, who: str) -> None:
    assert changed(here, who, pages_anyone_may_try(here)) == []


def test_a_count_of_everybody_would_be_noticed(here: place.Here) -> None:
    def counted() -> str:
        with as_owner():
            return f"a place of {Person.objects.count()}"

    pages = pages_anyone_may_try(here)[:12]
    with mock.patch("alongside.pages.context._place_name", counted):
        assert changed(here, "neighbour", pages) != []


def refusals(visitor: attack.Visitor, here: place.Here) -> list[str]:
    """Pages of Ada's whose refusal differs from that for somebody who does not exist."""
    told = []
    with as_owner():
        found = [page for page in addresses.filled(here, 1)[0] if page.whose == here.ada.pk]
    for page in found:
        if "person" in page.page.holes:
            nobody = page.address.replace(str(here.ada.pk), str(NOBODY))
            real, none = visitor.get(page.address), visitor.get(nobody)
            if real.status == 404 and _without_keys(real.text) != _without_keys(none.text):
                told.append(page.address)
    return told


def _without_keys(text: str) -> str:
    return attack.re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", attack.same_but_for_secrets(text))


@pytest.mark.parametrize("who", ["neighbour", "ended", "kin", "mother", "worker"])
def test_what_may_not_be_known_of_and_what_is_not_there_are_one_page(here: place.Here, who: str) -> None:
    assert refusals(attack.visitors(here, {who})[0], here) == []


def exact_answer(here: place.Here, who: str, name: str) -> str:
    """What the one exact question answers about a name, the name itself left out."""
    text = attack.visitors(here, {who})[0].post("/people/someone/", name=name, why="at the door").text
    return attack.same_but_for_secrets(text).lower().replace(name.lower(), "")


def names(here: place.Here) -> tuple[str, str]:
    """Ada's whole name, and one as long that nobody has."""
    real = here.canaries.token_of("people.Person", here.ada.pk, "name")
    return real, "q" * len(real)


def test_a_neighbour_who_works_here_asks_in_vain_after_a_name(here: place.Here) -> None:
    real, nobody = names(here)
    assert exact_answer(here, "next_door", real) == exact_answer(here, "next_door", nobody)


def test_somebody_else_who_works_here_is_told_whom_to_ask(here: place.Here) -> None:
    """So that the test above compares answers, and not two refusals."""
    real, nobody = names(here)
    walker = here.canaries.token_of("people.Person", here.walker.pk, "name")
    told = exact_answer(here, "team_lead", real)
    assert walker in told
    assert walker not in exact_answer(here, "team_lead", nobody)


def test_a_question_that_forgot_who_is_near_would_be_noticed(here: place.Here) -> None:
    real, nobody = names(here)
    with as_owner() as cursor:
        cursor.execute("UPDATE consent_closeness SET over_at = %s", [timezone.now() - dt.timedelta(days=1)])
    assert exact_answer(here, "next_door", real) != exact_answer(here, "next_door", nobody)
