"""Who may be named on the pages of moments: whom one writes for, who was there too, whose moments there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from alongside.consent.policies import opened_to, people_walked_with, selves
from alongside.consent.queries import person_to_open
from alongside.kernel.policy import narrow
from alongside.people.models import Person
from alongside.story.told import Named
from alongside.walks.models import Company, Moment, WalkPerson
from alongside.walks.queries.names import names_of
from alongside.walks.queries.timeline import moment_to_open


def people_to_write_for(*, viewer: Person) -> QuerySet[Person]:
    """Those the viewer walks with, by name."""
    theirs = Person.objects.filter(pk__in=people_walked_with(viewer) - selves(viewer))
    found: QuerySet[Person] = narrow(theirs, opened_to(viewer)).order_by("called", "pk")
    return found


def walked_with_together(*, viewer: Person, person: Person) -> list[Named]:
    """The others of this person's walks, who may have been there too. Two statements at most."""
    own = WalkPerson.objects.filter(person=person, to_at__isnull=True).values("walk")
    rows = WalkPerson.objects.filter(walk__in=own, to_at__isnull=True).exclude(person=person)
    return _by_name(names_of(viewer, set(rows.values_list("person_id", flat=True))).values())


def people_named(*, viewer: Person, person: Person, keys: Iterable[str]) -> list[Person]:
    """Those of this person's walks whose keys these are."""
    may = {str(one.pk) for one in walked_with_together(viewer=viewer, person=person)}
    # Their names are in nobody's way here: a key is all that is written.
    return [Person(pk=key) for key in keys if key in may]


def voices(*, viewer: Person, person: Person) -> list[Named]:
    """Whose moments there may be on this page: the person's, and those of whoever keeps or kept their walk."""
    walks = WalkPerson.objects.filter(person=person).values("walk")
    keys = set(Company.objects.filter(walk__in=walks).values_list("person_id", flat=True))
    return _by_name(names_of(viewer, keys | {person.pk, viewer.pk}).values())


@dataclass(frozen=True)
class WhereWordsGo:
    """Whose words, on whose page, beneath which moment."""

    author: Person
    person: Person
    about: Moment | None


def where_words_go(*, author: UUID, person: UUID, about: UUID | None) -> WhereWordsGo | None:
    """What an author's page was about, as far as it is still open to them; ask it acting as that author."""
    by = Person.objects.filter(pk=author, account__isnull=False).first()
    whose = person_to_open(viewer=by, person=person) if by else None
    if by is None or whose is None:
        return None
    moment = moment_to_open(viewer=by, person=person, moment=about) if about else None
    return None if about and moment is None else WhereWordsGo(by, whose, moment)


def _by_name(named: Iterable[Named]) -> list[Named]:
    return sorted(named, key=lambda one: str(one).casefold())
