"""Organisations, associations and groups that people belong to or hold a role at."""

import datetime as dt
from typing import Any, TypedDict

from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from alongside.accounts.models import Neighbourhood
from alongside.audit.recording import operation, record
from alongside.kernel import clock
from alongside.people import policies, queries
from alongside.people.models import Organisation, Person
from alongside.people.operations.people import a_name
from alongside.people.operations.roles import refuse_while_kept
from alongside.people.problems import NotYet, wrong


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


@operation("people.end_organisation")
def end_organisation(*, by: Person | None, organisation: Organisation, on: dt.date | None = None) -> int:
    """An organisation stops here on a day (today unless told): every role at it has its last day. Returns how many.

    It stays written down, with all that was. Raises Denied; NotYet while those who serve only there keep
    relationships that are not handed over (I32), or when nobody holds a role there; ValidationError for a day before
    one of the roles began.
    """
    policies.allowed(policies.check_can_look_after_place, by)
    last = on or clock.today()
    held = list(queries.roles_at(organisation).filter(Q(to_day__isnull=True) | Q(to_day__gt=last)))
    if not held:
        raise NotYet(_("Nobody holds a role there after that day, so there is nothing to end."))
    if any(role.from_day > last for role in held):
        raise wrong("on", _("Somebody's role there begins after that day. Look at the day again."))
    refuse_while_kept(by, queries.serving_only_at(organisation))
    for role in held:
        role.to_day = last
        role.save(update_fields=["to_day"])
    record("people.end_organisation", by=by, thing=organisation, fields={"to_day": last, "roles": len(held)})
    return len(held)


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
