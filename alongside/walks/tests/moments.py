"""Micky's page with its moments, everyone around it, and everything that can be written there."""

import datetime as dt

from alongside.consent.operations import withdraw_say_so
from alongside.kernel.acting import acting_as
from alongside.walks import operations as walks
from alongside.walks.models import Draft
from tests import cast
from tests.database import as_owner
from tests.deeds import WORDS, World, deed

PERSON, WALKER, COVER, TOGETHER = "the person", "the walker", "the cover", "one walked with together"
READER, NEIGHBOUR, LEAD, STEWARD = "a reader of one moment", "a neighbour", "a lead", "a steward"
OTHER, PAST = "a walker of others", "a walker of last year"
EVERYBODY = [PERSON, WALKER, COVER, TOGETHER, READER, NEIGHBOUR, LEAD, STEWARD, OTHER, PAST]
WRITERS = {PERSON, WALKER, COVER}
LONG_AGO = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


def walking(walker, cover, *people):
    """A walk that has begun, with the yes of its people."""
    with acting_as(walker):
        walk = walks.offer_walk(
            by=walker, people=list(people), cover=cover, words="I'd like to walk with you."
        )
        return walks.begin_walk(by=walker, walk=walk, said_by=people[0], words="Aye, go on then.")


def recorded(by, whose, words="We had a brew by the van.", **more):
    """A moment that was kept."""
    with acting_as(by):
        return walks.record_moment(by=by, person=whose, words=words, **more)


def micky_and_his_moments():
    """Micky and his sister are walked with together; Gary did so last year, and wrote one moment."""
    who = {
        PERSON: cast.person("Micky Garrod", called="Micky"),
        TOGETHER: cast.person("Denise Garrod"),
        WALKER: cast.serving("Bev Ormerod"),
        COVER: cast.serving("Priya Nair"),
        READER: cast.person("Norah Tully"),
        NEIGHBOUR: cast.person("Sheila Bright"),
        LEAD: cast.serving("Dev Rao", "team_lead"),
        STEWARD: cast.serving("Helen Rutter", "place_steward"),
        OTHER: cast.serving("Callum Reay"),
        PAST: cast.serving("Gary Lisle"),
    }
    micky, bev = who[PERSON], who[WALKER]
    walk = walking(bev, who[COVER], micky, who[TOGETHER])
    over = cast.say_so(micky, who[PAST])
    written = recorded(who[PAST], micky, "He told me about the yard.")
    with acting_as(micky):
        withdraw_say_so(by=micky, say_so=over.say_so)
    moment = recorded(bev, micky, minutes_together=40, seconds_writing=50)
    said = recorded(bev, micky, "I'm not going back in there.", kind="said", who=micky)
    cast.say_so(micky, who[READER], parts=[moment])
    with acting_as(bev):
        draft = walks.keep_draft(by=bev, person=micky, words="He said that he")
    return World(who, micky=micky, walk=walk, moment=moment, said=said, written=written, draft=draft)


def drafts():
    """Every draft there is, as its author, its person and its words."""
    with as_owner():
        return {(one.author.called, one.person.called, one.words) for one in Draft.objects.all()}


DEEDS = [
    deed(
        "walks.record_moment",
        lambda by, w: walks.record_moment(by=by, person=w.micky, words=WORDS),
        WRITERS,
        "kind words audience",
    ),
    deed(
        "walks.answer_moment",
        lambda by, w: walks.answer_moment(by=by, moment=w.moment, words=WORDS),
        WRITERS,
        "words",
    ),
    deed(
        "walks.say_moment_again",
        lambda by, w: walks.say_moment_again(by=by, moment=w.moment, words=WORDS),
        {WALKER},
        "words",
    ),
    deed(
        "walks.set_moment_audience",
        lambda by, w: walks.set_moment_audience(by=by, moment=w.moment, audience="named"),
        {PERSON},
        "audience",
    ),
]
DRAFT_DEEDS = [
    deed(
        "walks.keep_draft",
        lambda by, w: walks.keep_draft(by=by, person=w.micky, words=WORDS),
        WRITERS,
        "words",
    ),
]
