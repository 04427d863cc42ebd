"""As root: the database still runs as an ordinary user, also from a checkout that only root may enter."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import psutil
import psycopg
import pytest

from alongside.kernel import postgres
from alongside.kernel.folders import running_as_root
from alongside.kernel.postgres import binaries, cluster
from alongside.kernel.postgres.processes import server_processes
from alongside.kernel.tests.postgres_servers import environment

pytestmark = pytest.mark.skipif(not running_as_root(), reason="only root has this difficulty")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A stand-in for /var/lib/alongside, and the settings of a throw-away server."""
    with tempfile.TemporaryDirectory(prefix="alongside-test-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        with (
            mock.patch.object(cluster, "REACHABLE", folder),
            mock.patch.object(binaries, "REACHABLE", folder),
            mock.patch.dict("os.environ", environment("wheel")),
        ):
            yield folder


@pytest.fixture
def closed_folder(tmp_path: Path) -> Path:
    tmp_path.chmod(0o700)
    return tmp_path


def test_a_data_folder_only_root_may_enter_keeps_its_database_where_it_can_be_reached(
    open_folder: Path, closed_folder: Path
) -> None:
    home = closed_folder / "data"
    try:
        addresses = postgres.ensure_running(home)
        assert cluster.cluster_in(home).files.is_relative_to(open_folder)
        assert (home / "secrets.json").is_file()
        assert _users_of(home) == {binaries.SYSTEM_USER}
        with psycopg.connect(addresses.app) as connection:
            postgres.check_ordinary_role(connection)
        assert postgres.ensure_running(home) == addresses
    finally:
        postgres.stop(home)


def _users_of(home: Path) -> set[str]:
    return {psutil.Process(process.pid).username() for process in server_processes(cluster.cluster_in(home))}


def test_programs_only_root_may_enter_are_copied_once_and_run(open_folder: Path, closed_folder: Path) -> None:
    wheel = binaries.wheel_folder()
    for name in (wheel.name, f"{wheel.name}.libs"):
        if (wheel.parent / name).is_dir():
            shutil.copytree(wheel.parent / name, closed_folder / name)
    as_user = binaries.whom_to_run_as()
    with mock.patch.object(binaries, "wheel_folder", return_value=closed_folder / wheel.name):
        copied = binaries.reachable_bin_folder(as_user)
        assert copied.is_relative_to(open_folder)
        code, said = binaries.run([copied / "postgres", "--version"], as_user)
        assert (code, said.split()[0]) == (0, "postgres")
        made_at = copied.stat().st_ctime_ns
        assert binaries.reachable_bin_folder(as_user).stat().st_ctime_ns == made_at
    assert not list(open_folder.glob(".making-*"))


def test_programs_named_by_hand_that_cannot_be_reached_are_told(
    open_folder: Path, closed_folder: Path
) -> None:
    (closed_folder / "postgres").touch()
    with (
        mock.patch.dict("os.environ", {"ALONGSIDE_PG_BIN": str(closed_folder)}),
        pytest.raises(postgres.NotReady, match="cannot reach"),
    ):
        binaries.reachable_bin_folder(binaries.whom_to_run_as())


def test_an_ordinary_user_that_cannot_be_made_is_told() -> None:
    with (
        mock.patch.object(binaries, "SYSTEM_USER", "no-such-user-here"),
        mock.patch("shutil.which", return_value=None),
        pytest.raises(postgres.NotReady, match="may not run as root"),
    ):
        binaries.whom_to_run_as()
