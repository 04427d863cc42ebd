"""`alongside sealing`: the keys that open what phones sealed where there was no signal."""

import argparse
from typing import Any

from alongside.config.cli.saying import say, say_json

WHAT_BECOMES = (
    "Phones seal with the newest key from their next page with a signal on. What they sealed before opens as it "
    "did: older keys are kept, and nothing that waits on a phone is lost."
)


def add_commands(commands: Any) -> None:
    """Mount both commands."""
    sealing = commands.add_parser("sealing", help="the keys that open what phones sealed without a signal")
    verbs = sealing.add_subparsers(dest="verb", required=True, metavar="VERB")
    for verb, about, run in (
        ("renew", "make a new key to seal with; older ones are kept, for what phones still hold", run_renew),
        ("show", "which keys are held, the newest first, and which were lost", run_show),
    ):
        command = verbs.add_parser(
            verb, help=about, description=f"{about[0].upper()}{about[1:]}. {WHAT_BECOMES}"
        )
        command.add_argument("--json", action="store_true", help="say it as JSON: newest, held, lost")
        # Keys lie in the data folder: no database is needed, and a house that is open goes on.
        command.set_defaults(run=run, by_itself=True)


def run_renew(args: argparse.Namespace) -> int:
    """Make a new key and say what becomes of what is out there."""
    from alongside.kernel import sealing

    made = sealing.renew()
    if args.json:
        return _as_json()
    say(f"Phones seal with a new key now: {made.id}. {WHAT_BECOMES}")
    say("Take a backup: it carries the keys, and an older one does not have this one.")
    return 0


def run_show(args: argparse.Namespace) -> int:
    """Say which keys are held: 1 where some were lost."""
    from alongside.kernel import sealing

    if args.json:
        return _as_json()
    newest, *older = sealing.held()
    say(f"{newest}  phones seal with this one")
    for each in older:
        say(f"{each}  kept, for what was sealed before")
    for each in sealing.lost():
        say(f"{each}  LOST: what still waits on a phone for it cannot be opened. Put it back from a backup.")
    return 1 if sealing.lost() else 0


def _as_json() -> int:
    from alongside.kernel import sealing

    held, lost = sealing.held(), sealing.lost()
    say_json({"newest": held[0], "held": held, "lost": lost})
    return 1 if lost else 0
