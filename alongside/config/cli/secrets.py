"""`alongside secrets renew`: a new secret in place of one that somebody may have seen."""

import argparse
from typing import Any

from alongside.config.cli.saying import say, say_json

# Those that may be made anew at any time, and what that ends. Keys of phones have a command of their own (`sealing`),
# since older ones are kept; passwords of our own database are known to nobody but this machine.
WHAT_ENDS = {
    "secret_key": "Everybody is signed out, and forms that stand open are too old, once the house is started anew.",
    "sign_in_links": "No link or code to sign in that was given out opens anything any more, printed ones too.",
    "come_back_words": "Nobody comes back to a hello with the four words that they were given before.",
    "second_factor_key": "Codes on phones are worth nothing once the house is started anew: everybody who needs one "
    "sets theirs up again, with somebody who helps them sign in.",
}


def add_commands(commands: Any) -> None:
    """Mount the command."""
    secrets = commands.add_parser("secrets", help="make a secret anew that somebody may have seen")
    verbs = secrets.add_subparsers(dest="verb", required=True, metavar="VERB")
    renew = verbs.add_parser(
        "renew",
        help="make one anew, and say what that ends",
        description=" ".join(f"{name}: {ends}" for name, ends in WHAT_ENDS.items()),
    )
    renew.add_argument("name", choices=WHAT_ENDS, help="which of them")
    renew.add_argument("--json", action="store_true", help="say it as JSON: renewed, and what ends")
    # They lie in the data folder: no database is needed.
    renew.set_defaults(run=run, by_itself=True)


def run(args: argparse.Namespace) -> int:
    """Make it anew. Raises SecretsUnsafe where the environment gives it: it is changed there."""
    from alongside.kernel.secrets import change_secret, make_secret

    change_secret(args.name, lambda _known: make_secret())
    if args.json:
        say_json({"renewed": args.name, "ends": WHAT_ENDS[args.name]})
    else:
        say(f"{args.name} is a new one. {WHAT_ENDS[args.name]}")
    return 0
