"""Trace's plan, everyone around it, and everything that can be done to it."""

import datetime as dt

from alongside.consent.lanes import operations as lanes
from alongside.doings import operations
from alongside.doings.writing import Who
from alongside.kernel.acting import acting_as
from tests import cast
from tests.deeds import WORDS, World, deed

PERSON, WALKER, OWNER, HELPER = "the person", "a walker", "who owns one thing", "who helps with one thing"
DUTY, NEIGHBOUR, STEWARD, LAW = "who carries the duty", "a neighbour", "a steward", "who reads it by law"
EVERYBODY = [PERSON, WALKER, OWNER, HELPER, DUTY, NEIGHBOUR, STEWARD, LAW]
OWN = {PERSON, WALKER}
PAGE = {PERSON, WALKER, LAW}
NOW = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
DAY = dt.date(2026, 3, 9)


def around_trace() -> World:
    """Trace, who walks with her, and who has one thing to do with her plan."""
    who = {
        PERSON: cast.person("Tracey Hallam", called="Trace"),
        WALKER: cast.serving("Callum Reay"),
        OWNER: cast.person("Norah Tully"),
        HELPER: cast.person("Sheila Bright"),
        DUTY: cast.serving("Ros Adair", "social_worker"),
        NEIGHBOUR: cast.person("Gary Lisle"),
        STEWARD: cast.serving("Helen Rutter", "place_steward"),
        LAW: cast.serving("Dev Rao", "specialist"),
    }
    trace, ros = who[PERSON], who[DUTY]
    cast.say_so(trace, who[WALKER])
    cast.by_law(who[LAW], trace)
    with acting_as(trace):
        mine = operations.begin(by=trace, person=trace, words="Cook for sixty again.", at=NOW)
        helped = operations.begin(
            by=trace, person=trace, words="Get to the clinic.", lane="by_with_help", at=NOW,
            who=Who(owner=who[OWNER], helper=who[HELPER]),
        )  # fmt: skip
        yes = lanes.give_consent(
            by=trace,
            person=trace,
            to_what="a bed for the week",
            informed_how="Callum and the nurse told me",
            at=NOW,
        )
        to = operations.agree_to(by=trace, consent=yes, who=Who(owner_words="the ward"), at=NOW)
        quick = operations.add_quick_thing(
            by=trace, person=trace, words="Bus pass.", owner=who[OWNER], at=NOW
        )
        promised = operations.promise(
            by=trace, person=trace, words="Ring the vet.", day=DAY, owner=who[OWNER], at=NOW
        )
        ours = operations.begin_together(by=trace, person=trace, name="Us lot", at=NOW)
        asked = operations.ask_in(by=trace, together=ours, person=who[HELPER], at=NOW)
        feed, _secret = operations.make_calendar(by=trace, at=NOW)
    duty = a_duty(ros, trace)
    with acting_as(ros):
        told_late = operations.do_by_duty(by=ros, duty=duty, words="Come and look.", at=NOW)
    return World(
        who, trace=trace, mine=mine, helped=helped, yes=yes, to=to, quick=quick, promised=promised, ours=ours,
        asked=asked, feed=feed, duty=duty, proposed=told_late,
    )  # fmt: skip


def a_duty(by, person, **more):
    """A duty that was not told yet."""
    given = {
        "statute": "Care Act 2014 s.42", "why": "Somebody worried that you are hurt.", "who_person": by,
        "how_to_question": "Ring Ros, or her lead.", "would_stop": "You are safe.", "at": NOW,
        "not_told_why": "She sleeps.", "tell_by": NOW + dt.timedelta(days=1),
    }  # fmt: skip
    with acting_as(by):
        return lanes.write_down_duty(by=by, person=person, **(given | more))


DEEDS = [
    deed("doings.wish", lambda by, w: operations.wish(by=by, person=w.trace, words=WORDS), PAGE,
         "words lane decision_words"),
    deed("doings.wish", lambda by, w: operations.wish(by=by, together=w.ours, words=WORDS), {PERSON},
         "words lane decision_words"),
    deed("doings.begin", lambda by, w: operations.begin(by=by, person=w.trace, words=WORDS), PAGE,
         "words lane decision_words"),
    # A duty in law opens the page and decides nothing for her.
    deed("doings.begin", lambda by, w: operations.begin(
        by=by, person=w.trace, words=WORDS, lane="for", who=Who(owner_words="Callum"), decision_words=WORDS),
        OWN, "words lane decision_words"),
    deed("doings.reword", lambda by, w: operations.reword(by=by, doing=w.mine, words=WORDS), PAGE, "words"),
    deed("doings.move_lane", lambda by, w: operations.move_lane(
        by=by, doing=w.mine, lane="by_with_help", who=Who(helper_words="Bev"), words=WORDS),
        PAGE, "lane words decision_words"),
    deed("doings.decide_for", lambda by, w: operations.decide_for(
        by=by, doing=w.mine, who=Who(owner_words="Bev"), decision_words=WORDS), OWN, "words"),
    deed("doings.done", lambda by, w: operations.finish(by=by, doing=w.helped, words=WORDS), PAGE | {OWNER},
         "words"),
    deed("doings.not_yet", lambda by, w: operations.not_yet(by=by, doing=w.helped, words=WORDS),
         PAGE | {OWNER}, "words"),
    deed("doings.let_go", lambda by, w: operations.let_go(by=by, doing=w.helped, words=WORDS), PAGE, "words"),
    deed("doings.set_audience", lambda by, w: operations.set_audience(by=by, doing=w.mine, audience="only_us"),
         {PERSON}, "audience"),
    deed("doings.agree_to", lambda by, w: operations.agree_to(
        by=by, consent=w.yes, words=WORDS, who=Who(owner_words="the ward")), OWN, "words"),
    deed("doings.withdraw", lambda by, w: operations.withdraw(by=by, consent=w.yes, words=WORDS), OWN, "words"),
    deed("doings.do_by_duty", lambda by, w: operations.do_by_duty(by=by, duty=w.duty, words=WORDS), {DUTY},
         "words"),
    deed("doings.told_of_duty", lambda by, w: operations.told_of_duty(by=by, duty=w.duty, person_words=WORDS),
         {DUTY, WALKER, LAW}, "words"),
    deed("doings.end_duty", lambda by, w: operations.end_duty(by=by, duty=w.duty, words=WORDS), {DUTY}, "words"),
    deed("doings.question_duty", lambda by, w: operations.question_duty(by=by, duty=w.duty, words=WORDS), PAGE,
         "words"),
    deed("doings.add_quick_thing", lambda by, w: operations.add_quick_thing(by=by, person=w.trace, words=WORDS),
         PAGE, "words"),
    deed("doings.quick_thing_done", lambda by, w: operations.quick_thing_done(by=by, thing=w.quick, words=WORDS),
         PAGE | {OWNER}, "words"),
    deed("doings.quick_thing_let_go",
         lambda by, w: operations.quick_thing_let_go(by=by, thing=w.quick, words=WORDS), PAGE | {OWNER}, "words"),
    deed("doings.promise", lambda by, w: operations.promise(by=by, person=w.trace, words=WORDS, day=DAY), PAGE,
         "words day"),
    deed("doings.promise_settled",
         lambda by, w: operations.promise_settled(by=by, promise=w.promised, state="kept", words=WORDS),
         PAGE | {OWNER}, "state words"),
    deed("doings.begin_together", lambda by, w: operations.begin_together(
        by=by, person=w.trace, name=WORDS, words=WORDS), OWN, "words name"),
    deed("doings.ask_in", lambda by, w: operations.ask_in(by=by, together=w.ours, person=w.who[NEIGHBOUR]),
         {PERSON}, "helps"),
    deed("doings.join", lambda by, w: operations.join(by=by, belongs=w.asked), {HELPER}, "from_at"),
    deed("doings.leave", lambda by, w: operations.leave(by=by, belongs=w.asked), {HELPER}, "to_at"),
    deed("doings.end_calendar", lambda by, w: operations.end_calendar(by=by, feed=w.feed), {PERSON}, "ended_at"),
    # Everybody has a calendar of their own.
    deed("doings.make_calendar", lambda by, w: operations.make_calendar(by=by), EVERYBODY, "plain"),
]  # fmt: skip
