"""What is asked of every operation: who may, what the audit keeps of it, and that it is whole or not at all."""

from collections.abc import Callable
from typing import Any

import pytest

from alongside.audit.models import Event
from alongside.kernel.acting import acting_as
from alongside.kernel.policy import Denied
from tests.database import as_owner

CANARY = "canary"
ROWS = "count(*) || md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), ''))"


class AuditDown(Exception):  # noqa: N818
    """The audit cannot be written."""


def everything() -> dict[str, str]:
    """A digest of the rows of every table, as the owner sees them."""
    with as_owner() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
        tables = [table for (table,) in cursor.fetchall()]
        every = " UNION ALL ".join(f"SELECT '{table}', {ROWS} FROM \"{table}\" t" for table in tables)
        cursor.execute(every)
        return dict(cursor.fetchall())


def may(whoever: Any, do: Callable[[Any], Any]) -> bool:
    """Whether they may: done as themselves, or refused in a sentence, and then nothing was written."""
    before, refused = everything(), ""
    try:
        with acting_as(whoever):
            do(whoever)
    except Denied as no:
        refused = str(no.sentence)
    if refused:
        assert refused.endswith("."), "a refusal is a sentence"
        assert everything() == before, "a refusal writes nothing"
    return not refused


def recorded(did: str) -> dict[str, Any]:
    """The field names the audit kept of the one operation of this name, having looked that it kept no words."""
    with as_owner() as cursor:
        cursor.execute("SELECT string_agg(e::text, ' ') FROM audit_event e")
        assert CANARY not in cursor.fetchone()[0].lower(), "the audit keeps no words"
        (event,) = Event.objects.filter(did=did)
    assert all(len(kept) == 64 for kept in event.fields.values()), "values are kept as digests"
    return {"by": event.by_id, "about": event.person_id, "fields": set(event.fields)}


def undone_without_audit(monkeypatch: pytest.MonkeyPatch, whoever: Any, do: Callable[[Any], Any]) -> None:
    """Do it while the audit cannot be written, and see that no row of any table changed."""

    def fail(self: Event, *args: Any, **kwargs: Any) -> None:
        raise AuditDown

    before = everything()
    monkeypatch.setattr(Event, "save", fail)
    with pytest.raises(AuditDown), acting_as(whoever):
        do(whoever)
    assert everything() == before
