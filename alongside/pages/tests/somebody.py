"""Micky and those around him, for tests of the pages about one person."""

from types import SimpleNamespace
from typing import Any

from alongside.kernel.acting import acting_as
from alongside.people.models import Person, Reach
from alongside.story import operations as story
from tests import cast
from tests.database import as_owner

GOOD = "I can get any window clean."
MATTERS = "My girls on a Saturday."
GOING_ON = "Van failed its MOT in February."
NOT_WANTED = "Don't want putting on a course."
UNSURE = "Whether Steph will let the girls stop over."
SECRET = "Steph is not to know this."


def told(whose: Person, kind: str, words: str, by: Person | None = None, **more: Any) -> Any:
    """A part of somebody's story, said through its operation."""
    by = by or whose
    with acting_as(by):
        return story.say(by=by, person=whose, kind=kind, words=words, **more)


def tied(whose: Person, name: str, tie: str = "", **more: Any) -> Any:
    """Somebody in a circle."""
    with acting_as(whose):
        return story.tie(by=whose, person=whose, name=name, tie=tie, **more)


def micky_and_everyone() -> SimpleNamespace:
    """Micky, Bev who walks with him, Moira with one part, and those to whom nothing is open."""
    micky = cast.person("Micky Garrod")
    everyone = SimpleNamespace(
        micky=micky,
        bev=cast.serving("Bev Ormerod"),
        moira=cast.serving("Moira Dent", "specialist", at="Lantern Advice"),
        gary=cast.person("Gary Neighbour"),
        denise=cast.serving("Denise Armstrong", "duty_human"),
    )
    everyone.good = told(micky, "good_at", GOOD)
    everyone.matters = told(micky, "what_matters", MATTERS)
    everyone.going_on = told(micky, "going_on", GOING_ON)
    everyone.not_wanted = told(micky, "do_not_want", NOT_WANTED)
    told(micky, "do_not_know_yet", UNSURE)
    told(micky, "worry", SECRET, audience="only_us")
    everyone.lacey = tied(micky, "Lacey", "daughter (11)", words="everything", trusted=True)
    cast.say_so(micky, everyone.bev, why="walking with me")
    cast.say_so(micky, everyone.moira, parts=[everyone.going_on], why="sorting the arrears")
    with as_owner():
        Reach.objects.create(
            person=micky, how="call", how_words="phone call after 4", never=["letter"], never_words="letters",
            languages=["English"], note="brown envelopes stay shut", safe_word="ladder",
        )  # fmt: skip
    return everyone
