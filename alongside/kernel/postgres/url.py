"""Addresses of databases: pure texts, no connection."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from alongside.kernel.postgres.errors import NotReady

SCHEMES = ("postgresql", "postgres")
# Under row-level security planning a statement takes longer than answering it. PostgreSQL keeps a plan only of a
# statement whose values come apart from it, and only where the plan serves every value (`bench people`).
PLANNED_ONCE: dict[str, Any] = {"server_side_binding": True}
PREPARE_AFTER = 5
EXAMPLE = "postgresql://name:password@host:5432/database"


@dataclass(frozen=True)
class Addresses:
    """How to reach one database in each capacity.

    `app`: the ordinary role that runs everything. `owner`: the role that migrates; None where an outside
    server was given without DATABASE_OWNER_URL. `admin`: the superuser, only on our own server.
    """

    app: str
    owner: str | None
    admin: str | None

    def __repr__(self) -> str:
        """Without passwords, so that an address in a log or a trace gives nothing away."""
        shown = ", ".join(
            f"{name}={without_password(url) if url else None!r}"
            for name, url in (
                ("app", self.app),
                ("owner", self.owner),
                ("admin", self.admin),
            )
        )
        return f"Addresses({shown})"

    def owner_or_refuse(self) -> str:
        """The migrating role's address. Raises NotReady where none was given."""
        if self.owner is None:
            raise NotReady(
                "This needs the role that owns the tables. Set DATABASE_OWNER_URL beside DATABASE_URL."
            )
        return self.owner

    def on_database(self, name: str) -> "Addresses":
        """The same server and roles, another database."""
        owner = with_database(self.owner, name) if self.owner else None
        admin = with_database(self.admin, name) if self.admin else None
        return Addresses(with_database(self.app, name), owner, admin)


def socket_url(*, role: str, password: str, folder: str, database: str) -> str:
    """The address of a role on a server that listens on a socket in `folder`."""
    who = f"{quote(role)}:{quote(password, safe='')}"
    return f"postgresql://{who}@/{quote(database)}?{urlencode({'host': folder})}"


def with_database(url: str, name: str) -> str:
    """The same address, another database of that server."""
    return urlsplit(url)._replace(path=f"/{quote(name)}").geturl()


def without_password(url: str) -> str:
    """The address as it may be shown in a message."""
    parts = urlsplit(url)
    user, at, host = parts.netloc.rpartition("@")
    return parts._replace(netloc=f"{user.split(':')[0]}{at}{host}").geturl()


def django_database(url: str) -> dict[str, Any]:
    """One entry of Django's DATABASES from an address.

    `?host=` may name the folder of a socket; every other query key is passed to the driver (sslmode,
    sslrootcert, connect_timeout...). Raises NotReady for what is not a PostgreSQL address.
    A statement is planned once over one connection; behind a pooler that hands connections out by transaction,
    `?prepare_threshold=0` plans each anew.
    """
    parts = urlsplit(url)
    if parts.scheme not in SCHEMES or not parts.path.strip("/"):
        raise NotReady(f"A database address looks like {EXAMPLE}; this one does not: {without_password(url)}")
    query = dict(parse_qsl(parts.query))
    host = query.pop("host", None) or unquote(parts.hostname or "")
    port = query.pop("port", None) or (str(_port(url)) if _port(url) else "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": query.pop("user", None) or unquote(parts.username or ""),
        "PASSWORD": query.pop("password", None) or unquote(parts.password or ""),
        "HOST": host,
        "PORT": port,
        "OPTIONS": {**PLANNED_ONCE, **query, "prepare_threshold": _threshold(query)},
    }


def _threshold(query: dict[str, str]) -> int | None:
    """After how many times a statement is kept planned; None for never, which an address says as 0."""
    said = query.get("prepare_threshold", str(PREPARE_AFTER))
    if not said.isdigit():
        raise NotReady(
            f"prepare_threshold in the database address is a whole number, and this is not: {said}"
        )
    return int(said) or None


def _port(url: str) -> int | None:
    try:
        return urlsplit(url).port
    except ValueError as error:
        raise NotReady(
            f"The port in the database address {without_password(url)} is not a number."
        ) from error
