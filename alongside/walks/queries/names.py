"""What people on a page are called, as far as its reader may know."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.consent.policies import nameable, near, opened_to
from alongside.kernel.policy import narrow
from alongside.people.models import Person
from alongside.story.told import Named
from alongside.walks.models import WalkPerson
from alongside.walks.policies import kept_by

# Their name is not the viewer's to know: a person sees only those who serve them or whose page is open.
SOMEBODY = _("somebody they know")


def names_of(viewer: Person, keys: set[UUID]) -> Mapping[UUID, Named]:
    """What these people are called, or "somebody they know". One statement, or none; more where some have no name."""
    if not keys:
        return {}
    # Most pages name only the reader and those whose page is open to them: a much smaller question to ask.
    may = opened_to(viewer) if keys <= near(viewer) else nameable(viewer)
    names = _asked(keys, may)
    if keys - set(names) and (walks := kept_by(viewer)):
        # Whose walk the viewer keeps, offered too, before anything else is open.
        theirs = WalkPerson.objects.filter(walk__in=walks, to_at__isnull=True)
        names |= _asked(keys - set(names), Q(pk__in=theirs.values("person")))
    return {key: names.get(key) or Named(key, SOMEBODY) for key in keys}


def _asked(keys: set[UUID], may: Q) -> dict[UUID, Named]:
    found = narrow(Person.objects.filter(pk__in=keys), may).values_list("pk", "called", "name")
    return {key: Named(key, called, name) for key, called, name in found}
