"""The last moments of a person, for the pages that combine rooms: the words that stand, and whose they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.kernel.asked import asked
from alongside.kernel.policy import narrow
from alongside.people.models import Person
from alongside.story.told import Named
from alongside.walks import policies
from alongside.walks.models import Moment, MomentAfter


@dataclass(frozen=True)
class Lately:
    """A moment, the words that stand, and whose they are; what else was said stands on the moment itself."""

    moment: Moment
    latest: Moment | MomentAfter
    who: Named

    @property
    def pk(self) -> UUID:
        """The key of the moment."""
        return self.moment.pk


def newest(*, viewer: Person, person: Person, most: int) -> list[Moment]:
    """A person's newest moments and those where they were there too, as far as the viewer may read. One statement."""
    both = asked(
        _own_and_there_too,
        person=person.pk,
        own=policies.moments_visible_to(viewer, person),
        others=policies.moments_visible_to(viewer),
        most=most,
    )
    return sorted(both, key=lambda moment: (moment.at, moment.pk), reverse=True)[:most]


def _own_and_there_too(person: UUID, own: Q, others: Q, most: int) -> QuerySet[Moment]:
    theirs = narrow(Moment.objects.filter(person=person), own).order_by("-at", "-id")
    there_too = narrow(Moment.objects.filter(with_them__person=person), others)
    return theirs[:most].union(there_too.order_by("-with_them__at", "-with_them__moment_id")[:most], all=True)


def people_in(moments: Sequence[Moment]) -> set[UUID]:
    """Everybody whose words these are."""
    return {moment.by_id for moment in moments}


def lately(moments: Sequence[Moment], called: Mapping[UUID, Named]) -> list[Lately]:
    """These moments, each with the words that stand now. One statement, or none."""
    keys = [moment.pk for moment in moments]
    stands = {after.moment_id: after for after in asked(_said_again, moments=keys)} if keys else {}
    return [Lately(moment, stands.get(moment.pk, moment), called[moment.by_id]) for moment in moments]


def _said_again(moments: list[UUID]) -> QuerySet[MomentAfter]:
    said_again = MomentAfter.objects.filter(moment__one_of=moments, kind=MomentAfter.Kind.SAID_AGAIN)
    return said_again.order_by("number")
