"""Writing down who somebody is: their names, how to reach them, and what else they chose to say."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, TypedDict

from django.utils.translation import gettext as _

from alongside.accounts.models import Neighbourhood
from alongside.audit.recording import operation, record
from alongside.kernel import clock
from alongside.people import policies
from alongside.people.models import Alias, Channel, Particulars, Person, Reach
from alongside.people.problems import wrong


class ReachWords(TypedDict, total=False):
    """How somebody is reached. `how` and `never` hold `Channel` values; hours are the place's own time."""

    how: str
    how_words: str
    never: list[str]
    never_words: str
    from_hour: dt.time | None
    to_hour: dt.time | None
    languages: list[str]
    phone: str
    email: str
    who_may_answer: str
    safe_word: str
    who_words: str
    note: str


class ParticularsWords(TypedDict, total=False):
    """What somebody chose to say of themself; none of it is needed."""

    born_on: dt.date | None
    age_words: str
    pronouns: str
    where_words: str
    neighbourhood: Neighbourhood | None
    note: str


def tidy(words: str) -> str:
    """Words with their stray spaces gone, otherwise as written."""
    return " ".join(words.split())


def a_name(words: str, field: str = "name") -> str:
    """A tidied name. Raises ValidationError where there is none, or one that does not fit."""
    if not (name := tidy(words)):
        raise wrong(field, _("Write down a name, or whatever they would like to be called."))
    return _fitting(name, field)


def _fitting(name: str, field: str) -> str:
    """The same name. Raises ValidationError where a person's field of that name cannot hold it."""
    if len(name) > (getattr(Person._meta.get_field(field), "max_length", None) or 0):
        raise wrong(field, _("That is very long for a name. Write a shorter one."))
    return name


@operation("people.write_down_person")
def write_down_person(
    *,
    by: Person | None,
    name: str,
    called: str = "",
    aliases: Iterable[str] = (),
    reach: ReachWords | None = None,
    particulars: ParticularsWords | None = None,
    account: Any = None,
    began_at: dt.datetime | None = None,
) -> Person:
    """Write down somebody new. A name is all it takes: no phone or birth date makes less of a person.

    It opens nothing: whoever wrote them down reads nothing of theirs without a say-so. `called` is their
    first name unless they say otherwise; `account` is a way to sign in, where there is one. Raises Denied,
    or ValidationError for an empty name or a way of reaching that they never want.
    """
    policies.allowed(policies.check_can_write_down, by)
    names = {"name": a_name(name), "called": _fitting(tidy(called), "called")}
    person = Person(**names, account=account, began_at=began_at or clock.now())
    person.save(force_insert=True)
    others = sorted({tidy(alias) for alias in aliases} - {"", person.name})
    Alias.objects.bulk_create([Alias(person=person, name=alias) for alias in others])
    if reach:
        _checked(Reach(person=person, **reach)).save(force_insert=True)
    if particulars:
        Particulars(person=person, **particulars).save(force_insert=True)
    written = {"name": person.name, "called": person.called, "aliases": others}
    record(
        "people.write_down_person",
        by=by,
        thing=person,
        person_id=person.pk,
        fields={**written, **_audited(reach), **_audited(particulars)},
    )
    return person


@operation("people.rename")
def rename(*, by: Person | None, person: Person, name: str = "", called: str | None = None) -> Person:
    """Change what a person is named, or what to call them; whichever is left out stays.

    The person themself, whoever walks with them, or a steward (a name is how they look after people).
    The old name is not kept: a name somebody has left behind is theirs to leave (`add_alias` keeps one).
    Raises Denied, or ValidationError for a name that does not fit.
    """
    steward = policies.check_can_look_after_place.allows(by)
    if not steward:
        policies.allowed(policies.check_can_say_of, by, person)
    person.name = _fitting(tidy(name), "name") or person.name
    person.called = person.called if called is None else _fitting(tidy(called), "called")
    person.save(update_fields=["name", "called"])
    record(
        "people.rename",
        by=by,
        thing=person,
        person_id=person.pk,
        fields={"name": person.name, "called": person.called},
    )
    return person


@operation("people.add_alias")
def add_alias(*, by: Person | None, person: Person, name: str) -> Alias | None:
    """Keep another name a person is known by; None when it is their name already. Raises Denied."""
    policies.allowed(policies.check_can_say_of, by, person)
    other = a_name(name)
    alias = None
    if other != person.name:
        alias, _new = Alias.objects.get_or_create(person=person, name=other)
    record("people.add_alias", by=by, thing=person, person_id=person.pk, fields={"name": other})
    return alias


@operation("people.remove_alias")
def remove_alias(*, by: Person, alias: Alias) -> None:
    """Forget a name somebody no longer wants to be known by: theirs alone to do, at once and for good.

    Raises Denied.
    """
    policies.check_is_own_name(by, alias)
    record("people.remove_alias", by=by, thing=alias, person_id=alias.person_id)
    alias.delete()


@operation("people.set_reach")
def set_reach(*, by: Person | None, person: Person, reach: ReachWords) -> Reach:
    """Say how a person is reached, and how never; only what is given changes.

    Every message from here on goes by it. Raises Denied, or ValidationError where the way they are to be
    reached is one they never want, or one hour stands without the other, ValueError for a word it does not have.
    """
    policies.allowed(policies.check_can_say_of, by, person)
    own = Reach.objects.filter(person=person).first() or Reach(person=person)
    _put(own, reach, ReachWords)
    _checked(own).save()
    record("people.set_reach", by=by, thing=own, person_id=person.pk, fields=_audited(reach))
    return own


@operation("people.set_particulars")
def set_particulars(*, by: Person | None, person: Person, particulars: ParticularsWords) -> Particulars:
    """Keep what a person chose to say of themself; only what is given changes.

    Raises Denied, or ValueError for a word they do not have.
    """
    policies.allowed(policies.check_can_say_of, by, person)
    own = Particulars.objects.filter(person=person).first() or Particulars(person=person)
    _put(own, particulars, ParticularsWords)
    own.save()
    record("people.set_particulars", by=by, thing=own, person_id=person.pk, fields=_audited(particulars))
    return own


def _put(row: Reach | Particulars, said: Mapping[str, Any], words: type) -> None:
    """Only what may be said of it: never whose it is, and no slip that would be recorded and not kept."""
    if unknown := set(said) - words.__annotations__.keys():
        raise ValueError(f"{row._meta.model_name} has no {', '.join(sorted(unknown))}")
    for field, value in said.items():
        setattr(row, field, value)


def _checked(reach: Reach) -> Reach:
    if reach.how in reach.never:
        label = Channel(reach.how).label
        raise wrong(
            "how",
            _("“%(way)s” is also under what you never want. Take it away in one of the two.")
            % {"way": label},
        )
    if (reach.from_hour is None) != (reach.to_hour is None):
        field = "to_hour" if reach.to_hour is None else "from_hour"
        raise wrong(field, _("Say both hours, from and to, or neither."))
    return reach


def _audited(words: Mapping[str, Any] | None) -> dict[str, Any]:
    """For the audit, where a row stands as its key."""
    return {name: getattr(value, "pk", value) for name, value in (words or {}).items()}
