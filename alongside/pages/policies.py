"""Who may read what several rooms say together."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from alongside.consent.policies import basis_for
from alongside.kernel.policy import Denied, policy
from alongside.people.models import Person
from alongside.people.policies import is_own


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
