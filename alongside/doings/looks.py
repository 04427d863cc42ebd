"""Reading one thing on somebody's plan: the look is written also where nothing but that one thing is open (I17)."""

from django.utils.translation import gettext as _

from alongside.audit import recording
from alongside.consent.looks import looked
from alongside.consent.models import Duty
from alongside.consent.policies import basis_for, selves
from alongside.doings.models import Doing, Promise, QuickThing
from alongside.people.models import Person


def looked_at(viewer: Person, thing: Doing | Promise | QuickThing | Duty, person: Person | None) -> None:
    """Write down that the viewer read this. `person` is whose page it is, where that page is open to the viewer."""
    if thing.person_id is None or thing.person_id in selves(viewer):
        return
    if person is not None and basis_for(viewer, person) is not None:
        looked(viewer, person, page="plan", parts=[thing.pk])
        return
    # Whoever was asked to do one thing has no Basis: that they were asked is why.
    why = _("You were asked to do this, or the law makes you do it.")
    recording.look(by=viewer, person_id=thing.person_id, page="plan", why=why, parts=[str(thing.pk)])
