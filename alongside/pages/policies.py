"""Who may read what several rooms say together."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from alongside.consent.policies import WALKING_ROLES, basis_for
from alongside.kernel.policy import Denied, policy
from alongside.people.models import Person
from alongside.people.policies import holds, is_own


@policy(
    because=_lazy(
        "What was opened to you by name is all you were given to read; UK GDPR article 5(1)(b), one purpose"
        " at a time."
    )
)
def check_can_prepare_visit(viewer: Person, person: Person) -> None:
    """The person themself, and whoever walks with them or has a duty to see the whole of it."""
    if is_own(viewer, person):
        return
    basis = basis_for(viewer, person)
    if basis is None or not basis.whole:
        raise Denied(
            _("Only those who walk with %(called)s read this before a visit.") % {"called": person},
        )


@policy(because=_lazy("A day with people is laid out for the one who lives it, and for nobody over them."))
def check_has_a_morning(viewer: Person, thing: object = None) -> None:
    """Those who walk alongside people, each with their own people and nobody else's."""
    if not holds(viewer, *WALKING_ROLES):
        raise Denied(_("This is the morning of those who walk alongside people. Yours is your own page."))
