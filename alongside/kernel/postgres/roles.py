"""Who may do what on the server: one role that runs, one that owns and migrates, one superuser."""

from typing import Any
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import sql

from alongside.kernel.postgres.errors import NotReady, NotSafe
from alongside.kernel.postgres.url import Addresses, with_database

APP_ROLE = "alongside_app"
OWNER_ROLE = "alongside_owner"
DATABASE = "alongside"
PLAIN = "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION"
# Every role the two of us are or could become, and what is too much about it.
TOO_MUCH = """
    SELECT who.name, role.rolname,
           role.rolsuper, role.rolbypassrls, role.rolcreaterole,
           EXISTS (SELECT FROM pg_database d WHERE d.datdba = role.oid AND d.datname = current_database()),
           EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                   WHERE c.relowner = role.oid AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
                     AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%%')
    FROM (VALUES (current_user::text), (session_user::text)) AS who(name)
    JOIN pg_roles AS me ON me.rolname = who.name
    JOIN pg_roles AS role
      ON role.oid = me.oid OR (NOT me.rolsuper AND pg_has_role(me.oid, role.oid, 'MEMBER'))
"""


def prepare(addresses: Addresses) -> None:
    """Make roles and database on our own server, whatever part of them is missing, and set passwords.

    The ordinary role comes last: whoever can connect as it finds everything in place.
    """
    if addresses.admin is None or addresses.owner is None:
        raise NotReady("Roles are only made on a server of our own.")
    with _connect(with_database(addresses.admin, "postgres")) as connection:
        _make_role(connection, OWNER_ROLE, _password(addresses.owner))
        _make_database(connection, DATABASE)
    _close_database(addresses.admin, DATABASE)
    with _connect(addresses.admin) as connection, connection.transaction():
        _make_role(connection, APP_ROLE, _password(addresses.app))
        _let_in(connection, DATABASE)


def make_database(addresses: Addresses, name: str) -> Addresses:
    """One more database on our own server, owned and closed like the first; does nothing if it is there."""
    if addresses.admin is None:
        raise NotReady("Databases are only made on a server of our own; make it with your server's tools.")
    with _connect(with_database(addresses.admin, "postgres")) as connection:
        _make_database(connection, name)
    _close_database(with_database(addresses.admin, name), name)
    with _connect(with_database(addresses.admin, name)) as connection:
        _let_in(connection, name)
    return addresses.on_database(name)


def drop_database(addresses: Addresses, name: str) -> None:
    """Take a database away with everything in it, whoever is still connected. Never the place's own."""
    if addresses.admin is None or name == DATABASE:
        raise NotReady(f"The database '{name}' is not one that may be dropped from here.")
    with _connect(with_database(addresses.admin, "postgres")) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _connect(url: str) -> psycopg.Connection[Any]:
    return psycopg.connect(url, autocommit=True, connect_timeout=10)


def _password(url: str) -> str:
    return unquote(urlsplit(url).password or "")


def _make_role(connection: psycopg.Connection[Any], name: str, password: str) -> None:
    known = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [name]).fetchone() is not None
    verb = sql.SQL("ALTER ROLE" if known else "CREATE ROLE")
    connection.execute(
        sql.SQL("{} {} {} PASSWORD {}").format(
            verb, sql.Identifier(name), sql.SQL(PLAIN), sql.Literal(password)
        )
    )


def _make_database(connection: psycopg.Connection[Any], name: str) -> None:
    if connection.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0").format(
                sql.Identifier(name), sql.Identifier(OWNER_ROLE)
            )
        )


def _close_database(url: str, name: str) -> None:
    """Nobody gets in, makes things or keeps temporary tables there but our own roles."""
    database = sql.Identifier(name)
    with _connect(url) as connection:
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
        connection.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        connection.execute(sql.SQL("ALTER SCHEMA public OWNER TO {}").format(sql.Identifier(OWNER_ROLE)))


def _let_in(connection: psycopg.Connection[Any], name: str) -> None:
    connection.execute(
        sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(name), sql.Identifier(APP_ROLE))
    )


def check_ordinary_role(connection: Any) -> None:
    """Raise NotSafe when the connection may do more than run: the second lock would not hold for it.

    `connection`: a psycopg or Django connection. Refused are superusers, roles that bypass row-level
    security, that make roles, that own tables here, or that could become such a role.
    """
    with connection.cursor() as cursor:
        cursor.execute(TOO_MUCH, [])
        for name, role, *found in cursor.fetchall():
            _refuse(name, role, found)


def _refuse(name: str, role: str, found: list[bool]) -> None:
    reasons = (
        "is a superuser",
        "bypasses row-level security",
        "makes other roles",
        "owns the database",
        "owns tables",
    )
    said = [reason for reason, applies in zip(reasons, found, strict=True) if applies]
    if not said:
        return
    through = "" if name == role else f" through the role '{role}'"
    raise NotSafe(
        f"Alongside refuses to run as '{name}': it {' and '.join(said)}{through}, so one person's story "
        "could be read by another. Give DATABASE_URL an ordinary role, and DATABASE_OWNER_URL the role "
        "that migrates."
    )
