"""The way about somebody's pages, the same on each: their story, their people, their plan, who walks with them."""

from typing import Any, NamedTuple
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Way(NamedTuple):
    """A page about somebody, by the name of its address: what it is called, and what by the one it is about."""

    name: str
    label: str | Promise
    own: str | Promise


# Rooms above this one are named by their addresses, and not known.
WAYS = (
    Way("story", _("Story"), _("My story")),
    Way("circle", _("Circle"), _("My circle")),
    Way("plan", _("Plan"), _("My plan")),
    Way("walk", _("Walking alongside"), _("Who walks with me")),
    Way("moments", _("What happened"), _("What happened")),
)


def ways_about(person: UUID, *, own: bool, here: str, also: tuple[Way, ...] = ()) -> list[dict[str, Any]]:
    """The ways for `sub_nav`; `here` is the name of the page one is on, `also` what stands beside only in its room."""
    return [
        {
            "url": reverse(way.name, args=[person]),
            "label": way.own if own else way.label,
            "current": way.name == here,
        }
        for way in (*WAYS, *also)
    ]
