"""Everything that can be done, tried as everybody: refused, kept, written down, or not done at all.

A room lists its operations as deeds, with who may do each; its tests then ask the same five questions of
all of them. The list is kept beside the policies by hand, so that it knows none of them.
"""

import copy
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, transaction

from alongside.audit.models import Event
from alongside.audit.recording import OPERATIONS, digest, salt_for
from alongside.kernel import policy
from alongside.kernel.acting import acting_as
from alongside.kernel.policy import Denied
from alongside.people.models import Person
from tests.database import as_owner

# Said in every deed that takes words, and looked for in everything the audit keeps.
WORDS = "I sleep in the van behind the old baths"
TELLTALE = ("sleep", "the van", "old baths")


class World:
    """People by the part they play (`world.who["a walker"]`), and the things they do something to."""

    def __init__(self, who: dict[str, Person], **things: Any) -> None:
        self.who = who
        self.__dict__.update(things)

    def fresh(self) -> "World":
        """The same, with things nobody has tried anything on: a try leaves its traces in the object at hand."""
        things = {name: copy.copy(thing) for name, thing in self.__dict__.items() if name != "who"}
        return World(self.who, **things)

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"nothing in this world is called {name}")


@dataclass(frozen=True)
class Deed:
    """One operation: how it is done, who may do it, and the names of the fields the audit keeps."""

    did: str
    do: Callable[[Person, Any], Any]
    may: frozenset[str]
    fields: frozenset[str] = frozenset()


def deed(
    did: str, do: Callable[[Person, Any], Any], may: Iterable[str], fields: str = "", **more: Any
) -> Deed:
    """A deed, written in one line."""
    return Deed(did, do, frozenset(may), frozenset(fields.split()), **more)


def each(deeds: Iterable[Deed]) -> Any:
    """Parametrise over every deed with everybody who may do it."""
    pairs = [(one, who) for one in deeds for who in sorted(one.may)]
    return pytest.mark.parametrize(("deed", "who"), pairs, ids=[f"{one.did}-{who}" for one, who in pairs])


def named(deeds: Iterable[Deed]) -> Any:
    """Parametrise over every deed."""
    return pytest.mark.parametrize("deed", list(deeds), ids=lambda one: one.did)


def fingerprint(room: str) -> dict[str, str]:
    """What stands in every table of a room, and in the audit, as one line each: to see that nothing changed."""
    with as_owner() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            " AND (tablename LIKE %s OR tablename LIKE 'audit_event')",
            [f"{room}\\_%"],
        )
        tables = [table for (table,) in cursor.fetchall()]
        lines = {}
        for table in tables:
            cursor.execute(f"SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} t")
            lines[table] = cursor.fetchone()[0]
    return lines


def all_that_the_audit_keeps() -> str:
    """Every row of the audit as text, as the owner reads it."""
    with as_owner():
        return json.dumps(list(Event.objects.values()), default=str, ensure_ascii=False)


@contextmanager
def no_policies() -> Iterator[None]:
    """Row-level security alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(policy, "enforce", lambda check, viewer, thing: None)
        yield


def refused(one: Deed, everybody: Iterable[str], world: Any, room: str) -> None:
    """Whoever may not is refused in a sentence, and nothing is written."""
    before = fingerprint(room)
    for who in set(everybody) - one.may:
        with acting_as(world.who[who]), pytest.raises(Denied) as no, transaction.atomic():
            one.do(world.who[who], world)
        assert str(no.value.sentence).strip().endswith((".", "!")), f"{who}: a refusal is a sentence"
        assert fingerprint(room) == before, f"{who} wrote something before they were refused"


def refused_by_the_database(one: Deed, everybody: Iterable[str], world: Any, room: str) -> None:
    """With every policy off, row-level security does not let it be written either."""
    before = fingerprint(room)
    let_through = []
    for who in sorted(set(everybody) - one.may):
        with acting_as(world.who[who]), no_policies():
            try:
                with transaction.atomic():
                    one.do(world.who[who], world.fresh())
                    # A row that is not theirs is passed over without a word: then the audit alone has changed.
                    if {**fingerprint(room), "audit_event": before["audit_event"]} != before:
                        let_through.append(who)
                    transaction.set_rollback(True)
            except (DatabaseError, ObjectDoesNotExist):
                continue
    assert let_through == []
    assert fingerprint(room) == before


def _done(one: Deed, who: str, world: Any) -> Event:
    """Do it; the answer is its one row in the audit."""
    by = world.who[who]
    with as_owner():
        before = set(Event.objects.values_list("pk", flat=True))
    with acting_as(by):
        one.do(by, world)
    with as_owner():
        return Event.objects.exclude(pk__in=before).get(did=one.did, by_id=by.pk)


def recorded(one: Deed, who: str, world: Any) -> None:
    """It is done, and written down: who, about whom, which fields; and not a word of what was said."""
    event = _done(one, who, world)
    assert set(event.fields) == one.fields
    assert all(len(kept) == 64 for kept in event.fields.values())
    kept = all_that_the_audit_keeps()
    assert not [word for word in TELLTALE if word in kept]


def digested_for(one: Deed, who: str, world: Any, whose: Person) -> None:
    """Words are kept as a digest with the salt of the one they are about, and nobody else's."""
    event = _done(one, who, world)
    with as_owner():
        assert event.person_id == whose.pk
        assert event.fields["words"] == digest(salt_for(whose.pk), WORDS)


def undone_without_audit(one: Deed, who: str, world: Any, room: str) -> None:
    """Where the audit cannot be written, nothing is."""
    before = fingerprint(room)

    def fail(self: Event, *args: Any, **kwargs: Any) -> None:
        raise OSError("the audit is full")

    with acting_as(world.who[who]), pytest.MonkeyPatch.context() as patch:
        patch.setattr(Event, "save", fail)
        with pytest.raises(OSError, match="full"):
            one.do(world.who[who], world)
    assert fingerprint(room) == before


def left_out(deeds: Iterable[Deed], prefix: str) -> set[str]:
    """Operations of a room that its list of deeds forgot."""
    ours = {name for name, run in OPERATIONS.items() if run.__module__.startswith(prefix)}
    return ours - {one.did for one in deeds}
