"""Secrets of this installation: from the environment, else from one 0600 file in the data folder."""

import json
import os
import secrets as random_source
import stat
from collections.abc import Callable
from pathlib import Path

from alongside.kernel.folders import data_folder, locked, write_private

FILE_NAME = "secrets.json"


class SecretsUnsafe(RuntimeError):  # noqa: N818 - reads as the sentence it carries
    """The file of secrets cannot be used as it is; the message says what to do."""


def make_secret() -> str:
    """A new random secret: 43 letters, digits, dashes and underscores (256 bits)."""
    return random_source.token_urlsafe(32)


def secret(name: str, make: Callable[[], str] = make_secret, folder: Path | None = None) -> str:
    """The secret of that name, made and kept the first time it is asked for.

    `ALONGSIDE_<NAME>` in the environment comes first and is never written down. Otherwise it is read from
    `secrets.json` in `folder` (the data folder unless given). Safe for several processes at once: all get
    the same secret. Raises SecretsUnsafe when others could read the file, or it is not what it should be.
    """
    from_environment = os.environ.get(f"ALONGSIDE_{name.upper()}")
    if from_environment:
        return from_environment
    folder = folder or data_folder()
    path = folder / FILE_NAME
    known = _read(path)
    if name in known:
        return known[name]
    with locked(folder / ".secrets.lock"):
        known = _read(path)
        if name not in known:
            known[name] = make()
            write_private(path, json.dumps(known, indent=2, sort_keys=True) + "\n")
    return known[name]


def _read(path: Path) -> dict[str, str]:
    """What the file holds; nothing when there is no file yet."""
    try:
        _check_private(path)
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except PermissionError as error:
        raise SecretsUnsafe(
            f"The secrets in {path} belong to another user of this machine. Run Alongside as that user, or "
            "point ALONGSIDE_DATA at a folder of your own."
        ) from error
    return _parsed(text, path)


def _check_private(path: Path) -> None:
    found = path.stat()
    if stat.S_IMODE(found.st_mode) & 0o077:
        raise SecretsUnsafe(
            f"Others on this machine can read the secrets in {path}. Close it with: chmod 600 {path}"
        )


def _parsed(text: str, path: Path) -> dict[str, str]:
    try:
        known = json.loads(text)
    except ValueError as error:
        raise SecretsUnsafe(
            f"The secrets in {path} cannot be understood: {error}. Put the file back from a copy; a new one "
            "would not open what the old secrets closed."
        ) from error
    if not isinstance(known, dict) or not all(isinstance(value, str) for value in known.values()):
        raise SecretsUnsafe(f"The secrets in {path} should be names with texts, and something else is there.")
    return known
