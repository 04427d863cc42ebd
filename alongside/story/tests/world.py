"""Trace's page, everyone around it, and everything that can be done to it."""

import datetime as dt

from alongside.kernel.acting import acting_as
from alongside.story import operations
from alongside.story.tests.factories import missing, said, tied
from tests import cast
from tests.deeds import WORDS, World, deed

PERSON, WALKER, SPEAKER, READER = "the person", "a walker", "who had the hunch", "a reader of the parts"
NEIGHBOUR, STEWARD, PAST = "a neighbour", "a steward", "a walker of last year"
EVERYBODY = [PERSON, WALKER, SPEAKER, READER, NEIGHBOUR, STEWARD, PAST]
OWN = {PERSON, WALKER}
DAY = dt.date(2026, 3, 2)


def around_trace() -> World:
    """Trace, with one who walks with her; one who did, and left a hunch; one who was given parts by name."""
    who = {
        PERSON: cast.person("Tracey Hallam", called="Trace"),
        WALKER: cast.serving("Callum Reay"),
        SPEAKER: cast.serving("Bev Ormerod"),
        READER: cast.person("Norah Tully"),
        NEIGHBOUR: cast.person("Sheila Bright"),
        STEWARD: cast.serving("Helen Rutter", "place_steward"),
        PAST: cast.serving("Gary Lisle"),
    }
    trace = who[PERSON]
    cast.say_so(trace, who[WALKER])
    over = [cast.say_so(trace, who[name]) for name in (SPEAKER, PAST)]
    part, hunch = said(trace, trace, "Bruno."), said(who[SPEAKER], trace, "Shame does more harm.", "hunch")
    written = said(who[PAST], trace, "I can feed sixty on nowt.", "good_at")
    tie, gap = tied(trace, trace), missing(trace, trace)
    for basis in over:
        end(trace, basis.say_so)
    cast.say_so(trace, who[READER], parts=[part, hunch, written, tie, gap])
    return World(who, trace=trace, part=part, hunch=hunch, written=written, tie=tie, gap=gap)


def end(whose, say_so):
    """A say-so taken back by its person."""
    from alongside.consent.operations import withdraw_say_so

    with acting_as(whose):
        withdraw_say_so(by=whose, say_so=say_so)


DEEDS = [
    deed(
        "story.say",
        lambda by, w: operations.say(by=by, person=w.trace, kind="hope", words=WORDS, described=WORDS),
        OWN,
        "kind words audience described",
    ),
    deed(
        "story.say_again",
        lambda by, w: operations.say_again(by=by, part=w.part, words=WORDS),
        {PERSON},
        "words follows described",
    ),
    deed(
        "story.say_again",
        lambda by, w: operations.say_again(by=by, part=w.hunch, words=WORDS),
        {SPEAKER},
        "words follows described",
    ),
    deed(
        "story.say_again",
        lambda by, w: operations.say_again(by=by, part=w.written, words=WORDS),
        {PERSON},
        "words follows described",
    ),
    deed("story.answer", lambda by, w: operations.answer(by=by, part=w.part, words=WORDS), OWN, "words"),
    deed(
        "story.answer",
        lambda by, w: operations.answer(by=by, part=w.hunch, words=WORDS),
        OWN | {SPEAKER},
        "words",
    ),
    *(
        deed(
            "story.set_audience",
            lambda by, w, thing=thing: operations.set_audience(
                by=by, thing=getattr(w, thing), audience="named"
            ),
            {PERSON},
            "audience",
        )
        for thing in ("part", "hunch", "tie", "gap")
    ),
    deed(
        "story.set_audience",
        lambda by, w: operations.set_audience(by=by, thing=w.hunch, audience="only_us"),
        {PERSON, SPEAKER},
        "audience",
    ),
    deed("story.put_away", lambda by, w: operations.put_away(by=by, part=w.part), {PERSON}, "put_away_at"),
    deed("story.put_away", lambda by, w: operations.put_away(by=by, part=w.hunch), {PERSON}, "put_away_at"),
    deed(
        "story.bring_back", lambda by, w: operations.bring_back(by=by, part=w.part), {PERSON}, "put_away_at"
    ),
    deed(
        "story.tie",
        lambda by, w: operations.tie(by=by, person=w.trace, name=WORDS, tie=WORDS, words=WORDS),
        OWN,
        "name tie words trusted help member",
    ),
    deed(
        "story.change_tie",
        lambda by, w: operations.change_tie(
            by=by, tie=w.tie, what="faded", words=WORDS, tie_words=WORDS, on=DAY
        ),
        OWN,
        "what words tie_words on",
    ),
    deed(
        "story.name_gap", lambda by, w: operations.name_gap(by=by, person=w.trace, words=WORDS), OWN, "words"
    ),
    deed("story.gap_filled", lambda by, w: operations.gap_filled(by=by, gap=w.gap, on=DAY), OWN, "filled_on"),
    deed(
        "story.choose_one_page",
        lambda by, w: operations.choose_one_page(by=by, person=w.trace, parts=[], intro=WORDS),
        OWN,
        "parts intro",
    ),
]
