"""`alongside sealing`: a new key for phones, and nothing that waits on one is lost."""

import json
from pathlib import Path

import pytest

from alongside.config import cli
from alongside.kernel import sealing
from alongside.kernel.secrets import FILE_NAME

CONTEXT = ["moment", "an account", "an id"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of its own."""
    monkeypatch.setenv("ALONGSIDE_DATA", str(tmp_path))
    monkeypatch.delenv("ALONGSIDE_SEALING_KEYS", raising=False)
    return tmp_path


@pytest.mark.parametrize("verb", ["renew", "show"])
def test_each_says_what_becomes_of_what_phones_hold(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["sealing", verb, "--help"])
    assert ended.value.code == 0
    assert "older keys are kept" in " ".join(capsys.readouterr().out.split())


def test_a_renewed_key_is_sealed_with_and_the_old_one_still_opens(capsys: pytest.CaptureFixture[str]) -> None:
    before = sealing.public_key()
    waiting = sealing.seal(b"on the stairs", CONTEXT)
    assert cli.main(["sealing", "renew"]) == 0
    assert sealing.public_key().id in capsys.readouterr().out
    assert sealing.public_key() != before
    assert sealing.unseal(waiting, CONTEXT) == b"on the stairs"


def test_it_is_said_to_programs_too(capsys: pytest.CaptureFixture[str]) -> None:
    first = sealing.public_key().id
    assert cli.main(["sealing", "renew", "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made == {"newest": made["held"][0], "held": [made["newest"], first], "lost": []}
    assert cli.main(["sealing", "show", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == made


def test_a_key_that_was_lost_is_named_and_the_command_fails(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = sealing.public_key().id
    (folder / FILE_NAME).unlink()
    assert cli.main(["sealing", "show"]) == 1
    assert f"{gone}  LOST" in capsys.readouterr().out
    assert cli.main(["sealing", "show", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["lost"] == [gone]


def test_keys_given_in_the_environment_are_changed_there(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ALONGSIDE_SEALING_KEYS", sealing.new_key())
    assert cli.main(["sealing", "renew"]) == 1
    assert "change it there" in capsys.readouterr().err


def test_keys_that_cannot_be_understood_are_a_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ALONGSIDE_SEALING_KEYS", "no-key")
    assert cli.main(["sealing", "show"]) == 1
    assert "Put them back from a backup" in capsys.readouterr().err
