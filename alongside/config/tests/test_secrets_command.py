"""`alongside secrets renew`: a secret that somebody may have seen is worth nothing a moment later."""

import json

import pytest

from alongside.config import cli
from alongside.kernel.secrets import FILE_NAME, ROWS_DO_WITHOUT, ROWS_NEED, secret


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("ALONGSIDE_DATA", str(tmp_path))
    for name in (*ROWS_NEED, *ROWS_DO_WITHOUT):
        monkeypatch.delenv(f"ALONGSIDE_{name.upper()}", raising=False)
    return tmp_path


@pytest.mark.parametrize("name", ["secret_key", "sign_in_links", "come_back_words", "second_factor_key"])
def test_the_one_that_is_named_is_new_and_the_others_stay(name, capsys):
    before = {each: secret(each) for each in (*ROWS_NEED, *ROWS_DO_WITHOUT)}
    assert cli.main(["secrets", "renew", name]) == 0
    changed = {each for each, value in before.items() if secret(each) != value}
    assert changed == {name}
    said = capsys.readouterr().out
    assert said.startswith(f"{name} is a new one. ")
    assert secret(name) not in said


def test_a_program_is_told_what_ends(capsys):
    assert cli.main(["secrets", "renew", "sign_in_links", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["renewed"] == "sign_in_links"
    assert "printed ones too" in said["ends"]


@pytest.mark.parametrize("name", ["sealing_keys", "postgres_app_password", "everything"])
def test_what_cannot_simply_be_made_anew_is_not_understood(name, folder, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["secrets", "renew", name])
    assert ended.value.code == 2
    assert not (folder / FILE_NAME).exists()


def test_one_that_is_given_in_the_environment_is_changed_there(monkeypatch, capsys):
    monkeypatch.setenv("ALONGSIDE_SECRET_KEY", "given")
    assert cli.main(["secrets", "renew", "secret_key"]) == 1
    assert "change it there" in capsys.readouterr().err
