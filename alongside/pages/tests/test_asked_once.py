"""What a page asks by SQL that is kept from one request to the next is what its policies would ask at this moment."""

import pytest
from django.urls import get_resolver, reverse

from alongside.kernel import asked as module
from alongside.people.models import Role
from tests import cast
from tests.leaks.locks import everywhere

from .somebody import told


@pytest.fixture
def everyone(them):
    """Micky and those around him, somebody with a duty in law, and a second worker with other people."""
    them.callum = cast.serving("Callum Reay", Role.SOCIAL_WORKER)
    cast.by_law(them.callum, them.micky)
    them.priya = cast.serving("Priya Nair")
    cast.say_so(them.gary, them.priya, why="walking with me")
    cast.say_so(them.gary, them.bev, why="walking with me")
    told(them.gary, "good_at", "I mend bikes.")
    return them


@pytest.fixture
def compared():
    """Every question, asked both ways; how many there were."""
    found, as_ever = [], module.asked
    get_resolver().url_patterns  # noqa: B018 - every view is there before: one that came now would keep what stands in

    def both(build, *args, **kwargs):
        kept, fresh = as_ever(build, *args, **kwargs), list(build(*args, **kwargs))
        assert _rows(kept) == _rows(fresh)
        found.append(bool(kept))
        return kept

    with everywhere(as_ever, both):
        yield found


def _rows(rows):
    """All that was told of each, what was worked out beside its columns included."""
    return [
        {k: v for k, v in vars(row).items() if k != "_state"} if hasattr(row, "pk") else row for row in rows
    ]


def test_each_is_told_on_every_page_just_what_their_policies_say(as_, everyone, compared):
    """One after the other, so that what was put into SQL for one serves the next."""
    pages = [reverse("person", args=[whose.pk]) for whose in (everyone.micky, everyone.gary)]
    for who in ("bev", "moira", "callum", "priya", "micky", "gary", "denise"):
        for page in (*pages, reverse("my_page"), reverse("people"), reverse("today")):
            as_(getattr(everyone, who), page)
    assert len(compared) > 100
    assert sum(compared) > 30, "of much that was there"
