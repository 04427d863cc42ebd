"""`python -m bench [people|daily] [--sizes N,N] [--seconds S] [--statements]`: run the measurements and print them."""

import argparse
import os
from pathlib import Path

os.environ.setdefault("ALONGSIDE_DATA", str(Path(__file__).parents[1] / ".cache" / "bench-data"))


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("program", nargs="?", choices=["people", "daily"], help="one of them; all without")
    parser.add_argument("--sizes", default="1000,100000", help="people in the place, two sizes")
    parser.add_argument("--seconds", type=float, default=8.0, help="how long each page is asked for")
    parser.add_argument(
        "--statements", action="store_true", help="also print what each page asks the database"
    )
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    args = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    from bench import daily, people

    if args.program != "daily":
        sizes = [int(size) for size in args.sizes.split(",")]
        people.run(sizes, args.seconds, args.json, statements=args.statements)
    if args.program != "people":
        out = args.json if args.program else args.json and args.json.with_stem(f"{args.json.stem}-daily")
        daily.run(args.seconds / 2, out, statements=args.statements)


if __name__ == "__main__":
    main()
