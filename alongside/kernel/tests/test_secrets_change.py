"""Secrets that change and secrets that come back with a backup: all of it, or as it was before."""

import json
import stat

import pytest

from alongside.kernel.secrets import (
    ROWS_DO_WITHOUT,
    ROWS_NEED,
    SecretsUnsafe,
    brought_back,
    change_secret,
    secret,
    secrets_rows_need,
    variable,
)


def kept(folder):
    path = folder / "secrets.json"
    return json.loads(path.read_text()) if path.exists() else {}


@pytest.fixture(autouse=True)
def no_secret_from_outside(monkeypatch):
    for name in (*ROWS_NEED, *ROWS_DO_WITHOUT, "pin"):
        monkeypatch.delenv(variable(name), raising=False)


def test_a_secret_is_changed_from_what_it_was(tmp_path):
    secret("pin", make=lambda: "one", folder=tmp_path)
    assert change_secret("pin", lambda old: f"{old} two", folder=tmp_path) == "one two"
    assert secret("pin", folder=tmp_path) == "one two"


def test_a_secret_that_is_not_there_yet_is_made_before_it_is_changed(tmp_path):
    assert change_secret("pin", lambda old: f"{old}!", make=lambda: "new", folder=tmp_path) == "new!"


def test_a_change_leaves_every_other_secret_as_it_was(tmp_path):
    other = secret("second_factor_key", folder=tmp_path)
    change_secret("pin", lambda old: "changed", folder=tmp_path)
    assert secret("second_factor_key", folder=tmp_path) == other


def test_a_change_that_falls_over_changes_nothing(tmp_path):
    secret("pin", make=lambda: "one", folder=tmp_path)
    with pytest.raises(ZeroDivisionError):
        change_secret("pin", lambda old: str(1 / 0), folder=tmp_path)
    assert kept(tmp_path) == {"pin": "one"}
    assert change_secret("pin", lambda old: "two", folder=tmp_path) == "two", "and holds nobody up afterwards"


def test_a_changed_file_is_as_closed_as_before(tmp_path):
    change_secret("pin", lambda old: "x", folder=tmp_path)
    assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600


def test_what_the_environment_gives_is_changed_there_and_not_here(tmp_path, monkeypatch):
    monkeypatch.setenv(variable("pin"), "outside")
    with pytest.raises(SecretsUnsafe, match="ALONGSIDE_PIN is given in the environment"):
        change_secret("pin", lambda old: "x", folder=tmp_path)
    assert kept(tmp_path) == {}


def test_secrets_come_back_over_those_of_the_same_name_and_others_stay(tmp_path):
    secret("second_factor_key", make=lambda: "new place", folder=tmp_path)
    secret("secret_key", make=lambda: "mine", folder=tmp_path)
    with brought_back({"second_factor_key": "old place"}, tmp_path):
        pass
    assert kept(tmp_path) == {"second_factor_key": "old place", "secret_key": "mine"}


@pytest.mark.parametrize("before", [{}, {"second_factor_key": "new place"}])
def test_where_bringing_back_falls_over_the_secrets_are_as_they_were(tmp_path, before):
    for name, value in before.items():
        secret(name, make=lambda value=value: value, folder=tmp_path)
    meanwhile = []

    def falls_over():
        with brought_back({"second_factor_key": "old place"}, tmp_path):
            meanwhile.append(kept(tmp_path)["second_factor_key"])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        falls_over()
    assert meanwhile == ["old place"]
    assert kept(tmp_path) == before


def test_what_the_environment_gives_alike_is_not_written_down(tmp_path, monkeypatch):
    monkeypatch.setenv(variable("sign_in_links"), "the same")
    with brought_back({"sign_in_links": "the same", "come_back_words": "w"}, tmp_path):
        pass
    assert kept(tmp_path) == {"come_back_words": "w"}


def test_another_secret_in_the_environment_stops_it_before_anything_is_written(tmp_path, monkeypatch):
    monkeypatch.setenv(variable("sign_in_links"), "this place's")
    with (
        pytest.raises(SecretsUnsafe, match="ALONGSIDE_SIGN_IN_LINKS") as no,
        brought_back({"sign_in_links": "sealed-9f", "come_back_words": "w"}, tmp_path),
    ):
        pytest.fail("nothing may go on")
    assert "sealed-9f" not in str(no.value), "no secret stands in a sentence"
    assert "this place's" not in str(no.value)
    assert kept(tmp_path) == {}


def test_a_backup_takes_only_what_rows_need_and_only_what_was_ever_used(tmp_path, monkeypatch):
    secret("come_back_words", make=lambda: "w", folder=tmp_path)
    for name in ROWS_DO_WITHOUT:
        secret(name, folder=tmp_path)
    monkeypatch.setenv(variable("second_factor_key"), "from outside")
    assert secrets_rows_need(tmp_path) == {"come_back_words": "w", "second_factor_key": "from outside"}


def test_no_secret_is_both_needed_and_left_behind():
    assert set(ROWS_NEED) & set(ROWS_DO_WITHOUT) == set()
