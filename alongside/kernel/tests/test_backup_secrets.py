"""The secrets that rows need come back with them; every other secret stays where it is."""

import ast
import json
import os
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest

from alongside.kernel import backup as kept
from alongside.kernel import secrets
from alongside.kernel.backup import taking
from alongside.kernel.folders import write_private
from alongside.kernel.postgres import Addresses, drop_database, make_database
from alongside.kernel.tests.postgres_servers import place
from alongside.kernel.tests.test_backup import sql

PHRASE = "kettle lantern bramble harbour"
SEALED = {"second_factor_key": "seals a phone's secret", "sign_in_links": "digests a link"}
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def server() -> Iterator[Addresses]:
    with place("wheel") as (_, found):
        sql(
            make_database(found, "full").owner_or_refuse(), "CREATE TABLE t (n int); INSERT INTO t VALUES (1)"
        )
        yield found


@pytest.fixture
def empty(server: Addresses) -> Iterator[Addresses]:
    yield make_database(server, "empty")
    drop_database(server, "empty")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The data folder of the place that is kept."""
    folder = tmp_path / "old"
    folder.mkdir()
    write_private(folder / "secrets.json", json.dumps(SEALED | {"secret_key": "signs sessions"}))
    return folder


@pytest.fixture
def file(server: Addresses, old: Path, tmp_path: Path) -> Path:
    out = tmp_path / "place.backup"
    kept.backup(server.on_database("full"), old / "uploads", out, PHRASE, home=old)
    return out


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """An empty place that has made secrets of its own already."""
    folder = tmp_path / "new"
    folder.mkdir()
    mine = {"secret_key": "mine", "second_factor_key": "made in haste", "postgres_app_password": "pw"}
    write_private(folder / "secrets.json", json.dumps(mine))
    return folder


def in_file(folder: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads((folder / "secrets.json").read_text())
    return found


def test_secrets_that_rows_need_come_back_and_the_others_stay(
    file: Path, empty: Addresses, new: Path
) -> None:
    restored = kept.restore(file, empty, new / "uploads", PHRASE, home=new)
    assert restored.secrets == sorted(SEALED)
    assert "second_factor_key, sign_in_links" in str(restored)
    assert in_file(new) == {"secret_key": "mine", "postgres_app_password": "pw"} | SEALED
    assert (new / "secrets.json").stat().st_mode & 0o777 == 0o600


def test_a_place_without_secrets_yet_gets_those_that_rows_need(
    file: Path, empty: Addresses, tmp_path: Path
) -> None:
    kept.restore(file, empty, tmp_path / "bare" / "uploads", PHRASE, home=tmp_path / "bare")
    assert in_file(tmp_path / "bare") == SEALED


def test_no_secret_can_be_read_in_the_file(file: Path) -> None:
    content = file.read_bytes()
    for word in (*SEALED, *SEALED.values(), "signs sessions"):
        assert word.encode() not in content


def test_a_restore_that_failed_leaves_the_secrets_as_they_were(
    file: Path, empty: Addresses, new: Path, tmp_path: Path
) -> None:
    before = in_file(new)
    with mock.patch("alongside.kernel.backup.restoring.tables", return_value=[]):
        with pytest.raises(kept.BackupFailed, match="is missing"):
            kept.restore(file, empty, new / "uploads", PHRASE, home=new)
        with pytest.raises(kept.BackupFailed, match="is missing"):
            kept.restore(file, empty, tmp_path / "bare" / "uploads", PHRASE, home=tmp_path / "bare")
    assert in_file(new) == before
    assert not (tmp_path / "bare" / "secrets.json").exists()


def test_secrets_that_did_not_reach_the_disk_are_found(file: Path, empty: Addresses, new: Path) -> None:
    before = in_file(new)
    with (
        mock.patch("alongside.kernel.backup.restoring.secrets_rows_need", return_value={}),
        pytest.raises(kept.BackupFailed, match="not those that were kept"),
    ):
        kept.restore(file, empty, new / "uploads", PHRASE, home=new)
    assert in_file(new) == before


def test_a_secret_from_the_environment_travels_and_is_not_written_down_where_it_is_given_again(
    server: Addresses, empty: Addresses, old: Path, new: Path, tmp_path: Path
) -> None:
    given = {"ALONGSIDE_COME_BACK_WORDS": "from outside"}
    with mock.patch.dict(os.environ, given):
        out = tmp_path / "outside.backup"
        kept.backup(server.on_database("full"), old / "uploads", out, PHRASE, home=old)
        kept.restore(out, empty, new / "uploads", PHRASE, home=new)
    assert "come_back_words" not in in_file(new)
    other = make_database(server, "other")
    try:
        kept.restore(out, other, tmp_path / "third" / "uploads", PHRASE, home=tmp_path / "third")
    finally:
        drop_database(server, "other")
    assert in_file(tmp_path / "third") == SEALED | {"come_back_words": "from outside"}


def test_another_secret_in_the_environment_stops_a_restore(file: Path, empty: Addresses, new: Path) -> None:
    before = in_file(new)
    with (
        mock.patch.dict(os.environ, {"ALONGSIDE_SIGN_IN_LINKS": "another"}),
        pytest.raises(secrets.SecretsUnsafe, match="ALONGSIDE_SIGN_IN_LINKS in the environment is not"),
    ):
        kept.restore(file, empty, new / "uploads", PHRASE, home=new)
    assert in_file(new) == before
    assert not (new / "uploads").exists()
    # The way is still open.
    kept.restore(file, empty, new / "uploads", PHRASE, home=new)


def test_a_backup_of_an_earlier_release_has_no_secrets_and_comes_back(
    server: Addresses, empty: Addresses, old: Path, new: Path, tmp_path: Path
) -> None:
    before = in_file(new)

    def without(sealer: object, kind: bytes, value: dict[str, object]) -> None:
        put_json(sealer, kind, {key: each for key, each in value.items() if key != "secrets"})  # type: ignore[arg-type]

    put_json = taking.put_json
    with mock.patch("alongside.kernel.backup.taking.put_json", without):
        kept.backup(server.on_database("full"), old / "uploads", tmp_path / "a.backup", PHRASE, home=old)
    restored = kept.restore(tmp_path / "a.backup", empty, new / "uploads", PHRASE, home=new)
    assert (restored.rows, restored.secrets) == (1, [])
    assert "none were in it" in str(restored)
    assert in_file(new) == before


def named(tree: ast.AST) -> set[str]:
    """Names of the secrets that a module asks for as a text."""
    return {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "secret"
        and isinstance(node.args[0], ast.Constant)
    }


def test_of_every_secret_it_is_decided_whether_rows_need_it() -> None:
    asked = set()
    for path in (ROOT / "alongside").rglob("*.py"):
        if "tests" not in path.parts:
            asked |= named(ast.parse(path.read_text(encoding="utf-8")))
    assert asked - {*secrets.ROWS_NEED, *secrets.ROWS_DO_WITHOUT} == set()
    assert set(secrets.ROWS_NEED) <= asked
    assert named(ast.parse("secret('new_one')")) == {"new_one"}


def test_what_is_kept_of_peoples_keys_depends_on_no_other_secret() -> None:
    """Sessions end at a restore, since `secret_key` stays behind: so nothing that is kept may rest on it."""
    using = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "alongside").rglob("*.py")
        if "tests" not in path.parts and "settings.SECRET_KEY" in path.read_text(encoding="utf-8")
    ]
    assert using == []
