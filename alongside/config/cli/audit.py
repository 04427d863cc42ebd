"""`alongside audit`: seal the days that are over, find whatever was changed, and take the seals elsewhere."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from alongside.config.cli.saying import Tell, progress, say, say_json, trouble

FINE, FOUND, NOT_UNDERSTOOD = 0, 1, 2
MOST_SAID = 10_000  # findings that are said one by one; all are counted


def add_commands(commands: Any) -> None:
    """Mount the three commands."""
    audit = commands.add_parser("audit", help="seal the audit, verify it, take its seals elsewhere")
    verbs = audit.add_subparsers(dest="verb", required=True, metavar="VERB")
    verify = verbs.add_parser(
        "verify",
        help="find any change, gap or reordering",
        description="Read the whole audit anew and name every row, seal and day that is not as it was sealed. "
        "0: nothing was found; 1: something was.",
    )
    verify.add_argument(
        "--against", type=Path, metavar="FILE", help="an export, or a folder of them, to compare with"
    )
    verify.add_argument("--json", action="store_true", help="say it as JSON: sound, what was found, how far")
    verify.set_defaults(run=run_verify)
    export = verbs.add_parser("export", help="write the seals as JSON lines, to be kept elsewhere")
    export.add_argument(
        "--to",
        default="-",
        metavar="FOLDER",
        help="a file for each day in this folder; - (else): this stream",
    )
    export.add_argument(
        "--rows",
        action="store_true",
        help="each row too: its key, moment and digest, nothing of what it says",
    )
    export.add_argument("--json", action="store_true", help="say what was written to a folder as JSON")
    export.set_defaults(run=run_export)
    seal = verbs.add_parser("seal", help="seal every day that is over (the house does this every hour)")
    seal.add_argument("--json", action="store_true", help="say it as JSON: the days that were sealed")
    seal.set_defaults(run=run_seal)


def run_verify(args: argparse.Namespace) -> int:
    """Say what is not as it was: 1 where there is something, 2 where there is nothing to compare with."""
    from alongside.audit.exporting import NotAnExport
    from alongside.audit.verifying import Summary

    summary, named = Summary(), []
    try:
        with progress("Reading the audit") as tell:
            for found in _everything(args.against, summary, tell):
                summary.found += 1
                if args.json and summary.found <= MOST_SAID:
                    named.append(found.as_dict())
                elif not args.json:
                    say(found.sentence)
    except (NotAnExport, OSError) as error:
        trouble(str(error), as_json=args.json)
        return NOT_UNDERSTOOD
    if args.json:
        say_json(_told(summary, named))
    else:
        _say(summary, args.against)
    return FOUND if summary.found else FINE


def _everything(against: Path | None, summary: Any, tell: Tell) -> Iterator[Any]:
    from alongside.audit import exporting
    from alongside.audit.verifying import verify
    from alongside.kernel.acting import working_on

    files = exporting.files_in(against) if against else []
    with working_on("audit.verify"):
        yield from verify(summary, tell)
        yield from exporting.against(exporting.read(files))


def _told(summary: Any, named: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "sound": not summary.found, "found": named, "how_many": summary.found, "days": summary.days,
        "events": summary.events, "looks": summary.looks, "first": summary.first, "last": summary.last,
        "link": summary.link, "not_sealed": summary.not_sealed, "not_sealed_rows": summary.not_sealed_rows,
    }  # fmt: skip


def _say(summary: Any, against: Path | None) -> None:
    if not summary.days:
        say("No day is sealed yet.")
    else:
        say(
            f"{summary.days:,} days from {summary.first} to {summary.last} were read: {summary.events:,} events, "
            f"{summary.looks:,} looks. The last seal is {summary.link}."
        )
    if against and summary.days:
        say(f"They were compared with {against}.")
    if summary.not_sealed:
        days = ", ".join(map(str, summary.not_sealed[-3:]))
        more = "" if len(summary.not_sealed) <= 3 else f" and {len(summary.not_sealed) - 3} days before"
        say(f"Not sealed yet: {days}{more} ({summary.not_sealed_rows:,} rows).")
    if summary.waiting:
        say(
            "Some of these days are over: the house seals them within the hour, or `alongside audit seal` now."
        )
    if summary.found == 1:
        say("One thing is not as it was sealed; the line above says what.")
    elif summary.found:
        say(f"{summary.found:,} things are not as they were sealed; each line above says what.")
    elif summary.days:
        say("Everything is as it was sealed.")


def run_export(args: argparse.Namespace) -> int:
    """Write the seals to a folder, or to standard output."""
    from alongside.audit import exporting
    from alongside.kernel.acting import working_on

    with working_on("audit.verify"):
        if args.to == "-":
            for line in exporting.lines(exporting.seals(), rows=args.rows):
                say(line)
            return FINE
        folder = Path(args.to)
        folder.mkdir(parents=True, exist_ok=True)
        written = there = 0
        try:
            for seal in exporting.seals():
                new = exporting.write_into(folder, seal, rows=args.rows)
                written, there = written + new, there + (not new)
        except (exporting.OtherSeal, exporting.NotAnExport) as error:
            trouble(str(error), as_json=args.json)
            return FOUND
    if args.json:
        say_json({"folder": str(folder), "written": written, "there_already": there})
    else:
        say(f"{folder} holds the seals: {written:,} days were written, {there:,} were there already.")
    return FINE


def run_seal(args: argparse.Namespace) -> int:
    """Seal what is over: a human asked, so it may be as many days as there are."""
    from alongside.audit.operations import seal_what_is_over

    with progress("Sealing") as tell:
        days = seal_what_is_over(by_a_human=True, tell=lambda done, of: tell("Sealing", done, of))
    if args.json:
        say_json({"sealed": days})
    elif days:
        say(f"Sealed: {len(days):,} days, up to {days[-1]}.")
    else:
        say("Every day that is over was sealed already.")
    return FINE
