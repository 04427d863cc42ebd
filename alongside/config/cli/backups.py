"""`alongside backup` and `alongside restore`: the whole place in one encrypted file, and back."""

import argparse
import datetime as dt
import getpass
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from alongside.config.cli.house import CannotGoOn
from alongside.config.cli.saying import progress, say, say_json
from alongside.kernel.backup import backup, restore
from alongside.kernel.folders import data_folder, write_private
from alongside.kernel.postgres import addresses

PASS_PHRASE = "ALONGSIDE_BACKUP_PASSPHRASE"  # noqa: S105 - the name of a variable
LAST_BACKUP = "last_backup.json"


def add_commands(commands: Any) -> None:
    """Mount both commands."""
    for name, argument, about, run in (
        ("backup", "OUT", "write the whole place into one encrypted file", run_backup),
        ("restore", "FILE", "bring a backup back into an empty place, verified", run_restore),
    ):
        command = commands.add_parser(
            name,
            help=about,
            description=f"{about.capitalize()}. The pass phrase is asked for, or read from {PASS_PHRASE}.",
        )
        command.add_argument("file", type=Path, metavar=argument)
        command.add_argument("--json", action="store_true", help="say what was done as JSON")
        # Both work as the owner, and a restore finds no table yet.
        command.set_defaults(run=run, by_itself=True)


def run_backup(args: argparse.Namespace) -> int:
    """Take a backup and say what is in it."""
    phrase = pass_phrase(twice=True)
    with progress("Taking a backup") as tell:
        taken = backup(addresses(), uploads(), args.file, phrase, lambda step, done: tell(step, done, None))
    remember(taken.path)
    if args.json:
        say_json(asdict(taken))
        return 0
    say(
        f"{taken.path} holds the place: {taken.rows:,} rows in {taken.tables} tables and {taken.files} "
        f"uploads ({taken.size / 1e6:.1f} MB, encrypted). Keep it on another machine, and the pass phrase "
        "apart from it."
    )
    for name in taken.left_out:
        say(f"Left out, because it is not a plain file: {name}")
    return 0


def run_restore(args: argparse.Namespace) -> int:
    """Bring a backup back and say what was verified."""
    if not args.file.is_file():
        raise CannotGoOn(f"There is no backup at {args.file}.")
    phrase = pass_phrase(twice=False)
    with progress("Restoring") as tell:
        restored = restore(
            args.file, addresses(), uploads(), phrase, lambda step, done: tell(step, done, None)
        )
    if args.json:
        say_json(asdict(restored))
    else:
        say(str(restored))
    return 0


def uploads() -> Path:
    """Where this installation keeps photos, drawings and voice notes (as in settings)."""
    return data_folder() / "uploads"


def pass_phrase(*, twice: bool) -> str:
    """The pass phrase from the environment, else asked for (twice where a slip would cost a backup)."""
    given = os.environ.get(PASS_PHRASE)
    if given:
        return given
    if not sys.stdin.isatty():
        raise CannotGoOn(f"There is nobody to ask for the pass phrase: set {PASS_PHRASE}.")
    phrase = getpass.getpass("Pass phrase: ")
    if twice and getpass.getpass("The same again: ") != phrase:
        raise CannotGoOn("Those were two different pass phrases. Nothing was written.")
    return phrase


def remember(path: Path) -> None:
    """Note when the last backup was taken, for `alongside check`."""
    # No settings are read here, so the time is the machine's own.
    noted = {"at": dt.datetime.now(dt.UTC).isoformat(), "path": str(path.absolute())}
    write_private(data_folder() / LAST_BACKUP, json.dumps(noted) + "\n")
