"""`alongside demo`: the made-up place Tynebank, to look around in."""

import argparse
from importlib.util import find_spec
from typing import Any

from alongside.config import flags
from alongside.config.cli import serve
from alongside.config.cli.house import CannotGoOn, owner_alias, set_up
from alongside.config.cli.migrate import bring_up_to_date
from alongside.config.cli.saying import note, progress, say

MADE_UP = "tynebank"


def add_commands(commands: Any) -> None:
    """Mount the command."""
    demo = commands.add_parser("demo", help="look around the made-up place Tynebank")
    serve.add_address(demo)
    demo.add_argument("--no-serve", action="store_true", help="load Tynebank and stop there")
    demo.add_argument("--workers", type=int, default=1, help=argparse.SUPPRESS)
    demo.set_defaults(run=run, by_itself=True)


def run(args: argparse.Namespace) -> int:
    """Make Tynebank, or find it made already, and serve it."""
    # Before settings are read, and nowhere else: picking a face to sign in as exists only behind this.
    flags.switch_demo_on()
    serve.stop_in_good_order()
    set_up()
    bring_up_to_date()
    refuse_a_real_place()
    load()
    if args.no_serve:
        say("Tynebank is loaded. `alongside demo` serves it.")
        return 0
    serve.gather_static_files()
    serve.serve_pages(args.host, args.port, args.workers)
    return 0


def refuse_a_real_place() -> None:
    """Raise CannotGoOn where this installation holds people or a place that are not made up."""
    from alongside.accounts.models import Place
    from alongside.people.models import Person

    owner = owner_alias()
    place = Place.objects.using(owner).first()
    if place is not None and place.slug != MADE_UP:
        raise CannotGoOn(
            f"This installation holds {place.name}, a real place, and made-up people never go into one. "
            "Set ALONGSIDE_DATA to an empty folder for the demo."
        )
    if place is None and Person.objects.using(owner).exists():
        raise CannotGoOn(
            "This installation holds real people, and made-up ones never go among them. "
            "Set ALONGSIDE_DATA to an empty folder for the demo."
        )


def load() -> None:
    """Load Tynebank's people and stories; twice is harmless."""
    if find_spec("alongside.pages.demo") is None:
        note("Tynebank's people are not in this release yet; the house is empty.")
        return
    from alongside.pages import demo

    with progress("Loading Tynebank"):
        demo.load()
