"""What is known against the packages of the locks: `make audit`, and within `make check` where there is a network.

It asks osv.dev, the open database of known weaknesses, which knows Python's and Node's alike. What it is told is names
and versions of public packages, and nothing of any place. Without a network nothing is known: `make check` says so and
goes on, `make audit` fails.
"""

import datetime as dt
import json
import sys
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple
from urllib.error import URLError
from urllib.request import Request, urlopen

from tests.house.dependencies import Package, all_of_them

ADDRESS = "https://api.osv.dev/v1/querybatch"
WITHIN = 20  # seconds
Ask = Callable[[dict[str, Any]], dict[str, Any]]


class NobodyAnswers(Exception):  # noqa: N818 - reads as the sentence it carries
    """There is no answer, or none that can be understood."""


class Let(NamedTuple):
    """One that was looked at and is let be: until which day, and why it cannot hurt here."""

    until: str
    why: str


LOOKED_AT: dict[str, Let] = {}


def ask_osv(question: dict[str, Any]) -> dict[str, Any]:
    """The answer of osv.dev. Raises NobodyAnswers."""
    asked = Request(ADDRESS, json.dumps(question).encode(), {"Content-Type": "application/json"})
    try:
        with urlopen(asked, timeout=WITHIN) as answer:  # noqa: S310 - an address of our own choosing
            said: dict[str, Any] = json.load(answer)
    except (URLError, OSError, ValueError) as error:
        raise NobodyAnswers(f"osv.dev cannot be asked from here ({error})") from error
    return said


def known_against(packages: Sequence[Package], ask: Ask) -> dict[Package, list[str]]:
    """The ids of what is known against each package; those with nothing are left out. Raises NobodyAnswers."""
    queries = [
        {"package": {"name": one.name, "ecosystem": one.ecosystem}, "version": one.version}
        for one in packages
    ]
    results = ask({"queries": queries}).get("results")
    if not isinstance(results, list) or len(results) != len(packages):
        raise NobodyAnswers("osv.dev did not answer for each package")
    told = zip(packages, results, strict=True)
    return {one: [known["id"] for known in its["vulns"]] for one, its in told if its.get("vulns")}


def still_to_answer(found: dict[Package, list[str]]) -> dict[Package, list[str]]:
    """Those nobody has looked at, or whose day is over."""
    today = dt.datetime.now(tz=dt.UTC).date().isoformat()
    let_be = {known for known, let in LOOKED_AT.items() if let.until >= today}
    left = {one: [known for known in ids if known not in let_be] for one, ids in found.items()}
    return {one: ids for one, ids in left.items() if ids}


def say(sentence: str) -> None:
    """To whoever runs it."""
    sys.stdout.write(f"{sentence}\n")


def main(arguments: Sequence[str], ask: Ask = ask_osv) -> int:
    """Say what is known; 1 where something is, and 1 where nobody answers unless that was allowed for."""
    packages = all_of_them()
    try:
        found = still_to_answer(known_against(packages, ask))
    except NobodyAnswers as why:
        say(
            f"What is known against our packages was NOT looked up: {why}. `make audit` does, with a network."
        )
        return 0 if "--when-reachable" in arguments else 1
    for one, ids in found.items():
        where = "in the running house" if one.runs else "where it is built"
        say(f"{one.name} {one.version} ({one.ecosystem}, {where}): {', '.join(ids)}")
    if not found:
        say(f"Nothing is known against our {len(packages)} packages.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
