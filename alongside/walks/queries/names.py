"""What people on a page are called, as far as its reader may know."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.consent.policies import live_bases, nameable, opened_to, selves
from alongside.kernel.policy import narrow
from alongside.people.models import Person
from alongside.story.told import Named
from alongside.walks.models import WalkPerson
from alongside.walks.policies import kept_by

# Their name is not the viewer's to know: a person sees only those who serve them or whose page is open.
SOMEBODY = _("somebody they know")


def _walked_with_by(viewer: Person) -> Q:
    """The condition on a Person that the viewer keeps a walk of theirs: offered too, before anything else is open."""
    theirs = WalkPerson.objects.filter(walk__in=kept_by(viewer), to_at__isnull=True)
    return Q(pk__in=theirs.values("person"))


def names_of(viewer: Person, keys: set[UUID]) -> Mapping[UUID, Named]:
    """What these people are called, or "somebody they know". One statement, or none."""
    if not keys:
        return {}
    # Most pages name only the reader and those whose page is open to them: a much smaller question to ask.
    near = selves(viewer) | {basis.person_id for basis in live_bases(viewer)}
    may = opened_to(viewer) if keys <= near else nameable(viewer) | _walked_with_by(viewer)
    found = narrow(Person.objects.filter(pk__in=keys), may).values_list("pk", "called")
    names = {key: Named(key, called) for key, called in found}
    return {key: names.get(key, Named(key, SOMEBODY)) for key in keys}
