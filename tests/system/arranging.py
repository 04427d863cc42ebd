"""What stands in Tynebank only for a while, lived on foot before it is looked at: a yes, a duty, a handover.

Everything is sent to the pages themselves, by those whose it is, and found by their links. It is about people
whom no other test visits.
"""

import datetime as dt
import re
from collections.abc import Iterator

from tests.system.walking import Walker, Walkers

# The page of a walk with something agreed in it, and something talked about: it looks another way then.
TALKED_ABOUT = "walk, as a handover is talked about"
KEY = "[0-9a-f-]{36}"
WHY = "Somebody heard shouting on the stair, and there is a baby."

Pages = Iterator[tuple[Walker, str]]


def for_a_while(walkers: Walkers) -> Pages:
    """Who opens which page, once the days were lived that leave it standing."""
    bev = walkers["Bev Ormerod"]
    yield bev, bev.finds(f"/why-asked/{KEY}", "/why-asked/")
    yield from _a_hello_becomes_an_offer(walkers)
    yield from _filmon_says_yes(walkers)
    yield from _filmon_hears_of_a_duty(walkers)
    yield from _megan_opens_in_an_emergency(walkers)
    yield from _kayleigh_talks_about_somebody_else(walkers)


def _a_hello_becomes_an_offer(walkers: Walkers) -> Pages:
    """Somebody at the door; whoever was named offers to walk with them, and waits for their answer."""
    stranger = walkers[None]
    answers = re.search(r'chip__name">([^<]+)<', stranger.asks("/hello/yours/").words)
    assert answers, "Nobody answers the hello"
    worker = walkers[next(name for name in stranger.faces() if name.startswith(f"{answers[1]} "))]
    hello = worker.finds(f"/hellos/{KEY}", "/hellos/")
    together = {"together-outcome": "walk", "together-words": "Somebody who stays."}
    worker.sends(hello, do="together", **together)
    offering = worker.finds("/walk/", hello)
    offer = worker.sends(offering, name="Sandy", words="I would like to come by on Thursdays.").address
    yield worker, offering
    yield worker, offer
    yield worker, worker.finds("/yes/", offer)
    yield worker, worker.finds("/not-now/", offer)


def _filmon_says_yes(walkers: Walkers) -> Pages:
    """He lets Megan read, who may offer to walk with him now; and a yes of his can be taken back."""
    filmon, megan = walkers["Filmon Tesfay"], walkers["Megan Ashby"]
    page = page_of(filmon)
    to_megan = filmon.finds(r"\?to=", f"{page}say-so/give/?q=Megan")
    filmon.sends(f"{page}say-so/give/{to_megan}", what="whole", for_what="the papers, and what is said of us")
    yield megan, megan.finds("/walk/offer/", f"{page}walk/")
    filmon.sends(
        f"{page}plan/yes/", to_what="A picture of my chest", who_words="the clinic",
        informed_how="In Tigrinya, by an interpreter who is not family",
    )  # fmt: skip
    yes = filmon.finds(f"/doings/{KEY}", f"{page}plan/", "A picture of my chest")
    yield filmon, filmon.finds("/take-back/", yes)


def _filmon_hears_of_a_duty(walkers: Walkers) -> Pages:
    """What the law makes Megan do, and has not told him yet."""
    filmon, megan = walkers["Filmon Tesfay"], walkers["Megan Ashby"]
    plan, soon = f"{page_of(filmon)}plan/", dt.date.today() + dt.timedelta(days=1)
    megan.sends(
        f"{plan}duty/", what="Ask each of you alone", why=WHY, statute="Children Act 1989 s.47",
        would_stop="We have heard you both.", how_to_question="Ask me, or Ruth.", not_told_why="He is at work.",
        tell_by_day=str(soon.day), tell_by_month=str(soon.month), tell_by_year=str(soon.year),
    )  # fmt: skip
    duty = filmon.finds(f"/duties/{KEY}", plan)
    yield megan, f"{plan}duty/"
    yield filmon, filmon.finds("/question/", duty)
    yield megan, megan.finds("/told/", duty)
    yield megan, megan.finds("/end/", duty)


def _megan_opens_in_an_emergency(walkers: Walkers) -> Pages:
    """Nobody can be asked, and she says why first; his page of it is looked at in pages/tests."""
    megan = walkers["Megan Ashby"]
    form = {"words": WHY, "name": "Filmon Tesfay", "how_much": "first"}
    yield megan, megan.sends("/people/someone/emergency/", **form).address


def _kayleigh_talks_about_somebody_else(walkers: Walkers) -> Pages:
    """Hodan may have to hand over: the three met once, and nothing is chosen. What was done is not talked over."""
    hodan, kayleigh = walkers["Hodan Farah"], walkers["Kayleigh Stott"]
    walk = f"{page_of(kayleigh)}walk/"
    asking = hodan.finds("/hand-over/", walk)
    hodan.sends(asking, who=_first_offered(hodan, asking), words="My mother is ill, a long way from here.")
    handover = kayleigh.finds("/handovers/", walk)
    meeting = kayleigh.finds("/met/", handover)
    kayleigh.sends(meeting, words="At the Kettle. She listened.")
    kayleigh.sends(kayleigh.finds("/straight/", walk), words="Tell me when I hide.")
    for address in (
        handover,
        meeting,
        kayleigh.finds("/choose/", handover),
        kayleigh.finds(f"{handover}leave/", handover),
    ):
        yield kayleigh, address
    yield kayleigh, walk
    yield hodan, hodan.finds("/talk-over/", walk)


def page_of(walker: Walker) -> str:
    """Where the pages about them stand."""
    return walker.finds(f"/people/{KEY}/plan/", "/me/").removesuffix("plan/")


def _first_offered(walker: Walker, address: str) -> str:
    found = re.search(r'name="who"[^>]* value="([^"]+)"', walker.asks(address).words)
    assert found, f"Nobody to choose at {address}"
    return found[1]
