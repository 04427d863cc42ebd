"""`python -m alongside.config.cli` is `alongside`."""

import sys

from alongside.config.cli import main

if __name__ == "__main__":
    sys.exit(main())
