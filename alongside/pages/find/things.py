"""What may be found: only what the viewer may open, each as one line with its address."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from alongside.consent.finding import check_can_ask_after, find_people
from alongside.consent.policies import check_can_write_for
from alongside.pages.people.finders import Open, open_to
from alongside.people.models import Person
from alongside.people.policies import check_can_look_after_place, check_serves

A_PERSONS_PAGES_UP_TO = 3  # people found, beyond whom only their names are listed


@dataclass(frozen=True)
class Thing:
    """One line: what it says, what it is, and where it leads."""

    label: str
    about: str
    url: str


@dataclass(frozen=True)
class _Page:
    """A page or a thing to do, by address name, and who may: None for everybody who is signed in."""

    name: str
    label: Any
    about: Any
    check: Any = None  # a policy


PAGE, DO = _lazy("a page"), _lazy("something to do")
PAGES = (
    _Page("my_page", _lazy("My page"), PAGE),
    _Page("people", _lazy("People I walk with"), PAGE, check_serves),
    _Page("hellos", _lazy("Hellos"), PAGE, check_serves),
    _Page("my_messages", _lazy("Messages"), PAGE),
    _Page("whys", _lazy("Asked why"), PAGE, check_serves),
    _Page("place", _lazy("Our place"), PAGE),
    _Page("steward_home", _lazy("Looking after the place"), PAGE, check_can_look_after_place),
    _Page("hello_for_someone", _lazy("Say hello for someone"), DO),
    _Page("people_someone", _lazy("Ask whether someone walks with them"), DO, check_can_ask_after),
    _Page("my_room", _lazy("Say how much room I have, or that I am full"), DO, check_serves),
    _Page("steward_write_down", _lazy("Write down somebody new"), DO, check_can_look_after_place),
    _Page("my_reach", _lazy("How to reach me, and how not"), DO),
    _Page("my_about", _lazy("My names, and what I go by"), DO),
    _Page("sessions", _lazy("Where I am signed in"), DO),
    _Page("one_minute", _lazy("What this is, in one minute"), PAGE),
    _Page("hard_stops", _lazy("What the software refuses, and why"), PAGE),
)


def things(*, viewer: Person, words: str) -> list[Thing]:
    """What the viewer may open that holds these words: people first, then pages and things to do.

    Without words, everybody whose page is open to them and every page. Nobody is in it whose page is not
    open to the viewer, and no page they would be refused.
    """
    opened = open_to(viewer)
    sought = " ".join(words.replace("\x00", "").split()).casefold()
    if sought:
        named = {person.pk for person in find_people(viewer=viewer, words=sought).people}
        opened = [
            one for one in opened if one.person.pk in named or sought in str(one.person.name).casefold()
        ]
    pages = [page for page in _pages(viewer) if sought in page.label.casefold()]
    return [*_people(viewer, opened, each=bool(sought) and len(opened) <= A_PERSONS_PAGES_UP_TO), *pages]


def _people(viewer: Person, opened: list[Open], *, each: bool) -> Iterator[Thing]:
    for one in opened:
        called, key = one.person.called, [one.person.pk]
        yield Thing(one.person.name, _("their page"), reverse("person", args=key))
        if not each:
            continue
        ways = [("story", _("%(called)s’s story")), ("circle", _("%(called)s’s circle"))]
        if one.basis.whole:
            ways = [("brief", _("Before a visit to %(called)s")), *ways]
        if check_can_write_for.allows(viewer, one.person):
            ways = [
                ("story_say", _("Write down what %(called)s said")),
                *ways,
                ("reach_for", _("How to reach %(called)s")),
            ]
        for name, label in ways:
            yield Thing(label % {"called": called}, one.person.name, reverse(name, args=key))


def _pages(viewer: Person) -> Iterator[Thing]:
    for page in PAGES:
        if page.check is None or page.check.allows(viewer):
            yield Thing(str(page.label), str(page.about), reverse(page.name))
