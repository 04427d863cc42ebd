"""Bring the database up to date: migrations as the owner, then every lock and grant."""

from django.core.management import call_command
from django.db import connections

from alongside.kernel import rows

EXTENSIONS = ("pg_trgm", "unaccent", "btree_gist")


def migrate(app_role: str, verbosity: int = 0) -> None:
    """Run every migration on the alias `owner`, then write row-level security and grants for `app_role`."""
    owner = connections["owner"]
    with owner.cursor() as cursor:
        for extension in EXTENSIONS:
            cursor.execute(f'CREATE EXTENSION IF NOT EXISTS "{extension}"')
    call_command("migrate", database="owner", interactive=False, verbosity=verbosity)
    rows.apply(owner, app_role)
