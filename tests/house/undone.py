"""Operations of each room, ready to be done: for the test that the audit's failure undoes them.

Each entry arranges what it needs and gives back the doing itself; its name begins with the room. A new room
adds one or two.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from alongside.consent.models import SaySo
from alongside.kernel.acting import acting_as, working_on
from alongside.people.models import Person
from tests import cast
from tests.database import as_owner

Doing = Callable[[], object]
UNDONE: dict[str, Callable[[], Doing]] = {}


def undone(name: str) -> Callable[[Callable[[], Doing]], Callable[[], Doing]]:
    """Enter a doing under its name."""

    def enter(arrange: Callable[[], Doing]) -> Callable[[], Doing]:
        UNDONE[name] = arrange
        return arrange

    return enter


def acting(whoever: Person, operation: Callable[..., Any], **given: Any) -> Doing:
    """The doing of an operation by somebody who acts."""

    def do() -> object:
        with acting_as(whoever):
            return operation(by=whoever, **given)

    return do


def working(work: str, operation: Callable[..., Any], **given: Any) -> Doing:
    """The doing of an operation by the house itself."""

    def do() -> object:
        with working_on(work):
            return operation(by=None, **given)

    return do


@undone("audit: audit.seal_day")
def seal_day() -> Doing:
    from alongside.audit.operations import seal_day
    from alongside.audit.recording import record
    from alongside.kernel import clock

    tracey = cast.person()
    two_days_ago = clock.now() - dt.timedelta(days=2)
    with clock.moved_to(two_days_ago), acting_as(tracey):
        record("test.did", by=tracey, thing=tracey)
    return working("audit.seal", seal_day, day=two_days_ago.astimezone(dt.UTC).date())


@undone("accounts: place.tell")
def tell_of_place() -> Doing:
    from alongside.accounts.place.operations import tell_of_place

    return working("demo", tell_of_place, told={"id": "planted", "name": "Planted"})


@undone("accounts: place.change_principles")
def change_principles() -> Doing:
    from alongside.accounts.place.operations import change_principles, tell_of_place

    with working_on("demo"):
        tell_of_place(by=None, told={"id": "planted", "name": "Planted", "principles": ["Ask first"]})
    partner = cast.serving("Imran Sheikh", "learning_partner")
    return acting(
        partner, change_principles, principles=["Ask first, then listen"], why="We talked too much."
    )


@undone("accounts: place.write_easy_read")
def write_easy_read() -> Doing:
    from alongside.accounts.place.operations import tell_of_place, write_easy_read

    with working_on("demo"):
        tell_of_place(by=None, told={"id": "planted", "name": "Planted"})
    line: Any = {"words": "You can say hello.", "picture": None, "described": ""}
    steward = cast.serving("Imogen Blake", "place_steward")
    return acting(steward, write_easy_read, page="home", language="en", lines=[line])


@undone("accounts: sign_in.open_account")
def open_account() -> Doing:
    from alongside.accounts.operations import open_account

    return working("accounts.open", open_account, username="tracey")


@undone("people: people.hold_role")
def hold_role() -> Doing:
    from alongside.people.operations import hold_role

    steward = cast.serving("Imogen Blake", "place_steward")
    return acting(steward, hold_role, person=cast.person("Dev Rao"), role="duty_human")


@undone("people: people.rename")
def rename() -> Doing:
    from alongside.people.operations import rename

    tracey = cast.person()
    return acting(tracey, rename, person=tracey, called="Trace")


@undone("consent: consent.give_say_so")
def give_say_so() -> Doing:
    from alongside.consent.operations import give_say_so

    tracey, priya = cast.person(), cast.serving("Priya Nair")
    return acting(tracey, give_say_so, person=tracey, given_to=priya, for_what="walking with me", whole=True)


@undone("consent: consent.withdraw_say_so")
def withdraw_say_so() -> Doing:
    from alongside.consent.operations import withdraw_say_so

    tracey, priya = cast.person(), cast.serving("Priya Nair")
    basis = cast.say_so(tracey, priya)
    with as_owner():
        given = SaySo.objects.get(pk=basis.say_so_id)
    return acting(tracey, withdraw_say_so, say_so=given)


@undone("consent: consent.confirm_say_so")
def confirm_say_so() -> Doing:
    from alongside.consent.operations import confirm_say_so, give_say_so

    tracey, priya = cast.person(), cast.serving("Priya Nair")
    with acting_as(priya):
        given = give_say_so(by=priya, person=tracey, given_to=priya, for_what="walking with me", whole=True)
    return acting(tracey, confirm_say_so, say_so=given)


@undone("story: story.say")
def say() -> Doing:
    from alongside.story.operations import say

    tracey = cast.person()
    return acting(tracey, say, person=tracey, kind="what_matters", words="My van.")


@undone("story: story.tie")
def tie() -> Doing:
    from alongside.story.operations import tie

    tracey = cast.person()
    return acting(tracey, tie, person=tracey, name="Our Kelly")


@undone("messages: messages.say_hello")
def say_hello() -> Doing:
    from alongside.messages.operations import say_hello

    cast.serving("Dev Rao", "duty_human")
    tracey = cast.person()
    return acting(tracey, say_hello, words="Could somebody ring me?")


@undone("doings: doings.begin")
def begin_a_doing() -> Doing:
    from alongside.doings.operations import begin

    tracey = cast.person()
    return acting(tracey, begin, person=tracey, words="Cook for sixty again.")


@undone("walks: walks.draw_arc")
def draw_arc() -> Doing:
    from alongside.walks.operations import draw_arc

    tracey = cast.person()
    return acting(tracey, draw_arc, person=tracey)


@undone("walks: walks.put_on_life_map")
def put_on_life_map() -> Doing:
    from alongside.walks.operations import put_on_life_map

    tracey = cast.person()
    return acting(tracey, put_on_life_map, person=tracey, name="The allotment")


@undone("walks: walks.record_moment")
def record_moment() -> Doing:
    from alongside.walks.operations import record_moment

    tracey = cast.person()
    return acting(tracey, record_moment, person=tracey, words="I went on my own.", kind="said")


@undone("walks: walks.keep_draft")
def keep_draft() -> Doing:
    from alongside.walks.operations import keep_draft

    tracey = cast.person()
    return acting(tracey, keep_draft, person=tracey, words="I went")


@undone("walks: walks.offer_walk")
def offer_a_walk() -> Doing:
    from alongside.walks.operations import offer_walk

    return acting(cast.serving("Bev Ormerod"), offer_walk, people=[cast.person()], words="Shall we?")


@undone("walks: walks.come_back")
def come_back() -> Doing:
    from alongside.walks.operations import begin_walk, come_back, offer_walk, rest_walk

    bev, tracey = cast.serving("Bev Ormerod"), cast.person()
    with acting_as(bev):
        walk = offer_walk(by=bev, people=[tracey], cover=cast.serving("Priya Nair"))
        begin_walk(by=bev, walk=walk, said_by=tracey)
        rest_walk(by=bev, walk=walk, said_by=tracey)
    return acting(tracey, come_back, walk=walk)


@undone("walks: walks.say_full")
def say_full() -> Doing:
    from alongside.walks.operations import say_full

    return acting(cast.serving("Bev Ormerod"), say_full, words="No more just now.")


@undone("messages: open_in_an_emergency")
def open_in_an_emergency() -> Doing:
    from alongside.messages.operations import open_in_an_emergency

    trace, callum = cast.person(), cast.serving("Callum Reay")
    return acting(callum, open_in_an_emergency, words="Nobody answers the door.", name=trace.name)
