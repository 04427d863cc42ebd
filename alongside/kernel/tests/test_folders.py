"""The installation's folders and files: whose they are, one at a time, and whole or not there."""

import os
import threading
import time

import pytest

from alongside.kernel import folders
from alongside.kernel.folders import data_folder, locked, made, running_as_root, write_private


def mode(path):
    return path.stat().st_mode & 0o777


def test_a_folder_is_made_with_its_parents_and_for_nobody_else(tmp_path):
    found = made(tmp_path / "a" / "b")
    assert found.is_dir()
    assert mode(found) == (0o711 if running_as_root() else 0o700)


@pytest.mark.parametrize(("root", "as_made"), [(True, 0o711), (False, 0o700)])
def test_as_root_others_pass_through_and_cannot_look_around(tmp_path, monkeypatch, root, as_made):
    monkeypatch.setattr(folders, "running_as_root", lambda: root)
    assert mode(made(tmp_path / "data")) == as_made


def test_a_folder_is_private_whatever_the_machines_habit(tmp_path):
    before = os.umask(0)
    try:
        assert mode(made(tmp_path / "data")) & 0o066 == 0
        write_private(tmp_path / "data" / "x", "words")
        assert mode(tmp_path / "data" / "x") == 0o600
    finally:
        os.umask(before)


def test_a_name_with_a_tilde_is_in_the_home_of_whoever_types(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("ALONGSIDE_DATA", "~/place")
    assert data_folder() == tmp_path / "place"


def test_a_folder_named_from_where_one_stands_is_kept_whole(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ALONGSIDE_DATA", "place")
    assert data_folder() == tmp_path / "place"
    assert data_folder().is_absolute()


def test_outside_a_checkout_the_data_lies_where_the_command_was_given(tmp_path, monkeypatch):
    monkeypatch.delenv("ALONGSIDE_DATA")
    monkeypatch.setattr(folders, "PACKAGE_PARENT", tmp_path / "site-packages")
    monkeypatch.chdir(tmp_path)
    assert data_folder() == tmp_path / ".alongside"


def test_a_private_file_is_closed_also_where_an_open_one_was(tmp_path):
    path = tmp_path / "secrets.json"
    path.write_text("old")
    path.chmod(0o644)
    write_private(path, "new")
    assert (path.read_text(), mode(path)) == ("new", 0o600)


def test_what_a_killed_writer_left_behind_is_no_trouble(tmp_path):
    (tmp_path / ".secrets.json.part").write_text("half")
    write_private(tmp_path / "secrets.json", "whole")
    assert [path.name for path in tmp_path.iterdir()] == ["secrets.json"]


def test_a_link_that_somebody_planted_is_replaced_and_not_followed(tmp_path):
    theirs = tmp_path / "theirs"
    theirs.write_text("untouched")
    for name in ("secrets.json", ".secrets.json.part"):
        (tmp_path / name).symlink_to(theirs)
    write_private(tmp_path / "secrets.json", "ours")
    assert theirs.read_text() == "untouched"
    assert not (tmp_path / "secrets.json").is_symlink()


def test_a_disk_that_is_full_leaves_the_old_words(tmp_path, monkeypatch):
    path = tmp_path / "secrets.json"
    write_private(path, "old")

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_private(path, "new")
    assert path.read_text() == "old"


def test_one_at_a_time_holds_a_lock_and_the_next_waits_for_it(tmp_path):
    order = []

    def second():
        with locked(tmp_path / "lock"):
            order.append("second")

    with locked(tmp_path / "lock"):
        waiting = threading.Thread(target=second)
        waiting.start()
        time.sleep(0.05)
        order.append("first")
    waiting.join(5)
    assert order == ["first", "second"]


def test_a_lock_is_let_go_also_after_a_fault(tmp_path):
    with pytest.raises(KeyError), locked(tmp_path / "lock"):
        raise KeyError
    with locked(tmp_path / "lock"):
        assert mode(tmp_path / "lock") == 0o600
