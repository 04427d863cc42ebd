"""What people on a page are called, as far as its reader may know."""

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.consent.policies import live_bases, nameable, opened_to, selves
from alongside.kernel.policy import narrow
from alongside.people.models import Person
from alongside.story.told import Named

# Their name is not the viewer's to know: a person sees only those who serve them or whose page is open.
SOMEBODY = _("somebody they know")


def names_of(viewer: Person, keys: set[UUID]) -> Mapping[UUID, Named]:
    """What these people are called, or "somebody they know". One statement, or none."""
    if not keys:
        return {}
    # Most pages name only the reader and those whose page is open to them: a much smaller question to ask.
    near = selves(viewer) | {basis.person_id for basis in live_bases(viewer)}
    may = opened_to(viewer) if keys <= near else nameable(viewer)
    found = narrow(Person.objects.filter(pk__in=keys), may).values_list("pk", "called")
    names = {key: Named(key, called) for key, called in found}
    return {key: names.get(key, Named(key, SOMEBODY)) for key in keys}
