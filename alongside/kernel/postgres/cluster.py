"""One cluster of our own server: where its files are, how it is made, which settings it runs with."""

import hashlib
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from alongside.kernel.folders import running_as_root
from alongside.kernel.postgres.binaries import (
    REACHABLE,
    RunAs,
    major_version,
    reachable,
    reachable_bin_folder,
    run,
    whom_to_run_as,
)
from alongside.kernel.postgres.errors import NotReady

ADMIN_ROLE = "alongside_admin"
SETTINGS_FILE = "alongside.conf"
SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET = 107
SETTINGS = """\
# Written by Alongside at every start. Your own settings go into local.conf beside this file.
listen_addresses = ''
port = 5432
unix_socket_permissions = 0700
password_encryption = scram-sha-256
max_connections = 100
# A machine of two cores and a few gigabytes.
shared_buffers = 256MB
effective_cache_size = 1GB
work_mem = 16MB
maintenance_work_mem = 128MB
random_page_cost = 1.1
jit = off
wal_compression = on
checkpoint_timeout = 15min
max_wal_size = 1GB
# People's words never go into a log: no statements, no parameters, no details of rows.
log_min_error_statement = panic
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_error_verbosity = terse
# Seven files, one for each day of the week.
logging_collector = on
log_directory = 'log'
log_filename = 'postgresql-%a.log'
log_rotation_age = 1d
log_rotation_size = 0
log_truncate_on_rotation = on
"""
THROW_AWAY = """\
# ALONGSIDE_PG_FAST: a server whose rows nobody will miss.
fsync = off
synchronous_commit = off
full_page_writes = off
"""


@dataclass(frozen=True)
class Cluster:
    """The files of one server. `home` is the installation's data folder, `files` the server's own."""

    home: Path
    files: Path
    sockets: Path
    as_user: RunAs

    @property
    def lock(self) -> Path:
        return self.home / ".postgres.lock"

    @property
    def pid_file(self) -> Path:
        return self.files / "postmaster.pid"

    @property
    def socket_lock(self) -> Path:
        return self.sockets / f"{SOCKET_NAME}.lock"

    @property
    def start_log(self) -> Path:
        return self.files / "start.log"

    def exists(self) -> bool:
        """Whether it was ever made."""
        return (self.files / "PG_VERSION").is_file()


def cluster_in(home: Path) -> Cluster:
    """The cluster that belongs to a data folder; nothing is made yet but the ordinary user."""
    home = home.absolute()
    as_user = whom_to_run_as()
    near = home if reachable(home, as_user) else REACHABLE / _short_name(home)
    return Cluster(home, near / "postgres", _socket_folder(near, as_user), as_user)


def _short_name(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:12]


def _socket_folder(near: Path, as_user: RunAs) -> Path:
    """Beside the files, unless the path would be longer than a socket's may be (107 bytes)."""
    beside = near / "run"
    if len(os.fsencode(beside / SOCKET_NAME)) <= LONGEST_SOCKET and "," not in str(beside):
        return beside
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    if runtime and not running_as_root() and len(runtime) < 60 and Path(runtime).is_dir():
        return Path(runtime) / f"alongside-{_short_name(near)}"
    # Made 0700 and its owner checked before use, so nobody can put theirs in its place.
    return Path("/tmp") / f"alongside-{_short_name(near)}-{as_user.user or os.geteuid()}"  # noqa: S108


def make_cluster(cluster: Cluster, password: str) -> None:
    """Make the files of a new server; they take their place only once they are whole."""
    cluster.files.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    making = cluster.files.with_name("postgres.making")
    if making.exists():
        shutil.rmtree(making)
    cluster.as_user.private_folder(making)
    programs = reachable_bin_folder(cluster.as_user)
    with tempfile.NamedTemporaryFile("w", prefix="alongside-", dir=_temporary_for(cluster)) as file:
        file.write(password + "\n")
        file.flush()
        cluster.as_user.give(Path(file.name))
        command: list[object] = [programs / "initdb", "-D", making, "-U", ADMIN_ROLE, "-E", "UTF8"]
        command += [
            "-A",
            "scram-sha-256",
            "--pwfile",
            file.name,
            "--no-instructions",
            *_locale(major_version(programs)),
        ]
        code, said = run(command, cluster.as_user)
    if code:
        raise NotReady(f"A new database could not be made in {cluster.files}: {said}")
    _include_settings(making)
    making.rename(cluster.files)


def _temporary_for(cluster: Cluster) -> Path:
    """A folder that both we and the database's user reach, and nobody else."""
    return cluster.as_user.private_folder(cluster.sockets)


def _locale(version: int) -> list[str]:
    """The same order and letters on every server, whatever the machine's language: C.UTF-8."""
    if version >= 17:
        return [
            "--locale=C.UTF-8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
        ]
    return ["--locale=C.UTF-8", "--locale-provider=libc"]


def _include_settings(files: Path) -> None:
    with (files / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write(f"\ninclude_if_exists = '{SETTINGS_FILE}'\ninclude_if_exists = 'local.conf'\n")


def write_settings(cluster: Cluster) -> None:
    """The settings of this start, so that a new release's settings reach an old place."""
    fast = THROW_AWAY if os.environ.get("ALONGSIDE_PG_FAST") == "1" else ""
    path = cluster.files / SETTINGS_FILE
    path.unlink(missing_ok=True)
    sockets = f"unix_socket_directories = '{_quoted(cluster.sockets)}'\n"
    path.write_text(SETTINGS + sockets + fast, encoding="utf-8")
    path.chmod(0o600)
    cluster.as_user.give(path)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def check_same_version(cluster: Cluster, programs: Path) -> None:
    """Raise NotReady when the files were made by another major version than the programs are."""
    made_by = (cluster.files / "PG_VERSION").read_text().strip()
    ours = major_version(programs)
    if made_by != str(ours):
        raise NotReady(
            f"The database in {cluster.files} was made by PostgreSQL {made_by}, and the programs here are "
            f"PostgreSQL {ours}. Nothing was touched. 'Moving to a new PostgreSQL' in "
            "docs/how-to/database.md says how to take it along."
        )
