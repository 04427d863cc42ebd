"""Small reads that the person's pages put together from several rooms."""

from uuid import UUID

from django.utils.translation import gettext as _

from alongside.consent import policies, queries
from alongside.consent.models import SaySo
from alongside.people.door import who_serves
from alongside.people.models import Person
from alongside.story import queries as stories

SHOWN = 90


def one_who_serves(key: str) -> Person | None:
    """Somebody who serves the place, by key as it came in an address."""
    try:
        wanted = UUID(key)
    except ValueError:
        return None
    return who_serves(up_to=None).filter(pk=wanted).first()


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


def why_open(viewer: Person, person: Person) -> str:
    """The reason this page is open to the viewer, as the person reads it too."""
    basis = policies.basis_for(viewer, person)
    return basis.why if basis else ""
