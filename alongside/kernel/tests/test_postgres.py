"""Our own server, on both PostgreSQLs we promise: made, shared, killed, stopped."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import psycopg
import pytest

from alongside.kernel import postgres
from alongside.kernel.folders import running_as_root
from alongside.kernel.postgres.addresses import check_version
from alongside.kernel.postgres.cluster import LONGEST_SOCKET, cluster_in
from alongside.kernel.postgres.processes import (
    kill_everything,
    postmaster,
    server_processes,
)
from alongside.kernel.tests.postgres_servers import BOTH, environment, place

Place = tuple[Path, postgres.Addresses]


@pytest.fixture(scope="module", params=BOTH)
def running(request: pytest.FixtureRequest) -> Iterator[Place]:
    with place(request.param) as found:
        yield found


def one(url: str, query: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(query).fetchone()  # type: ignore[call-overload]
    assert row is not None
    return row[0]


def test_letters_with_accents_are_letters_on_every_server(running: Place) -> None:
    assert one(running[1].app, "SELECT lower('ÉŁÜ')") == "éłü"
    assert one(running[1].app, "SHOW server_encoding") == "UTF8"


def test_a_search_by_part_of_a_name_finds_accents_too(running: Place) -> None:
    _, addresses = running
    scratch = postgres.make_database(addresses, "trigrams")
    with psycopg.connect(scratch.owner_or_refuse()) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
        assert connection.execute("SELECT similarity('Zoë', 'zoË')").fetchone() == (1.0,)
    postgres.drop_database(addresses, "trigrams")


def test_the_server_listens_on_no_network(running: Place) -> None:
    assert one(running[1].app, "SHOW listen_addresses") == ""


def test_peoples_words_stay_out_of_the_servers_log(running: Place) -> None:
    home, addresses = running
    with psycopg.connect(addresses.app) as connection, pytest.raises(psycopg.Error):
        connection.execute("SELECT 'the dog is called Bramble'::int")
    with psycopg.connect(addresses.app) as connection, pytest.raises(psycopg.Error):
        connection.execute("SELECT * FROM nowhere WHERE words = 'the dog is called Bramble'")
    logs = list((cluster_in(home).files / "log").glob("*.log"))
    assert logs
    statements = [line for log in logs for line in log.read_text().splitlines() if "STATEMENT" in line]
    assert statements == []


def test_the_running_role_can_neither_make_nor_keep_tables(running: Place) -> None:
    for attempt in (
        "CREATE TABLE mine ()",
        "CREATE TEMP TABLE mine ()",
        "CREATE DATABASE mine",
    ):
        with (
            psycopg.connect(running[1].app, autocommit=True) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute(attempt)  # type: ignore[call-overload]


def test_nobody_gets_in_without_a_password(running: Place) -> None:
    without = running[1].app.replace(running[1].app.split(":")[2].split("@")[0], "guess")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(without)


def test_the_running_role_is_ordinary(running: Place) -> None:
    with psycopg.connect(running[1].app) as connection:
        postgres.check_ordinary_role(connection)


def test_the_process_refuses_to_run_as_superuser(running: Place) -> None:
    with (
        psycopg.connect(running[1].admin or "") as connection,
        pytest.raises(postgres.NotSafe, match="superuser and bypasses row-level security"),
    ):
        postgres.check_ordinary_role(connection)


def test_the_process_refuses_to_run_as_the_owner(running: Place) -> None:
    with (
        psycopg.connect(running[1].owner_or_refuse()) as connection,
        pytest.raises(postgres.NotSafe, match="owns the database"),
    ):
        postgres.check_ordinary_role(connection)


def test_a_superuser_in_an_ordinary_roles_coat_is_still_refused(running: Place) -> None:
    with psycopg.connect(running[1].admin or "") as connection:
        connection.execute("SET ROLE alongside_app")
        with pytest.raises(postgres.NotSafe, match="alongside_admin"):
            postgres.check_ordinary_role(connection)


@pytest.mark.parametrize(
    ("given", "taken", "said"),
    [
        (
            "GRANT alongside_owner TO alongside_app",
            "REVOKE alongside_owner FROM alongside_app",
            "through the role",
        ),
        (
            "ALTER ROLE alongside_app BYPASSRLS",
            "ALTER ROLE alongside_app NOBYPASSRLS",
            "bypasses row-level",
        ),
        (
            "ALTER ROLE alongside_app CREATEROLE",
            "ALTER ROLE alongside_app NOCREATEROLE",
            "makes other roles",
        ),
    ],
)
def test_a_role_that_was_given_too_much_is_refused(running: Place, given: str, taken: str, said: str) -> None:
    _, addresses = running
    with psycopg.connect(addresses.admin or "", autocommit=True) as admin:
        admin.execute(given)  # type: ignore[call-overload]
        try:
            with (
                psycopg.connect(addresses.app) as connection,
                pytest.raises(postgres.NotSafe, match=said),
            ):
                postgres.check_ordinary_role(connection)
        finally:
            admin.execute(taken)  # type: ignore[call-overload]


def test_a_role_that_owns_one_table_is_refused(running: Place) -> None:
    with psycopg.connect(running[1].admin or "") as connection:
        connection.execute("CREATE TABLE odd (); ALTER TABLE odd OWNER TO alongside_app")
        connection.execute("SET SESSION AUTHORIZATION alongside_app")
        with pytest.raises(postgres.NotSafe, match="owns tables"):
            postgres.check_ordinary_role(connection)
        connection.rollback()


def test_one_more_database_is_made_once_and_dropped(running: Place) -> None:
    _, addresses = running
    first = postgres.make_database(addresses, "scratch")
    assert postgres.make_database(addresses, "scratch") == first
    assert one(first.app, "SELECT current_database()") == "scratch"
    postgres.drop_database(addresses, "scratch")
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(first.app)


def test_the_places_own_database_is_never_dropped(running: Place) -> None:
    with pytest.raises(postgres.NotReady, match="not one that may be dropped"):
        postgres.drop_database(running[1], postgres.DATABASE)


def test_no_address_shows_its_password(running: Place) -> None:
    secret = running[1].app.split(":")[2].split("@")[0]
    assert secret not in repr(running[1])


def test_files_and_sockets_are_the_databases_alone(running: Place) -> None:
    cluster = cluster_in(running[0])
    assert cluster.files.stat().st_mode & 0o777 == 0o700
    assert cluster.sockets.stat().st_mode & 0o777 == 0o700
    assert (running[0] / "secrets.json").stat().st_mode & 0o777 == 0o600
    assert cluster.files.stat().st_uid != 0


@pytest.mark.parametrize("which", BOTH)
def test_after_a_kill_every_acknowledged_row_is_there(which: str) -> None:
    with place(which, fast=False) as (home, addresses):
        with psycopg.connect(addresses.owner_or_refuse(), autocommit=True) as connection:
            connection.execute("CREATE TABLE kept (n int)")
        acknowledged = _write_until_killed(home, addresses)
        assert acknowledged > 20
        again = postgres.ensure_running(home)
        found = one(again.owner_or_refuse(), "SELECT count(DISTINCT n) FROM kept")
        assert isinstance(found, int)
        # One more may have been kept whose answer never arrived; none may be missing.
        assert acknowledged <= found <= acknowledged + 1


def _write_until_killed(home: Path, addresses: postgres.Addresses) -> int:
    """Write rows one commit at a time while the server is killed; how many were acknowledged."""
    killer = threading.Timer(0.5, kill_everything, [cluster_in(home)])
    killer.start()
    written = 0
    with pytest.raises(psycopg.OperationalError):
        _write_for_ever(addresses, counted := [0])
    written = counted[0]
    killer.join()
    return written


def _write_for_ever(addresses: postgres.Addresses, counted: list[int]) -> None:
    with psycopg.connect(addresses.owner_or_refuse(), autocommit=True) as connection:
        while True:
            connection.execute("INSERT INTO kept VALUES (%s)", [counted[0] + 1])
            counted[0] += 1


def test_a_dead_servers_number_held_by_a_zombie_does_not_fool_us() -> None:
    with place("wheel") as (home, _):
        cluster = cluster_in(home)
        postgres.stop(home)
        zombie = subprocess.Popen([sys.executable, "-c", ""])
        time.sleep(0.5)
        _leave_a_pid_file(home, zombie.pid)
        assert not postgres.is_running(home)
        assert one(postgres.ensure_running(home).app, "SELECT 1") == 1
        zombie.wait()
        assert postmaster(cluster)


def test_a_dead_servers_number_taken_by_another_program_does_not_fool_us() -> None:
    with place("wheel") as (home, _):
        postgres.stop(home)
        _leave_a_pid_file(home, os.getpid())
        assert one(postgres.ensure_running(home).app, "SELECT 1") == 1


def _leave_a_pid_file(home: Path, number: int) -> None:
    cluster = cluster_in(home)
    text = f"{number}\n{cluster.files}\n1700000000\n5432\n{cluster.sockets}\n\n"
    for path in (cluster.pid_file, cluster.socket_lock):
        path.write_text(text)
        cluster.as_user.give(path)


def test_several_processes_at_once_make_one_server(tmp_path: Path) -> None:
    if running_as_root():
        for folder in (tmp_path, *tmp_path.parents[:2]):
            folder.chmod(0o711)
    home = tmp_path / "data"
    code = "import sys, pathlib; from alongside.kernel.postgres import ensure_running; "
    code += "print(ensure_running(pathlib.Path(sys.argv[1])).app)"
    surroundings = {**os.environ, **environment("wheel")}
    started = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(home)],
            stdout=subprocess.PIPE,
            text=True,
            env=surroundings,
        )
        for _ in range(4)
    ]
    said = {process.communicate(timeout=120)[0] for process in started}
    try:
        assert [process.returncode for process in started] == [0, 0, 0, 0]
        assert len(said) == 1
        assert one(said.pop().strip(), "SELECT 1") == 1
    finally:
        postgres.stop(home)


def test_stopping_leaves_no_process_and_can_be_asked_twice() -> None:
    with place("wheel") as (home, _):
        assert postgres.stop(home)
        assert server_processes(cluster_in(home)) == []
        assert not postgres.stop(home)
        assert not postgres.is_running(home)


def test_a_database_of_another_version_is_refused_and_not_touched() -> None:
    with place("wheel") as (home, _):
        postgres.stop(home)
        version = cluster_in(home).files / "PG_VERSION"
        version.write_text("16\n")
        with pytest.raises(postgres.NotReady, match=r"PostgreSQL 16.*docs/how-to/database\.md"):
            postgres.ensure_running(home)
        version.write_text("18\n")


def test_lost_secrets_are_told_in_a_sentence() -> None:
    with place("wheel") as (home, _):
        (home / "secrets.json").unlink()
        with pytest.raises(postgres.NotReady, match=r"Put secrets\.json back"):
            postgres.ensure_running(home)


def test_a_server_that_cannot_start_says_why() -> None:
    with place("wheel") as (home, _):
        postgres.stop(home)
        cluster = cluster_in(home)
        (cluster.files / "local.conf").write_text("shared_buffers = 'a lot'\n")
        cluster.as_user.give(cluster.files / "local.conf")
        with pytest.raises(postgres.NotReady, match="shared_buffers"):
            postgres.ensure_running(home)


def test_a_long_folder_name_still_gets_a_socket(tmp_path: Path) -> None:
    cluster = cluster_in(tmp_path / ("long" * 30))
    assert len(str(cluster.sockets / ".s.PGSQL.5432")) <= LONGEST_SOCKET


def test_a_socket_folder_that_is_somebody_elses_is_refused(tmp_path: Path) -> None:
    cluster = cluster_in(tmp_path)
    theirs = tmp_path / "theirs"
    theirs.symlink_to(tmp_path)
    with pytest.raises(postgres.NotReady, match="somebody else's"):
        cluster.as_user.private_folder(theirs)


def test_an_outside_server_is_used_when_one_is_named(running: Place) -> None:
    _, ours = running
    with mock.patch.dict(os.environ, {"DATABASE_URL": ours.app, "DATABASE_OWNER_URL": ours.owner or ""}):
        assert postgres.addresses() == postgres.Addresses(ours.app, ours.owner, None)
    with mock.patch.dict(os.environ, {"DATABASE_URL": ours.app, "DATABASE_OWNER_URL": ""}):
        found = postgres.addresses()
    with pytest.raises(postgres.NotReady, match="DATABASE_OWNER_URL"):
        found.owner_or_refuse()


def test_an_outside_server_that_does_not_answer_is_told_without_its_password() -> None:
    with (
        mock.patch.dict(
            os.environ,
            {"DATABASE_URL": "postgresql://me:opensesame@/here?host=/nowhere"},
        ),
        pytest.raises(postgres.NotReady, match="No database answers at DATABASE_URL") as told,
    ):
        postgres.addresses()
    assert "opensesame" not in str(told.value)


def test_a_server_that_is_too_old_is_told_so() -> None:
    check_version(150004, "DATABASE_URL")
    with pytest.raises(postgres.NotReady, match=r"is PostgreSQL 14\. Alongside needs 15"):
        check_version(140011, "DATABASE_URL")


def test_addresses_become_djangos_settings() -> None:
    assert postgres.django_database("postgresql://a%40b:p%2Fw@db.example:6000/place?sslmode=require") == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "place",
        "USER": "a@b",
        "PASSWORD": "p/w",
        "HOST": "db.example",
        "PORT": "6000",
        "OPTIONS": {"sslmode": "require", "server_side_binding": True, "prepare_threshold": 5},
    }


def test_a_socket_folder_becomes_djangos_host() -> None:
    found = postgres.django_database("postgresql://me:pw@/place?host=%2Frun%2Fhere")
    assert (found["HOST"], found["PORT"], found["NAME"], found["OPTIONS"]) == (
        "/run/here",
        "",
        "place",
        {"server_side_binding": True, "prepare_threshold": 5},
    )


@pytest.mark.parametrize(("said", "kept"), [("0", None), ("2", 2)])
def test_an_address_says_when_a_statement_is_kept_planned(said: str, kept: int | None) -> None:
    found = postgres.django_database(f"postgresql://me:pw@here/place?prepare_threshold={said}")
    assert found["OPTIONS"]["prepare_threshold"] == kept


def test_how_often_is_told_in_a_whole_number() -> None:
    with pytest.raises(postgres.NotReady, match="whole number, and this is not: often"):
        postgres.django_database("postgresql://me:pw@here/place?prepare_threshold=often")


def test_a_statement_asked_again_and_again_is_planned_once(db: None) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for number in range(7):
            cursor.execute("SELECT %s + 41", [number])
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT $1 + 41%%'")
        assert cursor.fetchone() == (1,)


@pytest.mark.parametrize("wrong", ["mysql://a:opensesame@b/c", "postgresql://a:opensesame@b", "place"])
def test_what_is_no_database_address_is_told_with_an_example(wrong: str) -> None:
    with pytest.raises(postgres.NotReady, match="looks like postgresql://") as told:
        postgres.django_database(wrong)
    assert "opensesame" not in str(told.value)
