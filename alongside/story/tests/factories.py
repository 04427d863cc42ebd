"""The stories of the van and of the dog, in the words of Tynebank's people, told through the operations."""

import datetime as dt
from typing import Any

from alongside.kernel.acting import acting_as
from alongside.people.models import Person
from alongside.story import operations
from alongside.story.models import Gap, StoryPart, Tie
from tests.cast import person, say_so, serving


def said(
    by: Person, whose: Person, words: str = "Bruno.", kind: str = "what_matters", **more: Any
) -> StoryPart:
    """A part, said on its person's page."""
    with acting_as(by):
        return operations.say(by=by, person=whose, kind=kind, words=words, **more)


def tied(by: Person, whose: Person, name: str = "Bruno", **more: Any) -> Tie:
    """Somebody in a circle."""
    with acting_as(by):
        return operations.tie(by=by, person=whose, name=name, **more)


def missing(by: Person, whose: Person, words: str = "Somebody to go to the match with", **more: Any) -> Gap:
    """Something missing in a circle."""
    with acting_as(by):
        return operations.name_gap(by=by, person=whose, words=words, **more)


def became(by: Person, tie: Tie, what: str, **more: Any) -> None:
    """What became of somebody in a circle."""
    with acting_as(by):
        operations.change_tie(by=by, tie=tie, what=what, **more)


VAN = [
    ("what_matters", "My girls on a Saturday. Not being looked at like I'm on the take."),
    (
        "good_at",
        "I can get any window clean and I've never fallen out with a customer. I can fix most things with a blade.",
    ),
    (
        "going_on",
        "Van failed its MOT in February, needed four hundred and odd. Couldn't do the round on the bus with a ladder."
        " Lost half the round in six weeks. Then Steph went. Then I stopped opening stuff.",
    ),
    ("do_not_want", "Don't want putting on a course."),
    ("do_not_know_yet", "Whether Steph will let the girls stop over in the flat."),
]


def van() -> tuple[Person, Person]:
    """Micky, and Bev who walks with him: his words, her hunch, his circle and what became of it."""
    micky, bev = person("Micky Garrod"), serving("Bev Ormerod")
    say_so(micky, bev)
    today = dt.date.today()
    for kind, words in VAN:
        said(bev, micky, words, kind, said_on=today - dt.timedelta(days=289))
    hunch = said(bev, micky, "Shame is doing more harm than the debt.", "hunch")
    with acting_as(micky):
        operations.answer(by=micky, part=hunch, words="Aye. That's it.")
    tied(micky, micky, "Lacey", tie="daughter (11)", words="everything", trusted=True, help="both")
    tied(micky, micky, "Ava", tie="daughter (8)", words="everything", trusted=True, help="i_help")
    tied(micky, micky, "Mam", tie="mother", words="I don't tell her the half", help="they_help")
    col = tied(micky, micky, "Big Col", tie="mate", words="not seen him since the van")
    became(micky, col, "faded", on=today - dt.timedelta(days=280))
    became(
        micky, col, "mended", tie_words="mate and now partner on the round", words="he does the uppers", help="both",
        on=today - dt.timedelta(days=231),
    )  # fmt: skip
    tied(
        micky, micky, "Stuart", tie="allotment neighbour", words="talks too much, canny lad", help="they_help",
        since=today - dt.timedelta(days=152), introduced_by="Tomasz",
    )  # fmt: skip
    missing(micky, micky)
    return micky, bev


def dog() -> tuple[Person, Person]:
    """Trace, and Callum who walks with her: her words, and the dog before everybody."""
    trace, callum = person("Tracey Hallam", called="Trace"), serving("Callum Reay")
    say_so(trace, callum)
    today = dt.date.today()
    said(trace, trace, "Bruno. He's fourteen and he's the only one that's never nicked off me.")
    said(trace, trace, "I ran a kitchen in a care home eight years. I can feed sixty on nowt.", "good_at")
    said(trace, trace, "Don't want telling I'm not engaging. I'm stood here.", "do_not_want")
    said(trace, trace, "If my son would want to know me.", "do_not_know_yet")
    tied(trace, trace, "Bruno", to="animal", tie="dog (14)", words="family", trusted=True, help="both")
    tied(trace, trace, "Sheila at the Kettle", tie="saves her a seat", words="doesn't ask", help="they_help")
    jamie = tied(trace, trace, "Jamie", tie="son (22)", words="not since he was fifteen")
    became(trace, jamie, "faded", on=today - dt.timedelta(days=360))
    became(
        trace,
        jamie,
        "mended",
        words="a text. Then a coffee. He's got a bairn.",
        on=today - dt.timedelta(days=70),
    )
    tied(
        trace, trace, "the Tuesday kitchen lot", to="group", tie="she cooks, they wash up", words="they call me chef",
        help="both", since=today - dt.timedelta(days=181), introduced_by="Callum",
    )  # fmt: skip
    tied(trace, trace, "The sea at Marsden", to="place", tie="where Bruno goes in")
    return trace, callum
