"""Every write about a page that was opened in an emergency; and the name a duty in law begins with."""

import datetime as dt
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from alongside.audit.recording import operation, record
from alongside.consent.emergencies import policies
from alongside.consent.emergencies.models import A_DAY, AT_MOST, Opening, OpeningWords
from alongside.consent.models import Basis
from alongside.kernel import clock
from alongside.people.models import Person
from alongside.people.operations.people import tidy
from alongside.people.problems import wrong

SHORTEST = 2
WHY_LENGTH = 300


@operation(policies.OPENED)
def open_in_an_emergency(
    *,
    by: Person,
    words: str,
    name: str,
    born_on: dt.date | None = None,
    all_of_it: bool = False,
    tells: Person | None = None,
    not_told_why: str = "",
    tell_by: dt.datetime | None = None,
    at: dt.datetime | None = None,
) -> Opening | None:
    """Open what is needed of somebody's page for a day, without a say-so, because of `words` that come first.

    `name` is a whole name; `born_on` is asked only where two people share it. None where nobody has that name,
    which is also what kin, neighbours and friends are answered (I18). Telling the person may be put off: then
    `not_told_why`, `tells` (nobody close to them) and `tell_by` (within 28 days) go together. Nobody is told here:
    `messages` does. Raises Denied, also when too many names were written today; ValidationError with the box it is
    about.
    """
    policies.check_can_open_in_an_emergency(by)
    policies.check_has_emergencies_left(by)
    at = at or clock.now()
    _slips(words, name, not_told_why, tells, tell_by, at)
    whom = _one_of(_by_whole_name(name), born_on)
    if whom is None:
        record(policies.OPENED, by=by, thing=by, person_id=by.pk, fields={"words": words, "name": name})
        return None
    if tells is not None and tells != by and policies.are_close(Person(pk=whom), tells):
        raise wrong("tells", _("Choose somebody else to tell them."))
    opening = Opening(
        person_id=whom, by=by, words=words.strip(), all_of_it=all_of_it, at=at, until=at + A_DAY,
        reviewer=_reviewer(whom, by), review_by=at + A_DAY, tells=tells or by, tell_by=tell_by or at + A_DAY,
        not_told_why=not_told_why.strip(),
    )  # fmt: skip
    opening.save(force_insert=True)
    _open(opening)
    record(policies.OPENED, by=by, thing=opening, person_id=whom, fields={"words": words, "name": name})
    return opening


def _slips(
    words: str, name: str, why: str, tells: Person | None, tell_by: dt.datetime | None, at: dt.datetime
) -> None:
    if not tidy(words):
        raise wrong("words", _("Say first what is happening. They will read it."))
    if len(tidy(name)) < SHORTEST:
        raise wrong("name", _("Write their whole name, as they would write it."))
    if not tidy(why) and (tells or tell_by):
        raise wrong("not_told_why", _("Say why they cannot be told yet. They will read it later."))
    if tidy(why) and tells is None:
        raise wrong("tells", _("Name somebody who tells them."))
    if tidy(why) and (tell_by is None or not at < tell_by <= at + AT_MOST):
        raise wrong("tell_by", _("Say by which day they are told, within 28 days from today."))


def _by_whole_name(name: str) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT person FROM guard.by_whole_name(%s)", [tidy(name)])
        return [key for (key,) in cursor.fetchall()]


def _one_of(found: list[UUID], born_on: dt.date | None) -> UUID | None:
    """The one it is; where two people share a name, the one who was born on that day."""
    if len(found) <= 1:
        return next(iter(found), None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT unnest(guard.born_on(%s::uuid[], %s))", [found, born_on])
        born = [key for (key,) in cursor.fetchall()]
    if len(born) != 1:
        said = _(
            "More than one person here has that name. Write the day they were born, or another name of theirs."
        )
        raise wrong("born_on", said)
    return born[0]


def _reviewer(whom: UUID, by: Person) -> Person | None:
    """Whoever leads here, else looks after the place; neither `by` nor close to either. None where nobody is."""
    return next(iter(could_review(whom, by)), None)


def could_review(whom: UUID, by: Person) -> list[Person]:
    """Everybody who could look at what `by` opened of that person, whoever leads first.

    Call as `by`, or in the work `consent.tell`; nobody else is answered.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT unnest(guard.could_review(%s, %s))", [whom, by.pk])
        keys = [key for (key,) in cursor.fetchall()]
    found = Person.objects.in_bulk(keys)
    return [found[key] for key in keys if key in found]


def _open(opening: Opening) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT unnest(guard.needed_in_an_emergency(%s, %s))", [opening.person_id, opening.all_of_it]
        )
        parts = [key for (key,) in cursor.fetchall()]
    basis = Basis(
        actor_id=opening.by_id, person_id=opening.person_id, kind=Basis.Kind.EMERGENCY, parts=parts,
        why=_as_a_why(opening.words), opening=opening, from_at=opening.at, to_at=opening.until,
    )  # fmt: skip
    basis.save(force_insert=True)


def _as_a_why(words: str) -> str:
    """As much of the words as a look's why holds; what reads it ends the sentence."""
    return words[:WHY_LENGTH].rstrip(". ") or words[:WHY_LENGTH]


@operation("consent.tell_of_opening")
def tell_of_opening(*, by: Person, opening: Opening, at: dt.datetime | None = None) -> Opening:
    """They know: words went by the way they asked for, or `by` told them. Raises Denied, also the second time."""
    policies.check_can_tell_of_opening(by, opening)
    opening.told_at = at or clock.now()
    opening.save(update_fields=["told_at"])
    record(
        "consent.tell_of_opening", by=by, thing=opening, person_id=opening.person_id,
        fields={"told_at": opening.told_at},
    )  # fmt: skip
    return opening


@operation("consent.review_opening")
def review_opening(
    *, by: Person, opening: Opening, found: str, words: str, at: dt.datetime | None = None
) -> Opening:
    """Say, in words, whether it was right to open it. Once. Raises Denied; ValidationError where words lack.

    What it opened ends at once where it was not right.
    """
    policies.check_can_review(by, opening)
    if found not in Opening.Found.values:
        raise wrong("found", _("Say whether it was right."))
    if not words.strip():
        raise wrong("words", _("Say in a few words what you found. They will read it."))
    opening.reviewer, opening.reviewed_at = by, at or clock.now()
    opening.found, opening.review_words = found, words.strip()
    opening.save(update_fields=["reviewer", "reviewed_at", "found", "review_words"])
    if found == Opening.Found.NOT_RIGHT:
        _close(opening)
    record(
        "consent.review_opening", by=by, thing=opening, person_id=opening.person_id,
        fields={"found": found, "words": words},
    )  # fmt: skip
    return opening


def _close(opening: Opening) -> None:
    now = clock.now()
    for basis in Basis.objects.filter(opening=opening, to_at__gt=now):
        basis.to_at = max(now, basis.from_at)
        basis.save(update_fields=["to_at"])


@operation("consent.close_opening")
def close_opening(*, by: Person, opening: Opening) -> Opening:
    """Nothing more is read by it, from the next statement on. Raises Denied, also where it had ended."""
    policies.check_can_close_opening(by, opening)
    _close(opening)
    record("consent.close_opening", by=by, thing=opening, person_id=opening.person_id)
    return opening


@operation("consent.say_of_opening")
def say_of_opening(
    *, by: Person, opening: Opening, words: str, at: dt.datetime | None = None
) -> OpeningWords:
    """What the person says of it: it stands beside it and changes nothing by itself.

    A room above brings it to a named human. Raises Denied; ValidationError where nothing is said.
    """
    policies.check_can_say_of_opening(by, opening)
    if not words.strip():
        raise wrong("words", _("Say a word or two. “Why?” is enough."))
    said = OpeningWords(opening=opening, by=by, words=words.strip(), at=at or clock.now())
    said.save(force_insert=True)
    record("consent.say_of_opening", by=by, thing=said, person_id=opening.person_id, fields={"words": words})
    return said


@operation("consent.mark_alarmed")
def mark_alarmed(*, by: Person | None, opening: Opening) -> Opening:
    """Whoever looks after the place was told that nobody looked. Done by the house, in `consent.tell`."""
    opening.alarmed_at = clock.now()
    opening.save(update_fields=["alarmed_at"])
    record(
        "consent.mark_alarmed", by=by, thing=opening, person_id=opening.person_id,
        fields={"alarmed_at": opening.alarmed_at},
    )  # fmt: skip
    return opening


@operation(policies.FOUND_FOR_A_DUTY)
def find_for_a_duty(*, by: Person, name: str, why: str, born_on: dt.date | None = None) -> UUID | None:
    """The key of the one a duty in law is about, by their whole name; None as `open_in_an_emergency` answers.

    Raises Denied, also when too many names were looked for today; ValidationError with the box it is about.
    """
    policies.check_can_find_for_a_duty(by)
    policies.check_has_names_left(by)
    if len(tidy(name)) < SHORTEST:
        raise wrong("name", _("Write their whole name, as they would write it."))
    if not tidy(why):
        raise wrong("why", _("Say why, in plain words. They will read it."))
    found = _one_of(_by_whole_name(name), born_on)
    record(policies.FOUND_FOR_A_DUTY, by=by, thing=by, person_id=by.pk, fields={"name": name, "why": why})
    return found
