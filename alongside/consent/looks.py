"""Opening somebody's page: find the basis, write the look, or be refused (I17)."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.audit import recording
from alongside.audit.models import Look
from alongside.consent.policies import basis_for
from alongside.kernel.policy import Denied
from alongside.people.models import Person


def looked(viewer: Person, person: Person, *, page: str, parts: Iterable[UUID] = ()) -> Look | None:
    """Write down that the viewer read this page, with the why of their basis; nothing on one's own page.

    Call it before the page is shown. Raises Denied where no basis holds any more, whatever let the
    viewer come this far.
    """
    if viewer.pk in (person.pk, person.same_as_id):
        return None
    basis = basis_for(viewer, person)
    if basis is None:
        raise Denied(_("This page is not open to you any more."))
    keys = [str(key) for key in parts]
    return recording.look(
        by=viewer, person_id=person.pk, page=page, why=basis.why, basis_id=basis.pk, parts=keys
    )
