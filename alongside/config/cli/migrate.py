"""`alongside migrate`: bring the database up to date, as its owner."""

import argparse
from typing import Any

from alongside.config.cli.house import app_role, owner_alias, read_settings, waiting_migrations
from alongside.config.cli.saying import progress, say, say_json


def add_commands(commands: Any) -> None:
    """Mount the command."""
    migrate = commands.add_parser(
        "migrate", help="bring the database up to date: tables, then every lock on them"
    )
    migrate.add_argument("--json", action="store_true", help="say what was done as JSON")
    # The owner migrates, so the ordinary role is not checked first.
    migrate.set_defaults(run=run, by_itself=True)


def run(args: argparse.Namespace) -> int:
    """Migrate and say which steps were taken."""
    read_settings()
    taken = bring_up_to_date()
    if args.json:
        say_json({"migrations": taken})
    elif taken:
        say(f"The database is up to date: {len(taken)} steps were taken, and every lock was written anew.")
    else:
        say("The database was up to date already; every lock was written anew.")
    return 0


def bring_up_to_date() -> list[str]:
    """Run what is waiting and write the locks. Gives the names of the migrations that ran."""
    from alongside.kernel.migrations_run import migrate

    owner_alias()
    waiting = waiting_migrations()
    with progress("Bringing the database up to date"):
        migrate(app_role())
    return waiting
