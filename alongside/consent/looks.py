"""Opening somebody's page: find the basis, write the look, or be refused (I17)."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from alongside.audit import recording
from alongside.audit.models import Look
from alongside.consent.policies import basis_for
from alongside.kernel.policy import Denied, policy
from alongside.people.models import Person


@policy(because=_lazy("A say-so that was taken back acts at once; UK GDPR article 7(3)."))
def check_is_still_open(viewer: Person, person: Person) -> None:
    """A page is read under a say-so or a reason in law that holds at that very moment."""
    if basis_for(viewer, person) is None:
        raise Denied(_("This page is not open to you any more."))


def looked(viewer: Person, person: Person, *, page: str, parts: Iterable[UUID] = ()) -> Look | None:
    """Write down that the viewer read this page, with the why of their basis; nothing on one's own page.

    Call it before the page is shown. Raises Denied where no basis holds any more, whatever let the
    viewer come this far.
    """
    if viewer.pk in (person.pk, person.same_as_id):
        return None
    check_is_still_open(viewer, person)
    basis = basis_for(viewer, person)
    if basis is None:  # only where the leak test has turned the policies off
        return None
    keys = [str(key) for key in parts]
    return recording.look(
        by=viewer, person_id=person.pk, page=page, why=basis.why, basis_id=basis.pk, parts=keys
    )
