"""`python -m bench [people] [--sizes N,N] [--seconds S]`: run the measurements and print them."""

import argparse
import os
from pathlib import Path

os.environ.setdefault("ALONGSIDE_DATA", str(Path(__file__).parents[1] / ".cache" / "bench-data"))


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("program", nargs="?", choices=["people"], default="people")
    parser.add_argument("--sizes", default="1000,100000", help="people in the place, two sizes")
    parser.add_argument("--seconds", type=float, default=8.0, help="how long each page is asked for")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    args = parser.parse_args()
    from bench import people

    people.run([int(size) for size in args.sizes.split(",")], args.seconds, args.json)


if __name__ == "__main__":
    main()
