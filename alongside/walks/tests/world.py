"""Micky's walk, everyone around it, and everything that can be done to it."""

import datetime as dt

from alongside.consent.lanes import operations as lanes
from alongside.kernel.acting import acting_as
from alongside.walks import operations
from tests import cast
from tests.deeds import WORDS, World, deed

PERSON, WALKER, COVER, NEXT = "the person", "who walks", "who covers", "who may walk next"
OTHER, READER, NEIGHBOUR = "another worker", "who was let read, and walks with nobody", "a neighbour"
LEAD, STEWARD, LAW, DONE = "a lead", "a steward", "who reads it by law", "who walked before"
EVERYBODY = [PERSON, WALKER, COVER, NEXT, OTHER, READER, NEIGHBOUR, LEAD, STEWARD, LAW, DONE]
WORKERS = {WALKER, COVER, NEXT, OTHER, LEAD, DONE}
KEEP, THEIRS = {WALKER, COVER}, {PERSON, WALKER, COVER}
# Whoever reads all of it writes down what was said: also somebody with a duty in law, or whom they let read.
WRITE = {PERSON, WALKER, COVER, READER, LAW}
NOW = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
DAY = dt.date(2026, 3, 9)


def around_micky() -> World:
    """A walk that was handed over once, is walked now, and one that is only offered."""
    who = {
        PERSON: cast.person("Micky Garrod"),
        WALKER: cast.serving("Bev Ormerod"),
        COVER: cast.serving("Priya Nair"),
        NEXT: cast.serving("Hodan Farah"),
        OTHER: cast.serving("Callum Reay", "peer_support"),
        READER: cast.person("Sheila Bright"),
        NEIGHBOUR: cast.person("Gary Lisle"),
        LEAD: cast.serving("Ruth Collier", "team_lead"),
        STEWARD: cast.serving("Helen Rutter", "place_steward"),
        LAW: cast.serving("Dev Rao", "specialist"),
        DONE: cast.serving("Ann Peel"),
    }
    micky, bev, priya, ann = who[PERSON], who[WALKER], who[COVER], who[DONE]
    with acting_as(ann):
        walk = operations.offer_walk(by=ann, people=[micky], cover=priya, at=NOW)
        operations.begin_walk(by=ann, walk=walk, said_by=micky, at=NOW)
        first = operations.propose_handover(by=ann, walk=walk, to=bev, at=NOW)
        operations.meet_as_three(by=ann, handover=first, at=NOW)
        operations.choose_handover(by=ann, handover=first, chosen_by=micky, words="Bev, then.", at=NOW)
    cast.say_so(micky, who[READER])
    cast.by_law(who[LAW], micky)
    shona = cast.person("Shona Garrod")
    cast.say_so(shona, bev)
    cast.say_so(shona, priya)
    with acting_as(bev):
        talked = operations.propose_handover(by=bev, walk=walk, to=who[NEXT], at=NOW)
        operations.meet_as_three(by=bev, handover=talked, at=NOW)
        agreed = operations.agree_challenge(by=bev, walk=walk, person=micky, words="Say it straight.", at=NOW)
        several = operations.offer_walk(by=bev, people=[micky, shona], cover=priya, at=NOW)
        offered = operations.offer_walk(by=bev, people=[micky], cover=priya, at=NOW)
        full = operations.say_full(by=bev, at=NOW)
        away = operations.say_away(by=bev, worker=bev, from_day=DAY, to_day=DAY, at=NOW)
    with acting_as(micky):
        resting = operations.rest_walk(
            by=micky, walk=operations.begin_walk(by=micky, walk=_one_more(bev, priya, micky), at=NOW), at=NOW
        )
    duties = [_duty(cast.serving(name, "social_worker"), micky) for name in ("Ros Adair", "Jo Lee")]
    with acting_as(bev):
        repair = operations.offer_repair(by=bev, duty=duties[0], words="Shall we talk?", at=NOW)
    return World(
        who, micky=micky, shona=shona, bev=bev, walk=walk, talked=talked, agreed=agreed, offered=offered, full=full,
        away=away, resting=resting, repair=repair, duty=duties[1], several=several,
    )  # fmt: skip


def _one_more(bev, priya, micky):
    with acting_as(bev):
        return operations.offer_walk(by=bev, people=[micky], cover=priya, at=NOW)


def _duty(by, person):
    with acting_as(by):
        return lanes.write_down_duty(
            by=by, person=person, statute="Care Act 2014 s.42", why="Somebody worried.", who_person=by,
            how_to_question="Ring Ros.", would_stop="You are safe.", at=NOW, told_at=NOW,
        )  # fmt: skip


DEEDS = [
    deed("walks.offer_walk", lambda by, w: operations.offer_walk(by=by, people=[w.shona], words=WORDS),
         {WALKER, COVER}, "state words"),
    deed("walks.begin_walk", lambda by, w: operations.begin_walk(
        by=by, walk=w.offered, said_by=w.micky, words=WORDS), THEIRS, "state words"),
    deed("walks.decline_walk", lambda by, w: operations.decline_walk(
        by=by, walk=w.offered, said_by=w.micky, words=WORDS), THEIRS, "state words"),
    deed("walks.rest_walk", lambda by, w: operations.rest_walk(by=by, walk=w.walk, said_by=w.micky, words=WORDS),
         THEIRS, "state words"),
    deed("walks.come_back", lambda by, w: operations.come_back(by=by, walk=w.resting, words=WORDS), THEIRS,
         "state words"),
    deed("walks.change_cover", lambda by, w: operations.change_cover(
        by=by, walk=w.walk, cover=w.who[OTHER], words=WORDS), THEIRS, "state words"),
    deed("walks.join_walk", lambda by, w: operations.join_walk(
        by=by, walk=w.walk, person=w.shona, words=WORDS), KEEP, "state words"),
    deed("walks.leave_walk", lambda by, w: operations.leave_walk(
        by=by, walk=w.several, person=w.micky, words=WORDS), THEIRS, "state words"),
    deed("walks.moved_away", lambda by, w: operations.moved_away(by=by, walk=w.walk, words=WORDS), THEIRS,
         "state words"),
    deed("walks.died", lambda by, w: operations.died(by=by, walk=w.walk, words=WORDS), KEEP, "state words"),
    deed("walks.say_usual", lambda by, w: operations.say_usual(by=by, walk=w.walk, words=WORDS), THEIRS,
         "state words"),
    deed("walks.propose_handover", lambda by, w: operations.propose_handover(
        by=by, walk=w.resting, to=w.who[OTHER], why=WORDS), THEIRS, "to why"),
    deed("walks.meet_as_three", lambda by, w: operations.meet_as_three(by=by, handover=w.talked, words=WORDS),
         THEIRS, "words"),
    deed("walks.choose_handover", lambda by, w: operations.choose_handover(
        by=by, handover=w.talked, chosen_by=w.micky, words=WORDS), THEIRS, "to words"),
    deed("walks.let_go_handover", lambda by, w: operations.let_go_handover(
        by=by, handover=w.talked, words=WORDS), THEIRS, "words"),
    deed("walks.offer_repair", lambda by, w: operations.offer_repair(by=by, duty=w.duty, words=WORDS),
         WRITE - {PERSON}, "words"),
    deed("walks.answer_repair", lambda by, w: operations.answer_repair(
        by=by, repair=w.repair, answer="later", words=WORDS), WRITE, "answer words"),
    deed("walks.agree_challenge", lambda by, w: operations.agree_challenge(
        by=by, walk=w.walk, person=w.micky, words=WORDS), THEIRS, "words"),
    deed("walks.end_challenge", lambda by, w: operations.end_challenge(by=by, challenge=w.agreed), THEIRS,
         "over_at"),
    deed("walks.say_full", lambda by, w: operations.say_full(by=by, words=WORDS), WORKERS, "words"),
    deed("walks.have_room", lambda by, w: operations.have_room(by=by, room_for=2), WORKERS, "room_for"),
    deed("walks.answer_full", lambda by, w: operations.answer_full(by=by, full=w.full, words=WORDS),
         {LEAD, STEWARD}, "answer"),
    deed("walks.say_away", lambda by, w: operations.say_away(
        by=by, worker=w.bev, from_day=DAY, to_day=DAY), {WALKER, LEAD, STEWARD}, "from to"),
    deed("walks.not_away", lambda by, w: operations.not_away(by=by, away=w.away), {WALKER, LEAD, STEWARD}, "at"),
]  # fmt: skip
