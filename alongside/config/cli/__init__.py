"""The `alongside` command: each room mounts its own sub-commands here.

A sub-command is a parser with `set_defaults(run=function)`; `run(args)` gives the exit code: 0 done,
1 something is wrong (said in a sentence), 2 the command was not understood. Unless it also sets
`by_itself=True`, the house is made ready for it first: settings read, database answering and up to date,
ordinary role checked.
"""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from alongside.config.cli.house import database_as_found, known_trouble, make_ready
from alongside.config.cli.saying import trouble
from alongside.config.cli.troubles import in_a_sentence, of_the_machine

DONE, WRONG = 0, 1

# module:function, in the order of `alongside --help`. They are imported before there are settings, so models
# are imported inside functions there.
COMMANDS = (
    "alongside.config.cli.demo:add_commands",
    "alongside.config.cli.serve:add_commands",
    "alongside.config.cli.migrate:add_commands",
    "alongside.config.cli.check:add_commands",
    "alongside.config.cli.users:add_commands",
    "alongside.accounts.place.cli:add_place_commands",
    "alongside.config.cli.backups:add_commands",
    "alongside.config.cli.rehearse:add_commands",
    "alongside.config.cli.sealing:add_commands",
    "alongside.config.cli.secrets:add_commands",
    "alongside.config.cli.audit:add_commands",
    "alongside.config.cli.worker:add_commands",
    "alongside.config.cli.language:add_commands",
)


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    whole = argparse.ArgumentParser(prog="alongside", description="Alongside, from the command line.")
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for named in COMMANDS:
        module, function = named.split(":")
        getattr(import_module(module), function)(commands)
    return whole


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code; known trouble is a sentence and never a traceback."""
    args = parser().parse_args(argv)
    try:
        with database_as_found():
            if not getattr(args, "by_itself", False):
                make_ready()
            return int(args.run(args))
    except known_trouble() as error:
        trouble(in_a_sentence(error), as_json=getattr(args, "json", False))
        return WRONG
    except OSError as error:
        if not of_the_machine(error):
            raise
        trouble(in_a_sentence(error), as_json=getattr(args, "json", False))
        return WRONG
    except KeyboardInterrupt:
        trouble("Stopped.")
        return WRONG


if __name__ == "__main__":
    sys.exit(main())
