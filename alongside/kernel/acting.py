"""Who the database believes is acting: the settings that row-level security reads.

Every transaction says who acts (`alongside.actor`, a person's id) or which named work is being done
(`alongside.work`, e.g. "messages.send"). Without either, no row of any person is visible. Requests,
jobs and commands all come through here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction

from alongside.kernel import clock

SET = (
    "SELECT set_config('alongside.actor', %s, true), set_config('alongside.work', %s, true),"
    " set_config('alongside.account', %s, true), set_config('alongside.now', %s, true)"
)


class Acting(NamedTuple):
    """A person's id, a named work, an account's id; each empty where there is none."""

    actor: str = ""
    work: str = ""
    account: str = ""


_now_acting: ContextVar[Acting] = ContextVar("now_acting", default=Acting())  # noqa: B039 - a tuple never changes


def _tell_database(acting: Acting) -> None:
    with connection.cursor() as cursor:
        moved = clock.moved()
        cursor.execute(SET, [*acting, moved.isoformat() if moved else ""])


def current() -> Acting:
    """Who acts in this thread right now."""
    return _now_acting.get()


@contextmanager
def _as(acting: Acting) -> Iterator[None]:
    before = _now_acting.get()
    with transaction.atomic():
        _tell_database(acting)
        token = _now_acting.set(acting)
        try:
            yield
        finally:
            _now_acting.reset(token)
        # Inside an outer transaction the setting outlives this block: hand the outer actor back. After an
        # error the rollback does that, and another statement would only hide what went wrong.
        if not connection.needs_rollback and connection.in_atomic_block:
            _tell_database(before)


@contextmanager
def acting_as(person: Any) -> Iterator[None]:
    """Act as one person (a Person, or an id), in one transaction.

    Example: `with acting_as(priya): say(by=priya, …)`.
    """
    key = str(person if isinstance(person, UUID | str) else person.pk)
    with _as(Acting(actor=key)):
        yield


@contextmanager
def working_on(work: str, person: Any = None) -> Iterator[None]:
    """Do one named work of the house itself (a job, a command), in one transaction.

    `work` is a name that row-level security knows ("messages.send"); `person` the human on whose
    behalf it runs, where there is one.
    """
    with _as(Acting(actor=str(person.pk) if person else "", work=work)):
        yield


class Entered(NamedTuple):
    """Who came in: a person's id ("" for nobody), and what nearly every page asks of them and of the place.

    `row` is that person's own record by column, with the languages they speak; `easy` names the pages of the place
    that can be read easily.
    """

    person: str
    selves: list[UUID]
    roles: list[str]
    place: str
    easy: list[str]
    row: dict[str, Any]


@contextmanager
def entering(account_id: str) -> Iterator[Entered]:
    """A request's transaction: let the account in and say who that is, in one statement."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM guard.enter(%s, %s)", [account_id, clock.today()])
            told = dict(zip((column.name for column in cursor.description), cursor.fetchone(), strict=True))
        entered = Entered(**{key: told.pop(key) for key in Entered._fields[:-1]}, row=told)
        token = _now_acting.set(Acting(actor=entered.person, account=account_id))
        try:
            yield entered
        finally:
            _now_acting.reset(token)
