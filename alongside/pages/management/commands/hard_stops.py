"""`python -m django hard_stops`: the list for the shelf, to standard output."""

from typing import Any

from django.core.management.base import BaseCommand

from alongside.pages.stops import as_markdown


class Command(BaseCommand):
    """Print what belongs into docs/reference/hard-stops.md."""

    help = "Print the generated list of everything the software refuses."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say it."""
        self.stdout.write(as_markdown(), ending="")
