"""Tynebank's people for tests: arranged as the owner of the database, beside every lock."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone

from alongside.accounts.models import Account
from alongside.consent.models import Basis, LegalReason, SaySo
from alongside.people.models import Organisation, Person, Role, RoleHeld
from tests.database import as_owner


def person(name: str = "Tracey Hallam", *, called: str = "", account: bool = True, **more: Any) -> Person:
    """A person, with an account to sign in unless told otherwise."""
    with as_owner():
        own = Account.objects.create_user(username=name) if account else None
        return Person.objects.create(name=name, called=called, account=own, **more)


def organisation(name: str = "The Kettle", kind: str = "association") -> Organisation:
    """An organisation."""
    slug = name.lower().replace(" ", "-")
    with as_owner():
        return Organisation.objects.get_or_create(slug=slug, defaults={"name": name, "kind": kind})[0]


def serving(
    name: str, role: str = Role.WORKER, *, at: str = "Tynebank Council", title: str = "", **more: Any
) -> Person:
    """A person who holds a role today."""
    whoever = person(name, **more)
    hold(whoever, role, at=at, title=title)
    return whoever


def hold(whoever: Person, role: str, *, at: str = "Tynebank Council", title: str = "") -> RoleHeld:
    """One more role held, since last year."""
    where = organisation(at, "public")
    with as_owner():
        since = timezone.localdate() - dt.timedelta(days=365)
        return RoleHeld.objects.create(
            person=whoever, role=role, organisation=where, from_day=since, title=title
        )


def say_so(
    whose: Person,
    to: Person,
    *,
    parts: Any = (),
    until: dt.datetime | None = None,
    why: str = "walking with me",
) -> Basis:
    """A say-so that is given, and the Basis it makes: the whole story, or the named parts."""
    now = timezone.now()
    keys = [getattr(part, "pk", part) for part in parts]
    with as_owner():
        given = SaySo.objects.create(
            person=whose,
            given_by=whose,
            given_to=to,
            what="my story" if not keys else "these parts",
            for_what=why,
            whole=not keys,
            parts=keys,
            until=until,
            state="given",
            state_at=now,
        )
        return Basis.objects.create(
            actor=to,
            person=whose,
            kind="say_so",
            whole=not keys,
            parts=keys,
            why=why,
            say_so=given,
            from_at=now - dt.timedelta(days=1),
            to_at=until,
        )


def by_law(
    actor: Person, whose: Person, *, statute: str = "Children Act 1989 s.47", whole: bool = True
) -> Basis:
    """A Basis that rests on a duty, not on a say-so."""
    with as_owner():
        reason, _ = LegalReason.objects.get_or_create(
            code="duty-to-enquire",
            defaults={
                "basis": "legal_obligation",
                "statute": statute,
                "plain_words": "The law says we must look.",
            },
        )
        return Basis.objects.create(
            actor=actor,
            person=whose,
            kind="duty",
            whole=whole,
            why="duty to enquire",
            legal_reason=reason,
            from_at=timezone.now() - dt.timedelta(days=1),
        )


def sign_in(client: Any, whoever: Person) -> None:
    """Sign a test client in as a person, without the sign-in pages, both factors shown."""
    session = client.session
    with as_owner():
        account = Account.objects.get(pk=whoever.account_id)
    session["account_authentication_methods"] = [{"method": "mfa", "at": timezone.now().timestamp()}]
    session["account_authentication_methods_user"] = str(account.pk)
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    # With their second thing shown, as everybody who holds others' stories does.
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0}]
    session["account_authentication_methods_user"] = str(account.pk)
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
