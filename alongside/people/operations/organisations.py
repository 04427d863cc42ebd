"""Organisations, associations and groups that people belong to or hold a role at."""

from typing import Any, TypedDict

from django.utils.text import slugify
from django.utils.translation import gettext as _

from alongside.accounts.models import Neighbourhood
from alongside.audit.recording import operation, record
from alongside.people import policies
from alongside.people.models import Organisation, Person
from alongside.people.operations.people import a_name
from alongside.people.problems import wrong


class OrganisationWords(TypedDict, total=False):
    """What a steward may change of an organisation; `kind` is an `Organisation.Kind`."""

    name: str
    kind: str
    note: str
    neighbourhood: Neighbourhood | None


@operation("people.add_organisation")
def add_organisation(
    *,
    by: Person | None,
    name: str,
    kind: str = Organisation.Kind.ASSOCIATION,
    note: str = "",
    neighbourhood: Neighbourhood | None = None,
    slug: str = "",
) -> Organisation:
    """Write down an organisation. `slug` names it in addresses, made from the name unless told.

    Raises Denied, or ValidationError for an empty name, or one that is there already.
    """
    policies.allowed(policies.check_can_look_after_place, by)
    title = a_name(name)
    organisation = Organisation(
        name=title,
        kind=_a_kind(kind),
        note=note.strip(),
        neighbourhood=neighbourhood,
        slug=slug or _slug(title),
    )
    organisation.save(force_insert=True)
    record("people.add_organisation", by=by, thing=organisation, fields={"name": title, "kind": kind})
    return organisation


@operation("people.change_organisation")
def change_organisation(
    *, by: Person | None, organisation: Organisation, words: OrganisationWords
) -> Organisation:
    """Change an organisation; what is left out stays.

    Raises Denied, ValidationError for an empty name, ValueError for a word that it does not have.
    """
    policies.allowed(policies.check_can_look_after_place, by)
    if unknown := set(words) - OrganisationWords.__annotations__.keys():
        raise ValueError(f"an organisation has no {', '.join(sorted(unknown))}")
    new: dict[str, Any] = dict(words)
    if "name" in new:
        new["name"] = a_name(new["name"])
    if "kind" in new:
        new["kind"] = _a_kind(new["kind"])
    for field, value in new.items():
        setattr(organisation, field, value)
    organisation.save(update_fields=list(new))
    kept = {field: getattr(value, "pk", value) for field, value in new.items()}
    record("people.change_organisation", by=by, thing=organisation, fields=kept)
    return organisation


def _a_kind(kind: str) -> str:
    if kind not in Organisation.Kind.values:
        raise wrong("kind", _("That is not a kind of organisation we know."))
    return kind


def _slug(name: str) -> str:
    """A free slug. A name that is there already is asked about: more likely one written down twice."""
    slug = slugify(name, allow_unicode=False)[:45] or "group"
    if Organisation.objects.filter(name__iexact=name).exists():
        raise wrong("name", _("%(name)s is written down already.") % {"name": name})
    taken = set(Organisation.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    return next(
        free for n in range(len(taken) + 1) if (free := slug if n == 0 else f"{slug}-{n + 1}") not in taken
    )
