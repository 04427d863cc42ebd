"""`alongside language`: the words of the house in other languages."""

import argparse
from typing import Any

from alongside.config.cli.house import CannotGoOn
from alongside.config.cli.saying import note, say
from alongside.kernel.language import catalogues


def add_commands(commands: Any) -> None:
    """Mount the commands."""
    language = commands.add_parser("language", help="the words of the house in other languages")
    verbs = language.add_subparsers(dest="verb", required=True, metavar="VERB")
    _verb(verbs, "update", "bring every catalogue up to date with what the house says", update)
    _verb(verbs, "compile", "make catalogues ready for use", compile_words)
    read = _verb(
        verbs, "read", "a person has read what a machine drafted: it is not marked any more", read_by_us
    )
    read.add_argument("language", metavar="LANGUAGE", help="its code: cy")
    read.add_argument(
        "words", nargs="?", default=None, help="only what holds these words, in either language"
    )


def _verb(verbs: Any, name: str, help_words: str, run: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(name, help=help_words)
    parser.set_defaults(run=run, by_itself=True)
    return parser


def update(args: argparse.Namespace) -> int:
    """Take every string out of the code, and say how many lack a translation."""
    for language, missing in catalogues.bring_all_up_to_date().items():
        drafted = catalogues.unread(language)
        say(f"{language}: {len(missing)} not translated, {drafted} drafted by a machine and not read yet.")
    catalogues.compile_newer()
    return 0


def compile_words(args: argparse.Namespace) -> int:
    """Compile each catalogue that changed."""
    for language in catalogues.compile_newer():
        note(f"The words of {language} are ready.")
    return 0


def read_by_us(args: argparse.Namespace) -> int:
    """Take the mark off what a person has read. Raises CannotGoOn where there is no such language or sentence."""
    if args.language not in catalogues.languages():
        raise CannotGoOn(
            f"There is no catalogue for {args.language}, only for: {', '.join(catalogues.languages())}."
        )
    marked = catalogues.mark_read(args.language, args.words)
    if not marked:
        raise CannotGoOn("Nothing that a machine drafted and nobody has read holds these words.")
    catalogues.compile_newer()
    for sentence in marked:
        say(sentence)
    note(f"{len(marked)} read. {catalogues.unread(args.language)} to go.")
    return 0
