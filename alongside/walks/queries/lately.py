"""The last moments of a person, for the pages that combine rooms: the words that stand, and whose they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

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
    own = narrow(Moment.objects.filter(person=person), policies.moments_visible_to(viewer, person))
    there_too = narrow(Moment.objects.filter(with_them__person=person), policies.moments_visible_to(viewer))
    both = own.order_by("-at", "-id")[:most].union(
        there_too.order_by("-with_them__at", "-with_them__moment_id")[:most], all=True
    )
    return sorted(both, key=lambda moment: (moment.at, moment.pk), reverse=True)[:most]


def people_in(moments: Sequence[Moment]) -> set[UUID]:
    """Everybody whose words these are."""
    return {moment.by_id for moment in moments}


def lately(moments: Sequence[Moment], called: Mapping[UUID, Named]) -> list[Lately]:
    """These moments, each with the words that stand now. One statement, or none."""
    keys = [moment.pk for moment in moments]
    again = MomentAfter.objects.filter(moment__in=keys, kind=MomentAfter.Kind.SAID_AGAIN).order_by("number")
    stands = {after.moment_id: after for after in again} if keys else {}
    return [Lately(moment, stands.get(moment.pk, moment), called[moment.by_id]) for moment in moments]
