"""Every write beside the plan: quick things, promises, the calendar."""

import datetime as dt
import secrets

from django.utils.translation import gettext as _

from alongside.audit.recording import operation, record
from alongside.doings import policies
from alongside.doings.keys import digest_of
from alongside.doings.models import CalendarFeed, Promise, PromiseStep, QuickThing, Together
from alongside.doings.writing import said, whose_is
from alongside.kernel import clock
from alongside.people.models import Organisation, Person
from alongside.story.models import Audience
from alongside.story.wording import as_said


@operation("doings.add_quick_thing")
def add_quick_thing(
    *, by: Person, person: Person, words: str, owner: Person | None = None, owner_words: str = "",
    at: dt.datetime | None = None,
) -> QuickThing:  # fmt: skip
    """Something to be done in days. Whoever writes it down does it, unless it says who. Raises Denied."""
    policies.check_can_plan(by, person)
    if owner is None and not as_said(owner_words):
        owner = by
    thing = QuickThing(
        person=person, words=said(words), owner=owner, owner_words=as_said(owner_words)[:200], written_down_by=by,
        at=at or clock.now(),
    )  # fmt: skip
    thing.save(force_insert=True)
    record("doings.add_quick_thing", by=by, thing=thing, person_id=person.pk, fields={"words": words})
    return thing


def _settle_quick(did: str, field: str, *, by: Person, thing: QuickThing, words: str, at: dt.datetime | None,
                  ) -> QuickThing:  # fmt: skip
    policies.check_can_settle(by, thing)
    now = QuickThing.objects.select_for_update().get(pk=thing.pk)
    if now.done_at or now.let_go_at:
        raise ValueError(_("That is off the list already."))
    setattr(now, field, at or clock.now())
    now.settled_words = as_said(words)
    now.save(update_fields=[field, "settled_words"])
    record(did, by=by, thing=now, person_id=now.person_id, fields={"words": words})
    return now


@operation("doings.quick_thing_done")
def quick_thing_done(
    *, by: Person, thing: QuickThing, words: str = "", at: dt.datetime | None = None
) -> QuickThing:
    """It is done. Raises Denied; ValueError with a sentence where it was off the list."""
    return _settle_quick("doings.quick_thing_done", "done_at", by=by, thing=thing, words=words, at=at)


@operation("doings.quick_thing_let_go")
def quick_thing_let_go(
    *, by: Person, thing: QuickThing, words: str = "", at: dt.datetime | None = None
) -> QuickThing:
    """It is let go. Raises Denied; ValueError with a sentence where it was off the list."""
    return _settle_quick("doings.quick_thing_let_go", "let_go_at", by=by, thing=thing, words=words, at=at)


@operation("doings.promise")
def promise(
    *, by: Person, person: Person | None = None, together: Together | None = None, words: str, day: dt.date,
    at_time: dt.time | None = None, where_words: str = "", coming: bool = False, owner: Person | None = None,
    organisation: Organisation | None = None, answering: Person | None = None, owner_words: str = "",
    audience: str = Audience.WALKERS, at: dt.datetime | None = None,
) -> Promise:  # fmt: skip
    """Keep a promise with its day and its owner: a person, an organisation with the human who answers, or words.

    Whoever writes it down makes it, unless it says who. `coming`: somebody is coming to see them. Raises Denied;
    ValueError with a sentence.
    """
    whose = whose_is(person, together)
    policies.check_can_plan(by, whose)
    if audience == Audience.ONLY_US and person is not None and person.pk not in policies.selves(by):
        raise ValueError(_("You are writing this down, so you know it too."))
    if organisation is not None and answering is None:
        raise ValueError(_("Name the human who answers for it there."))
    if owner is None and organisation is None and not as_said(owner_words):
        owner = by
    made = Promise(
        person=person, together=together, words=said(words), day=day, at_time=at_time,
        where_words=as_said(where_words)[:200], coming=coming, owner=owner, organisation=organisation,
        answering=answering, owner_words=as_said(owner_words)[:200], audience=audience, written_down_by=by,
        at=at or clock.now(),
    )  # fmt: skip
    made.save(force_insert=True)
    record("doings.promise", by=by, thing=made, person_id=made.person_id, fields={"words": words, "day": day})
    return made


SETTLED = (Promise.State.KEPT, Promise.State.LATE, Promise.State.LET_GO)
# What is late may still be kept, or let go; what is kept or let go is said once.
AFTER = {Promise.State.OPEN: SETTLED, Promise.State.LATE: (Promise.State.KEPT, Promise.State.LET_GO)}


@operation("doings.promise_settled")
def promise_settled(
    *, by: Person, promise: Promise, state: str, words: str, at: dt.datetime | None = None
) -> Promise:
    """Say in words that a promise was kept, is late, or is let go. Raises Denied; ValueError with a sentence."""
    policies.check_can_settle(by, promise)
    told = said(words)
    now = Promise.objects.select_for_update(of=("self",)).get(pk=promise.pk)
    if state not in AFTER.get(Promise.State(now.state), ()):
        raise ValueError(_("That was said already: %(state)s.") % {"state": now.get_state_display()})
    now.state, now.told_words, now.told_at = state, told, at or clock.now()
    now.save(update_fields=["state", "told_words", "told_at"])
    PromiseStep(promise=now, state=state, words=told, by=by, at=now.told_at).save(force_insert=True)
    record(
        "doings.promise_settled",
        by=by,
        thing=now,
        person_id=now.person_id,
        fields={"state": state, "words": words},
    )
    return now


@operation("doings.reminded")
def reminded(*, by: Person | None, promise: Promise, at: dt.datetime | None = None) -> Promise:
    """Its owner was reminded, and whoever it is about was told who is coming. Runs in the work `doings.remind`."""
    promise.reminded_at = at or clock.now()
    promise.save(update_fields=["reminded_at"])
    record("doings.reminded", by=by, thing=promise, fields={"reminded_at": promise.reminded_at})
    return promise


@operation("doings.make_calendar")
def make_calendar(
    *, by: Person, plain: bool = True, at: dt.datetime | None = None
) -> tuple[CalendarFeed, str]:
    """A new secret address for one's own days; the one before it ends. Returns the feed and its secret.

    The secret is shown once and not kept. `plain`: titles without words.
    """
    at = at or clock.now()
    for feed in CalendarFeed.objects.filter(person=by, ended_at__isnull=True):
        end_calendar(by=by, feed=feed, at=at)
    token = secrets.token_urlsafe(32)
    feed = CalendarFeed(person=by, digest=digest_of(token), plain=plain, made_at=at)
    feed.save(force_insert=True)
    record("doings.make_calendar", by=by, thing=feed, person_id=by.pk, fields={"plain": plain})
    return feed, token


@operation("doings.end_calendar")
def end_calendar(*, by: Person, feed: CalendarFeed, at: dt.datetime | None = None) -> CalendarFeed:
    """From the next asking on there is nothing at that address. Raises Denied."""
    policies.check_can_end_calendar(by, feed)
    if feed.ended_at is not None:
        raise ValueError(_("That calendar had ended already."))
    feed.ended_at = at or clock.now()
    feed.save(update_fields=["ended_at"])
    record(
        "doings.end_calendar", by=by, thing=feed, person_id=feed.person_id, fields={"ended_at": feed.ended_at}
    )
    return feed
