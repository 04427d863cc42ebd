"""`alongside user add`: somebody who may sign in. The first steward of a real place is made this way."""

from typing import Any


def add_commands(commands: Any) -> None:
    """Mount the command (its operations arrive with the rooms `accounts` and `people`)."""
