"""Secrets: made once, kept closed, the same for everybody who asks."""

import json
import os
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest

from alongside.kernel.folders import data_folder, made, running_as_root
from alongside.kernel.secrets import SecretsUnsafe, make_secret, secret


def test_a_secret_is_made_once_and_stays_the_same(tmp_path: Path) -> None:
    first = secret("signing_key", folder=tmp_path)
    assert secret("signing_key", folder=tmp_path) == first
    assert secret("another", folder=tmp_path) != first
    assert len(first) >= 43


def test_the_file_of_secrets_is_closed_to_others(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        secret("signing_key", folder=tmp_path)
    finally:
        os.umask(old)
    assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600


def test_the_environment_comes_first_and_is_not_written_down(tmp_path: Path) -> None:
    with mock.patch.dict(os.environ, {"ALONGSIDE_SIGNING_KEY": "from outside"}):
        assert secret("signing_key", folder=tmp_path) == "from outside"
    assert list(tmp_path.iterdir()) == []


def test_a_secret_is_made_the_way_it_was_asked_for(tmp_path: Path) -> None:
    assert secret("pin", make=lambda: "1234", folder=tmp_path) == "1234"
    assert secret("pin", make=lambda: "9999", folder=tmp_path) == "1234"


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620])
def test_a_file_that_others_can_reach_is_refused_with_the_way_to_close_it(tmp_path: Path, mode: int) -> None:
    secret("signing_key", folder=tmp_path)
    (tmp_path / "secrets.json").chmod(mode)
    with pytest.raises(SecretsUnsafe, match=r"chmod 600 .*secrets\.json"):
        secret("signing_key", folder=tmp_path)


@pytest.mark.parametrize("content", ["", "{", "[1]", '{"a": 1}'])
def test_a_file_that_is_not_ours_is_refused_and_left_alone(tmp_path: Path, content: str) -> None:
    path = tmp_path / "secrets.json"
    path.write_text(content)
    path.chmod(0o600)
    with pytest.raises(SecretsUnsafe, match="The secrets in"):
        secret("signing_key", folder=tmp_path)
    assert path.read_text() == content


def test_many_at_once_get_the_same_secrets_and_none_is_lost(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; from alongside.kernel.secrets import secret;"
        "folder = pathlib.Path(sys.argv[1]);"
        "print([secret(f'name_{n}', folder=folder) for n in range(20)])"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    said = {process.communicate(timeout=60)[0] for process in started}
    assert len(said) == 1
    assert len(json.loads((tmp_path / "secrets.json").read_text())) == 20


def test_a_write_that_fails_leaves_the_old_secrets(tmp_path: Path) -> None:
    first = secret("signing_key", folder=tmp_path)
    with (
        mock.patch("os.fsync", side_effect=OSError("the disk is full")),
        pytest.raises(OSError, match="full"),
    ):
        secret("another", folder=tmp_path)
    assert secret("signing_key", folder=tmp_path) == first
    assert secret("another", folder=tmp_path)


def test_secrets_are_random() -> None:
    assert len({make_secret() for _ in range(100)}) == 100


def test_the_data_folder_is_where_the_environment_says_and_closed(tmp_path: Path) -> None:
    with mock.patch.dict(os.environ, {"ALONGSIDE_DATA": str(tmp_path / "deep" / "data")}):
        folder = data_folder()
    assert folder == tmp_path / "deep" / "data"
    # As root others may pass through (the database's user has to) and still cannot list it.
    assert folder.stat().st_mode & 0o777 == (0o711 if running_as_root() else 0o700)


def test_without_a_word_from_the_environment_the_data_is_in_the_checkout(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").touch()
    with (
        mock.patch.dict(os.environ, {"ALONGSIDE_DATA": ""}),
        mock.patch("alongside.kernel.folders.PACKAGE_PARENT", tmp_path),
    ):
        assert data_folder() == tmp_path / ".alongside"


def test_a_folder_that_is_there_keeps_the_mode_its_owner_gave_it(tmp_path: Path) -> None:
    tmp_path.chmod(0o750)
    assert made(tmp_path).stat().st_mode & 0o777 == 0o750
