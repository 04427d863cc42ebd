"""A person's moments, newest first, a page at a time: the same few statements for ten or for five thousand."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core import signing
from django.db.models import BooleanField, Prefetch, Q, QuerySet, prefetch_related_objects
from django.db.models.expressions import RawSQL
from django.utils.dateparse import parse_datetime

from alongside.consent.queries import person_to_open
from alongside.kernel.policy import narrow
from alongside.people.models import Person
from alongside.walks import policies
from alongside.walks.models import Draft, Moment, MomentAfter, MomentWith
from alongside.walks.queries.names import names_of
from alongside.walks.told import ToldMoment, people_in, told

A_PAGE = 25
MOST_TERMS = 6
Place = tuple[dt.datetime, UUID]


@dataclass(frozen=True)
class Asked:
    """What a reader narrows a timeline to: a kind, whose moments, words in them. Nothing: all of it."""

    kind: str = ""
    who: UUID | None = None
    words: str = ""

    @property
    def terms(self) -> list[str]:
        """The words that must all be there."""
        return self.words.replace("\x00", "").split()[:MOST_TERMS]

    def __bool__(self) -> bool:
        return bool(self.kind or self.who or self.terms)


@dataclass(frozen=True)
class Page:
    """One page of a timeline. `earlier` leads to the next ("" at its end); `lost` where a link led nowhere."""

    moments: Sequence[ToldMoment]
    earlier: str = ""
    lost: bool = False


def _signer(person: Person) -> signing.Signer:
    return signing.Signer(salt=f"walks.timeline {person.pk}")


def cursor_of(person: Person, place: Place) -> str:
    """A place in this person's timeline, to go on from: it means nothing on anybody else's."""
    at, key = place
    return signing.b64_encode(_signer(person).sign(f"{at.isoformat()}|{key}").encode()).decode()


def _place_of(person: Person, cursor: str) -> Place | None:
    """Where a cursor leads; None where it is no cursor of this timeline."""
    try:
        at, key = _signer(person).unsign(signing.b64_decode(cursor.encode()).decode()).split("|")
        moment = parse_datetime(at)
        return (moment, UUID(key)) if moment else None
    except (signing.BadSignature, ValueError):
        return None


def timeline(
    *, viewer: Person, person: Person, cursor: str = "", asked: Asked | None = None, most: int = A_PAGE
) -> Page:
    """A person's moments and those where they were there too, newest first, as far as they are for `viewer`.

    `cursor` is a page's `earlier`; one that is not of this timeline gives its first page, and `lost`. Two
    statements find the moments, each along its own index and no further than a page; three more tell them.
    """
    asked = asked or Asked()
    before = _place_of(person, cursor) if cursor else None
    # Both hold the newest `most + 1` of their own: so do the two together.
    found = sorted(
        [*_own(viewer, person, asked, before, most), *_there_too(viewer, person, asked, before, most)],
        key=lambda moment: (moment.at, moment.pk),
        reverse=True,
    )
    shown = found[:most]
    earlier = cursor_of(person, (shown[-1].at, shown[-1].pk)) if len(found) > most else ""
    return Page(tell(viewer, shown), earlier, lost=bool(cursor) and before is None)


def _own(viewer: Person, person: Person, asked: Asked, before: Place | None, most: int) -> list[Moment]:
    moments = _matching(_readable(viewer).filter(person=person), person, asked)
    if before:
        moments = moments.filter(_before("walks_moment", "id", before))
    return list(moments.order_by("-at", "-id")[: most + 1])


def _there_too(viewer: Person, person: Person, asked: Asked, before: Place | None, most: int) -> list[Moment]:
    moments = _matching(_readable(viewer).filter(with_them__person=person), person, asked)
    if before:
        moments = moments.filter(_before("walks_momentwith", "moment_id", before))
    return list(moments.order_by("-with_them__at", "-with_them__moment_id")[: most + 1])


def _before(table: str, key: str, place: Place) -> RawSQL:
    """Both together, as the index keeps them: `OR` in its place would read the index from its beginning."""
    # Both names stand above, never from outside.
    return RawSQL(f'("{table}"."at", "{table}"."{key}") < (%s, %s)', place, BooleanField())  # noqa: S611


def _readable(viewer: Person) -> QuerySet[Moment]:
    found: QuerySet[Moment] = narrow(Moment.objects.all(), policies.moments_visible_to(viewer))
    return found


def _matching(moments: QuerySet[Moment], person: Person, asked: Asked) -> QuerySet[Moment]:
    if asked.kind:
        moments = moments.filter(kind=asked.kind)
    if asked.who:
        moments = moments.filter(by=asked.who)
    for term in asked.terms:
        said_after = MomentAfter.objects.filter(
            Q(moment__person=person) | Q(moment__with_them__person=person), words__icontains=term
        )
        moments = moments.filter(Q(words__icontains=term) | Q(pk__in=said_after.values("moment")))
    return moments


def tell(viewer: Person, moments: Sequence[Moment]) -> list[ToldMoment]:
    """Moments the viewer may read, with all that stands beside them. At most three statements."""
    prefetch_related_objects(
        list(moments),
        Prefetch("after", queryset=MomentAfter.objects.order_by("number")),
        Prefetch("with_them", queryset=MomentWith.objects.order_by("at", "pk")),
    )
    names = names_of(viewer, people_in(moments))
    return [told(moment, names) for moment in moments]


def moment_to_open(*, viewer: Person, person: UUID, moment: UUID) -> Moment | None:
    """One moment the viewer may read, on the page of its person or of somebody who was there too.

    It has that `person` as `on_page_of`.
    """
    whose = person_to_open(viewer=viewer, person=person)
    theirs = Q(person=person) | Q(pk__in=MomentWith.objects.filter(person=person).values("moment"))
    found = _readable(viewer).filter(theirs, pk=moment).select_related("person", "by").first()
    if whose is None or found is None:
        return None
    found.on_page_of = whose  # type: ignore[attr-defined]
    return found


def one(*, viewer: Person, moment: Moment) -> ToldMoment:
    """A moment that was found for a viewer, told."""
    return tell(viewer, [moment])[0]


def arrived_before(*, viewer: Person, client_id: UUID) -> Moment | None:
    """The moment of this name that the viewer wrote down earlier, or None."""
    return Moment.objects.filter(written_down_by=viewer, client_id=client_id).first()


def drafts_on(*, viewer: Person, person: Person, about: Moment | None = None) -> list[Draft]:
    """What the viewer has begun to write on this page and not said yet, newest first. Nobody else sees it."""
    begun = Draft.objects.filter(author=viewer, person=person, about=about).exclude(words="")
    return list(begun.order_by("-at", "-pk"))


def draft_to_drop(*, viewer: Person, person: UUID, draft: UUID) -> Draft | None:
    """One draft of the viewer's, on this person's page."""
    return Draft.objects.filter(author=viewer, person=person, pk=draft).first()


def is_said(*, viewer: Person, client_id: UUID | None) -> bool:
    """Whether what was written on the page of this name has been said already."""
    return client_id is not None and arrived_before(viewer=viewer, client_id=client_id) is not None
