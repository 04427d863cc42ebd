"""Getting the house ready for a command: settings, the database, and who we are to it."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

import psycopg
from django.db.utils import OperationalError

from alongside.kernel import postgres
from alongside.kernel.backup import BackupFailed
from alongside.kernel.language.catalogues import compile_newer
from alongside.kernel.secrets import SecretsUnsafe


class CannotGoOn(RuntimeError):  # noqa: N818 - reads as the sentence it carries
    """A command stops here; the message says why and what to do."""


def known_trouble() -> tuple[type[Exception], ...]:
    """Every exception that is a sentence for the one at the keyboard."""
    ours = (CannotGoOn, BackupFailed, SecretsUnsafe, postgres.NotReady, postgres.NotSafe)
    known = (*ours, psycopg.OperationalError, OperationalError)
    # Refusals live in a module that needs settings; where it was not loaded, nobody was refused.
    policy = sys.modules.get("alongside.kernel.policy")
    return (*known, policy.Denied) if policy else known


def read_settings() -> None:
    """Read settings and load every room; starts our own database where it does not run."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    django.setup()


def make_ready() -> None:
    """As `set_up`, and make sure that the tables are those the code speaks of. Raises CannotGoOn."""
    set_up()
    check_up_to_date()
    words_ready()


def words_ready() -> None:
    """Compile the catalogues that changed. Where that cannot be written the house speaks as it did, and says so."""
    try:
        compile_newer()
    except OSError as error:
        print(
            f"Newer translations could not be made ready, so older words are shown: {error}", file=sys.stderr
        )


def set_up() -> None:
    """As `read_settings`, and make sure that row-level security holds for us. Raises NotSafe."""
    from django.db import connection

    read_settings()
    postgres.check_ordinary_role(connection)


@contextmanager
def database_as_found() -> Iterator[None]:
    """Leave our own server as we found it; where several commands use it, the last one out stops it."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    with postgres.in_use():
        try:
            yield
        finally:
            _close_ours()


def _close_ours() -> None:
    from django.conf import settings
    from django.db import connections

    if settings.configured:
        connections.close_all()


def app_role() -> str:
    """The ordinary role's name: our own server's, or the one in DATABASE_URL."""
    given = os.environ.get("DATABASE_URL")
    return unquote(urlsplit(given).username or "") if given else postgres.APP_ROLE


def owner_alias() -> str:
    """The alias of the owner's connection. Raises CannotGoOn where its address was not given."""
    from django.conf import settings

    if "owner" not in settings.DATABASES:
        raise CannotGoOn(
            "This needs the role that owns the database: set DATABASE_OWNER_URL beside DATABASE_URL for it."
        )
    return "owner"


def check_up_to_date() -> None:
    """Raise CannotGoOn while migrations wait: code and tables must agree."""
    waiting = waiting_migrations()
    if waiting:
        raise CannotGoOn(
            f"The database is {len(waiting)} steps behind ({waiting[0]} is the first). "
            "Run `alongside migrate`, then this again."
        )


def waiting_migrations() -> list[str]:
    """Names of the migrations that the database has not seen yet ("story.0001_initial").

    Asked as the owner where we can: on a database that was never finished the ordinary role may read nothing.
    Raises CannotGoOn where it may not and there is no owner.
    """
    from django.conf import settings
    from django.db import ProgrammingError, connections
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connections["owner" if "owner" in settings.DATABASES else "default"])
    except ProgrammingError as error:
        raise CannotGoOn("The database was never made ready: run `alongside migrate`.") from error
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]
