"""Secrets of this installation: from the environment, else from one 0600 file in the data folder."""

import json
import os
import secrets as random_source
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from alongside.kernel.folders import data_folder, locked, made, write_private

FILE_NAME = "secrets.json"
# Rows are sealed or digested with these, and so is what still waits on people's phones: they travel inside a
# backup, or what comes back is dead.
ROWS_NEED = ("second_factor_key", "sign_in_links", "come_back_words", "sealing_keys")
# Nothing that is kept needs these: the database's passwords are each server's own, and everything signed with
# `secret_key` (a session, a form, the ticket of the demo) is meant to end when a place is restored.
ROWS_DO_WITHOUT = (
    "secret_key",
    "postgres_admin_password",
    "postgres_owner_password",
    "postgres_app_password",
)


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
    from_environment = os.environ.get(variable(name))
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
            _write(known, path)
    return known[name]


def change_secret(
    name: str, change: Callable[[str], str], make: Callable[[], str] = make_secret, folder: Path | None = None
) -> str:
    """Keep `change(what is kept)` in place of a secret, made first where there is none, and give it back.

    Nobody else changes the file meanwhile. Raises SecretsUnsafe where the environment gives that secret.
    """
    if os.environ.get(variable(name)):
        raise SecretsUnsafe(f"{variable(name)} is given in the environment: change it there.")
    folder = folder or data_folder()
    path = folder / FILE_NAME
    with locked(folder / ".secrets.lock"):
        known = _read(path)
        known[name] = change(known.get(name) or make())
        _write(known, path)
    return known[name]


def variable(name: str) -> str:
    """The environment variable in which a secret can be given."""
    return f"ALONGSIDE_{name.upper()}"


def secrets_rows_need(folder: Path) -> dict[str, str]:
    """The secrets without which restored rows would be dead, as they hold here; those never used are left out."""
    known = _read(folder / FILE_NAME)
    found = {name: os.environ.get(variable(name)) or known.get(name) for name in ROWS_NEED}
    return {name: value for name, value in found.items() if value}


@contextmanager
def brought_back(wanted: Mapping[str, str], folder: Path) -> Iterator[None]:
    """Secrets in the file, over those of the same name, as long as nothing goes wrong inside; others stay.

    What the environment gives already is not written down. Raises SecretsUnsafe, having written nothing, where
    the environment gives another.
    """
    _check_environment(wanted)
    path = made(folder) / FILE_NAME
    with locked(folder / ".secrets.lock"):
        before = _read(path)
        mine = {name: value for name, value in wanted.items() if not os.environ.get(variable(name))}
        _write(before | mine, path)
    try:
        yield
    except BaseException:
        with locked(folder / ".secrets.lock"):
            _write(before, path)
        raise


def _check_environment(wanted: Mapping[str, str]) -> None:
    for name, value in wanted.items():
        if (os.environ.get(variable(name)) or value) != value:
            raise SecretsUnsafe(
                f"{variable(name)} in the environment is not the secret that these rows were kept with. Take it "
                "out of the environment, or set it to the one of the old place."
            )


def _write(known: dict[str, str], path: Path) -> None:
    if known:
        write_private(path, json.dumps(known, indent=2, sort_keys=True) + "\n")
    else:
        path.unlink(missing_ok=True)


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
