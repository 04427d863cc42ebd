"""Opening somebody's page: find the basis, write the look, or be refused (I17)."""

from collections.abc import Iterable, Mapping, Sequence
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


def looked_at_each(
    viewer: Person, people: Iterable[Person], *, page: str, parts: Mapping[UUID, Sequence[UUID]]
) -> list[Person]:
    """Write down that the viewer read this page of each of these, in one statement; who may still be shown.

    Call it before anything is shown. Whoever is open no more is left out, as is the viewer's own page;
    `parts` are the keys of the parts shown, by person.
    """
    open_now = [person for person in people if check_is_still_open.allows(viewer, person)]
    held = {person.pk: basis_for(viewer, person) for person in open_now}
    recording.looks(
        by=viewer,
        page=page,
        at_each=[
            Look(person_id=key, why=basis.why, basis_id=basis.pk, parts=[str(part) for part in parts[key]])
            for key, basis in held.items()
            if basis is not None
        ],
    )
    return open_now


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
