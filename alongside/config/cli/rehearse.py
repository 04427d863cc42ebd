"""`alongside rehearse`: bring a backup back where nobody lives, look whether all of it is there, and let it go."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alongside.config.cli.backups import PASS_PHRASE, pass_phrase
from alongside.config.cli.house import CannotGoOn
from alongside.config.cli.saying import note, say, say_json
from alongside.config.cli.serve import stop_in_good_order
from alongside.kernel import postgres
from alongside.kernel.folders import data_folder
from alongside.kernel.postgres.cluster import cluster_in

# Each as a process of its own: this one may work on the real place's database already.
RESTORE, MIGRATE, VERIFY = ("restore", "--json"), ("migrate", "--json"), ("audit", "verify", "--json")


def add_commands(commands: Any) -> None:
    """Mount the command."""
    rehearse = commands.add_parser(
        "rehearse",
        help="bring a backup back into a folder that is thrown away, and verify it",
        description="Restore a backup into a new folder inside the data folder, with a database server of its own, "
        "bring it up to date, verify the audit, and throw all of it away. The place itself is not touched. "
        f"The pass phrase is asked for, or read from {PASS_PHRASE}.",
    )
    rehearse.add_argument("file", type=Path, metavar="FILE")
    rehearse.add_argument("--json", action="store_true", help="say what was found as JSON")
    rehearse.set_defaults(run=run, by_itself=True)


def run(args: argparse.Namespace) -> int:
    """Rehearse one backup: 0 where it came back whole and its audit is as it was sealed."""
    stop_in_good_order()  # asked to stop, it still throws away what it made
    if not args.file.is_file():
        raise CannotGoOn(f"There is no backup at {args.file}.")
    found = rehearse(args.file.absolute(), pass_phrase(twice=False))
    if args.json:
        say_json(found)
    else:
        _say(found, args.file)
    return 0 if found["audit"]["sound"] else 1


def rehearse(file: Path, phrase: str) -> dict[str, Any]:
    """What came back: `restored` and `audit` as their own commands say it, `migrations` that were waiting.

    Raises CannotGoOn with the sentence of the step that failed. The folder is gone in any case.
    """
    with _nowhere() as folder:
        restored = _step(folder, phrase, *RESTORE, str(file))
        migrated = _step(folder, phrase, *MIGRATE)
        audit = _step(folder, phrase, *VERIFY, may_find=True)
    return {"restored": restored, "migrations": migrated["migrations"], "audit": audit}


@contextmanager
def _nowhere() -> Iterator[Path]:
    """A folder for a place that nobody lives in; its server is stopped and all of it removed."""
    folder = Path(tempfile.mkdtemp(prefix="rehearsal-", dir=data_folder()))
    # As root the database runs as another user, who has to pass through.
    folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
    try:
        yield folder
    finally:
        postgres.stop(folder)
        # Where the database's user cannot enter, its files lie elsewhere.
        for each in {folder, cluster_in(folder).files.parent}:
            shutil.rmtree(each, ignore_errors=not each.exists())


def _step(folder: Path, phrase: str, *argv: str, may_find: bool = False) -> dict[str, Any]:
    kept = {name: value for name, value in os.environ.items() if name not in LEFT_BEHIND}
    note(f"alongside {' '.join(argv[:2])} …")
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "alongside.config.cli", *argv],
        env=kept | {"ALONGSIDE_DATA": str(folder), PASS_PHRASE: phrase},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode and not (may_find and done.returncode == 1):
        raise CannotGoOn(f"The rehearsal ended at `alongside {argv[0]}`: {done.stderr.strip()}")
    return dict(json.loads(done.stdout))


# The real place's database, and secrets of the environment that a restored file brings itself.
LEFT_BEHIND = {
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "ALONGSIDE_SERVED_BY",
    "ALONGSIDE_AUDIT_FOLDER",
    "ALONGSIDE_AUDIT_STEWARDS",
}


def _say(found: dict[str, Any], file: Path) -> None:
    restored, audit = found["restored"], found["audit"]
    say(
        f"{file} came back whole: {restored['rows']:,} rows in {restored['tables']} tables, and every upload."
    )
    if found["migrations"]:
        say(f"It was brought up to date: {len(found['migrations'])} steps.")
    if audit["sound"]:
        say(f"Its audit is as it was sealed: {audit['days']:,} days, {audit['events']:,} events.")
    else:
        say(f"Its audit is NOT as it was sealed: {audit['how_many']:,} things were found.")
        for each in audit["found"]:
            say(str(each.get("sentence", each)))
    say("The rehearsal was thrown away; the place itself was not touched.")
