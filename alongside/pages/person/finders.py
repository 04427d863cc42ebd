"""Small reads that the person's pages put together from several rooms."""

import datetime as dt
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.consent import policies, queries
from alongside.consent.models import SaySo
from alongside.design.days import NEAR
from alongside.kernel import clock
from alongside.people.door import who_serves
from alongside.people.models import Person
from alongside.story import queries as stories
from alongside.story.circle_on import TieOn

SHOWN = 90


def one_who_serves(key: str) -> Person | None:
    """Somebody who serves the place, by key as it came in an address."""
    try:
        wanted = UUID(key)
    except ValueError:
        return None
    return who_serves(up_to=None).filter(pk=wanted).first()


def joined(*, viewer: Person, person: Person) -> list[TieOn]:
    """Those in the viewer's own circle who are here too: by the viewer's words for them. None for anybody else."""
    if person.pk not in policies.selves(viewer):
        return []
    ties = stories.circle_of(viewer=viewer, person=person).ties
    return [tie for tie in ties if tie.kept.member_id is not None]


def one_who_joined(*, viewer: Person, person: Person, key: str) -> Person | None:
    """Somebody of `joined` by the key of the tie, called what the viewer calls them.

    Their own name is theirs: they are named by the viewer's words, since nothing here may tell more.
    """
    for tie in joined(viewer=viewer, person=person):
        if str(tie.pk) == key:
            return Person(pk=tie.kept.member_id, name=tie.name, called=tie.name)
    return None


def shareable(*, viewer: Person, person: Person) -> list[tuple[UUID, str]]:
    """Every part and tie that could be opened by name, each with a line of its words.

    What is only for the one it is about and the one who said it stays so, whoever is named.
    """
    parts = [
        (part.pk, f"{part.get_kind_display()}: {_short(part.words)}")
        for part in stories.story_of(viewer=viewer, person=person)
        if not part.only_us
    ]
    circle = stories.circle_of(viewer=viewer, person=person)
    ties = [
        (tie.pk, _("%(name)s in my circle") % {"name": tie.name})
        for tie in circle.ties
        if tie.kept.audience != "only_us"
    ]
    return [*parts, *ties]


def _short(words: str) -> str:
    return words if len(words) <= SHOWN else f"{words[:SHOWN].rsplit(' ', 1)[0]} …"


def serves_as(whoever: Person | None) -> str:
    """What somebody does here, in a word or two; "" where they hold no role or may not be named."""
    held = list(whoever.roles.all())[:1] if whoever else []
    return held[0].title or str(held[0].get_role_display()) if held else ""


def say_so(*, viewer: Person, person: UUID, say_so: UUID) -> SaySo | None:
    """One say-so, for `guarded`."""
    return queries.say_so(viewer=viewer, person=person, say_so=say_so)


def to_answer(*, viewer: Person) -> list[tuple[SaySo, str]]:
    """What others wrote down as the viewer's yes and they have not answered, each as a sentence about it."""
    return [(row, _written_down(row)) for row in queries.to_answer(viewer=viewer)]


def _written_down(row: SaySo) -> str:
    writer = row.written_down_by
    said = {
        "writer": writer.called if writer else "",
        "day": _day_said(row.state_at),
        "reader": row.given_to.name,
        "what": row.what,
    }
    if row.whole and row.given_to_id == row.written_down_by_id:
        return _("%(writer)s wrote down %(day)s that you said yes to them reading your story.") % said
    if row.whole:
        return _("%(writer)s wrote down %(day)s that you said yes to %(reader)s reading your story.") % said
    if row.given_to_id == row.written_down_by_id:
        return _("%(writer)s wrote down %(day)s that you let them read this: %(what)s.") % said
    return _("%(writer)s wrote down %(day)s that you let %(reader)s read this: %(what)s.") % said


def _day_said(at: dt.datetime) -> str:
    """The day in the middle of a sentence: today, yesterday, on Tuesday, on 4 May."""
    day = timezone.localtime(at).date()
    away = (clock.today() - day).days
    if away in (0, 1):
        return _("yesterday") if away else _("today")
    return _("on %(day)s") % {"day": date_format(day, "l" if 1 < away <= NEAR else "j F Y")}


def why_open(viewer: Person, person: Person) -> str:
    """The reason this page is open to the viewer, as the person reads it too."""
    basis = policies.basis_for(viewer, person)
    return basis.why if basis else ""
