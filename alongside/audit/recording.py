"""How a write is recorded: every operation is one transaction with its audit row, or it does not happen."""

import hashlib
import hmac
import inspect
import json
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.db import models, transaction

from alongside.audit.models import Event, Look, Salt
from alongside.kernel import acting, clock, memo

P = ParamSpec("P")
R = TypeVar("R")

OPERATIONS: dict[str, Callable[..., Any]] = {}
_recorded: ContextVar[list[Event] | None] = ContextVar("recorded", default=None)


class NotRecorded(Exception):  # noqa: N818
    """An operation ended without an audit row: a fault in the code, and nothing was written."""


def operation(name: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function an operation: keyword-only, takes `by=`, atomic, and recorded at least once.

    `name` is what the audit calls it ("story.say"). `by` is the Person who does it, or None only
    inside `working_on(...)`, where the house itself works.
    """

    def wrap(function: Callable[P, R]) -> Callable[P, R]:
        parameters = inspect.signature(function).parameters.values()
        if not all(p.kind is p.KEYWORD_ONLY for p in parameters) or "by" not in {p.name for p in parameters}:
            raise TypeError(f"{function.__qualname__}: an operation takes keywords only, by= among them")

        @wraps(function)
        def inner(*args: P.args, **kwargs: P.kwargs) -> R:
            rows: list[Event] = []
            token = _recorded.set(rows)
            try:
                with transaction.atomic():
                    result = function(*args, **kwargs)
                    if not rows:
                        raise NotRecorded(f"{name} wrote no audit row, so it was not done")
            finally:
                _recorded.reset(token)
                memo.forget()
            # An operation inside another counts for the outer one too.
            if (outer := _recorded.get()) is not None:
                outer.extend(rows)
            return result

        inner.operation = name  # type: ignore[attr-defined]
        OPERATIONS[name] = inner
        return inner

    return wrap


def _canonical(value: Any) -> bytes:
    return json.dumps(value, default=str, sort_keys=True, ensure_ascii=False).encode()


def digest(salt: bytes, value: Any) -> str:
    """A salted digest (HMAC-SHA-256, hex) of any JSON-like value."""
    return hmac.new(salt, _canonical(value), hashlib.sha256).hexdigest()


def salt_for(person_id: UUID) -> bytes:
    """The salt of one person's digests, made at the first use."""
    Salt.objects.bulk_create([Salt(person_id=person_id)], ignore_conflicts=True)
    return bytes(Salt.objects.values_list("salt", flat=True).get(person_id=person_id))


# Where a record is about nobody (the place's words, an organisation), one fixed salt is enough:
# what it digests is open to all.
NOBODYS_SALT = b"alongside"


def record(
    did: str,
    *,
    by: Any,
    thing: models.Model,
    person_id: UUID | None = None,
    fields: Mapping[str, Any] | None = None,
) -> Event:
    """Write the audit row of an operation: call it inside one.

    `fields` maps the names of the fields written to their values, of which only digests are kept.
    """
    salt = salt_for(person_id) if person_id else NOBODYS_SALT
    event = Event(
        at=clock.now(),
        did=did,
        by_id=by.pk if by is not None else None,
        work=acting.current().work,
        person_id=person_id,
        thing=thing._meta.label_lower,
        thing_id=thing.pk,
        fields={name: digest(salt, value) for name, value in (fields or {}).items()},
    )
    event.save(force_insert=True)
    if (rows := _recorded.get()) is not None:
        rows.append(event)
    return event


def looks(*, by: Any, page: str, at_each: Iterable[Look]) -> list[Look]:
    """Note that `by` read this page of each of these people; nothing where it is their own. One statement.

    `at_each` are looks with `person_id`, `why`, `basis_id` and `parts`; who, which page and when are added.
    """
    written = [each for each in at_each if each.person_id != by.pk]
    for each in written:
        each.at, each.by_id, each.page, each.why = clock.now(), by.pk, page, each.why[:300]
    return Look.objects.bulk_create(written)


def look(
    *,
    by: Any,
    person_id: UUID,
    page: str,
    why: str,
    basis_id: UUID | None = None,
    parts: list[str] | None = None,
) -> Look | None:
    """Note that `by` read a page of a person, with the why; nothing when it is their own page."""
    if by.pk == person_id:
        return None
    return Look.objects.create(
        at=clock.now(),
        person_id=person_id,
        by_id=by.pk,
        page=page,
        why=why[:300],
        basis_id=basis_id,
        parts=parts or [],
    )
