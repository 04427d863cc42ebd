"""`alongside check`: is this installation sound, and what is missing, in sentences."""

import argparse
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from alongside.config.cli.checks import Finding, audit, database, locks, machine, paper, people, wrong
from alongside.config.cli.house import read_settings
from alongside.config.cli.saying import progress, say, say_json
from alongside.kernel.postgres import NotReady

Question = Callable[[], Iterable[Finding]]

# Those that need no database, those that need one, and those that need its tables.
OF_THE_MACHINE: tuple[Question, ...] = (machine.secrets, machine.sealing_keys, machine.static_files)
OF_THE_DATABASE: tuple[Question, ...] = (database.version, database.role, database.migrations)
OF_THE_PLACE: tuple[Question, ...] = (
    locks.locks,
    people.place,
    people.steward,
    people.on_the_door,
    people.worker,
    paper.letters,
    machine.mail,
    machine.numbers,
    machine.backups,
    audit.audit,
)


def add_commands(commands: Any) -> None:
    """Mount the command."""
    check = commands.add_parser("check", help="is this installation sound, and what is missing?")
    check.add_argument("--json", action="store_true", help="say it as JSON: sound, and what was found")
    check.set_defaults(run=run, by_itself=True)


def run(args: argparse.Namespace) -> int:
    """Say what was found: 0 when all is well."""
    with progress("Looking around"):
        found = list(findings())
    sound = all(finding.ok for finding in found)
    if args.json:
        say_json({"sound": sound, "says": [finding._asdict() for finding in found]})
    else:
        for finding in found:
            say(f"{'well ' if finding.ok else 'WRONG'}  {finding.what:<10}  {finding.sentence}")
        say(
            "This installation is sound."
            if sound
            else "Something needs putting right; each line above says what."
        )
    return 0 if sound else 1


def findings() -> Iterator[Finding]:
    """Everything that was looked at; where something is wrong, what stands on it is left out."""
    for finding in ask(OF_THE_MACHINE):
        yield finding
        if finding.what == "secrets" and not finding.ok:
            return
    try:
        read_settings()
    except NotReady as error:
        yield wrong("database", str(error))
        return
    under = list(ask(OF_THE_DATABASE))
    yield from under
    if all(finding.ok for finding in under):
        yield from ask(OF_THE_PLACE)


def ask(questions: Iterable[Question]) -> Iterator[Finding]:
    """Every answer to every question."""
    for question in questions:
        yield from question()
