"""`alongside place load`: a real district from three files, told in sentences or as JSON."""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MOST_SHOWN = 40
FINE, WRONG_DATA = 0, 1


def add_place_commands(subparsers: Any) -> None:
    """Mount `place load` on the subparsers of a command line; `args.run(args)` gives the exit code."""
    place = subparsers.add_parser("place", help="the place and its neighbourhoods")
    verbs = place.add_subparsers(dest="verb", required=True)
    load = verbs.add_parser("load", help="load a real district from open data")
    load.add_argument(
        "--lsoa", type=Path, required=True, metavar="FILE.csv", help="neighbourhoods, one a row"
    )
    load.add_argument(
        "--boundaries", type=Path, required=True, metavar="FILE.geojson", help="their shapes, in WGS84"
    )
    load.add_argument("--wards", type=Path, required=True, metavar="FILE.geojson", help="the wards, in WGS84")
    load.add_argument("--district", default="", metavar="NAME", help="needed when the shapes are of several")
    load.add_argument("--keep-good", action="store_true", help="load the sound rows and leave the others out")
    load.add_argument("--instead", action="store_true", help="let this district take another's place")
    load.add_argument("--json", action="store_true", help="say everything as JSON")
    load.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Load, and say what was done. 0: loaded; 1: something is wrong with the data, nothing was written."""
    from alongside.accounts.place.reading import read_place

    with _progress(quiet=args.json) as step:
        step(_("Reading three files"))
        read = read_place(
            lsoa=args.lsoa, boundaries=args.boundaries, wards=args.wards, district=args.district
        )
        loaded, refused = None, ""
        if read.may_load(keep_good=args.keep_good):
            step(_("Writing neighbourhoods"))
            loaded, refused = _load(read, args.instead)
        step(_("Done"))
    outcome = _outcome(read, loaded, refused)
    print(json.dumps(outcome, ensure_ascii=False, indent=2) if args.json else _told(read, outcome, args))
    return FINE if loaded else WRONG_DATA


def _load(read: Any, instead: bool) -> tuple[Any, str]:
    from alongside.accounts.place.operations import OtherDistrict, load_place
    from alongside.kernel.acting import working_on

    try:
        with working_on("place.load"):
            return load_place(by=None, read=read, instead=instead), ""
    except OtherDistrict as other:
        return None, str(other)


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Any]:
    """A bar on standard error, for people only."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(
        console=Console(stderr=True), disable=quiet or not sys.stderr.isatty(), transient=True
    ) as bar:
        task = bar.add_task("", total=3)
        yield lambda says: bar.update(task, advance=1, description=says)


def _outcome(read: Any, loaded: Any, refused: str) -> dict[str, Any]:
    problems = [problem.as_json() for problem in read.problems]
    if refused:
        problems.append({"file": "", "row": None, "column": "", "says": refused, "weight": "file"})
    wards, ours = (loaded.wards, loaded.neighbourhoods) if loaded else (None, None)
    return {
        "place": loaded.place.name if loaded else None,
        "district": read.district or None,
        "loaded": {"wards": _written(wards), "neighbourhoods": _written(ours)},
        "unchanged": len(ours.unchanged) if ours else 0,
        "changed": ours.changed if ours else {},
        "laid_aside": ours.laid_aside if ours else [],
        "left_out": [each.as_json() for each in read.left_out],
        "problems": problems,
    }


def _written(changes: Any) -> int:
    """How many are in the place after the load, whether they were new or already there."""
    return len(changes.new) + len(changes.changed) + len(changes.unchanged) if changes else 0


def _told(read: Any, outcome: dict[str, Any], args: argparse.Namespace) -> str:
    lines = [*_told_problems(read, outcome), *(f"{each.file}: {each.sentence}" for each in read.left_out)]
    if not outcome["place"]:
        return "\n".join([*lines, _nothing_written(read, args)])
    new = outcome["loaded"]["neighbourhoods"] - outcome["unchanged"] - len(outcome["changed"])
    lines.append(f"{outcome['place']} ({outcome['district']}): {_how_many(outcome['loaded'])}.")
    lines.append(
        _("%(new)d new, %(changed)d changed, %(same)d as before, %(aside)d laid aside.")
        % {
            "new": new,
            "changed": len(outcome["changed"]),
            "same": outcome["unchanged"],
            "aside": len(outcome["laid_aside"]),
        }
    )
    lines += [f"{code}: {', '.join(names)}" for code, names in list(outcome["changed"].items())[:MOST_SHOWN]]
    return "\n".join(lines)


def _how_many(loaded: dict[str, int]) -> str:
    neighbourhoods = ngettext("%d neighbourhood", "%d neighbourhoods", loaded["neighbourhoods"])
    wards = ngettext("%d ward", "%d wards", loaded["wards"])
    return f"{neighbourhoods % loaded['neighbourhoods']}, {wards % loaded['wards']}"


def _told_problems(read: Any, outcome: dict[str, Any]) -> list[str]:
    lines = [str(problem) for problem in read.problems[:MOST_SHOWN]]
    more = len(read.problems) - MOST_SHOWN
    if more > 0:
        lines.append(_("And %(more)d more; --json says them all.") % {"more": more})
    return lines + [each["says"] for each in outcome["problems"][len(read.problems) :]]


def _nothing_written(read: Any, args: argparse.Namespace) -> str:
    if (
        not args.keep_good
        and read.may_load(keep_good=True)
        and any(problem.stops for problem in read.problems)
    ):
        return ngettext(
            "Nothing was written. --keep-good loads the one neighbourhood that is sound.",
            "Nothing was written. --keep-good loads the %(good)d neighbourhoods that are sound.",
            len(read.neighbourhoods),
        ) % {"good": len(read.neighbourhoods)}
    return _("Nothing was written.")
