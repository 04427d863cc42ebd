"""`python -m bench [people|walks|daily] [--sizes N,N] [--seconds S] [--statements]`: measure, and print it."""

import argparse
import os
from pathlib import Path

os.environ.setdefault("ALONGSIDE_DATA", str(Path(__file__).parents[1] / ".cache" / "bench-data"))


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "program", nargs="?", choices=["people", "walks", "daily"], help="one of them; all without"
    )
    parser.add_argument("--sizes", default="1000,100000", help="people in the place, two sizes")
    parser.add_argument(
        "--seconds",
        type=float,
        default=8.0,
        help="how long each page is asked for (half of it in `walks` and `daily`)",
    )
    parser.add_argument(
        "--statements", action="store_true", help="also print what each page asks the database"
    )
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    args = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    from bench import daily, people, walks

    sizes = [int(size) for size in args.sizes.split(",")]
    if args.program in (None, "people"):
        people.run(sizes, args.seconds, _written(args, "people"), statements=args.statements)
    if args.program in (None, "walks"):
        walks.run(sizes, args.seconds / 2, _written(args, "walks"), statements=args.statements)
    if args.program in (None, "daily"):
        daily.run(args.seconds / 2, _written(args, "daily"), statements=args.statements)


def _written(args: argparse.Namespace, program: str) -> Path | None:
    """The file the figures of one program go to: the one that was named, or one beside it for each program."""
    if args.json is None or args.program:
        return args.json
    return args.json.with_stem(f"{args.json.stem}-{program}")


if __name__ == "__main__":
    main()
