"""A map of one's own life, for the one who made it, and whoever they showed it to. It is never added up."""

from uuid import UUID

from django.db.models import Q

from alongside.consent.policies import people_walked_with, selves
from alongside.kernel.policy import narrow
from alongside.people.models import Person
from alongside.walks.models import LifeMap, LifeMapPlace


def _visible_to(viewer: Person) -> Q:
    return Q(person__in=selves(viewer)) | Q(shown=True, person__in=people_walked_with(viewer))


def life_map_of(*, viewer: Person, person: Person) -> LifeMap | None:
    """A person's map, where they made one and it is for the viewer; None otherwise."""
    return narrow(LifeMap.objects.filter(person=person), _visible_to(viewer)).first()


def places_on(life_map: LifeMap) -> tuple[list[LifeMapPlace], dict[str, list[LifeMapPlace]]]:
    """What is on a map now, in the order it was put there; and what was said before, by the name of the place."""
    now: list[LifeMapPlace] = []
    before: dict[str, list[LifeMapPlace]] = {}
    for place in life_map.places.order_by("at", "pk"):
        if place.taken_off_at is None:
            now.append(place)
        else:
            before.setdefault(place.name, []).insert(0, place)
    return now, before


def place_of(*, viewer: Person, person: Person, key: str) -> LifeMapPlace | None:
    """One place on the viewer's own map by its key, as it came with a form."""
    try:
        wanted = UUID(key)
    except ValueError:
        return None
    own = Q(life_map__person__in=selves(viewer), life_map__person=person)
    found = LifeMapPlace.objects.filter(pk=wanted, taken_off_at__isnull=True)
    return narrow(found, own).select_related("life_map__person").first()
