"""Our own server: made once, started when it is not running, stopped only when asked."""

import time
from pathlib import Path

import psycopg

from alongside.kernel.folders import data_folder, locked, made
from alongside.kernel.postgres import roles
from alongside.kernel.postgres.binaries import reachable_bin_folder, run
from alongside.kernel.postgres.cluster import (
    ADMIN_ROLE,
    Cluster,
    check_same_version,
    cluster_in,
    make_cluster,
    write_settings,
)
from alongside.kernel.postgres.errors import NotReady
from alongside.kernel.postgres.processes import clear_the_dead, postmaster
from alongside.kernel.postgres.url import Addresses, socket_url, with_database
from alongside.kernel.secrets import secret

START_WITHIN = 60
STOP_WITHIN = 60


def ensure_running(folder: Path | None = None) -> Addresses:
    """Addresses of our own server in that data folder, made and started if need be.

    Safe when several processes call it at once. The server goes on after this process ends. Raises NotReady
    with a sentence when it cannot run.
    """
    home = made(folder.absolute()) if folder else data_folder()
    cluster = cluster_in(home)
    found = _addresses(cluster)
    if _answers(found.app):
        return found
    with locked(cluster.lock):
        if not _answers(found.app):
            _start(cluster, found)
    return found


def is_running(folder: Path | None = None) -> bool:
    """Whether our own server answers, found out by asking it."""
    cluster = cluster_in(folder or data_folder())
    return cluster.exists() and _answers(_addresses(cluster).app)


def stop(folder: Path | None = None) -> bool:
    """Stop our own server in good order; whether there was one to stop."""
    cluster = cluster_in(folder or data_folder())
    with locked(cluster.lock):
        if not cluster.exists() or not postmaster(cluster):
            return False
        programs = reachable_bin_folder(cluster.as_user)
        code, said = run(
            [
                programs / "pg_ctl",
                "stop",
                "-D",
                cluster.files,
                "-m",
                "fast",
                "-w",
                "-t",
                str(STOP_WITHIN),
            ],
            cluster.as_user,
        )
        if code and postmaster(cluster):
            raise NotReady(f"The database in {cluster.files} did not stop: {said}")
    return True


def _addresses(cluster: Cluster) -> Addresses:
    def url(role: str, name: str) -> str:
        password = secret(name, folder=cluster.home)
        return socket_url(
            role=role,
            password=password,
            folder=str(cluster.sockets),
            database=roles.DATABASE,
        )

    return Addresses(
        app=url(roles.APP_ROLE, "postgres_app_password"),
        owner=url(roles.OWNER_ROLE, "postgres_owner_password"),
        admin=url(ADMIN_ROLE, "postgres_admin_password"),
    )


def _answers(url: str) -> bool:
    return _refusal(url) is None


def _refusal(url: str) -> str | None:
    """Why that role cannot connect now, or None when it is answered; a pid file proves nothing."""
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            connection.execute("SELECT 1")
    except psycopg.OperationalError as error:
        return str(error)
    return None


def _start(cluster: Cluster, found: Addresses) -> None:
    if not cluster.exists():
        make_cluster(cluster, secret("postgres_admin_password", folder=cluster.home))
    programs = reachable_bin_folder(cluster.as_user)
    check_same_version(cluster, programs)
    if not postmaster(cluster):
        clear_the_dead(cluster)
        _launch(cluster, programs)
    _wait_for(with_database(str(found.admin), "postgres"), cluster)
    roles.prepare(found)
    _wait_for(found.app, cluster)


def _launch(cluster: Cluster, programs: Path) -> None:
    cluster.as_user.private_folder(cluster.sockets)
    write_settings(cluster)
    code, said = run(
        [
            *(programs / "pg_ctl", "start", "-D", cluster.files, "-l", cluster.start_log),
            *("-w", "-t", str(START_WITHIN), "-s"),
        ],
        cluster.as_user,
    )
    if code:
        raise NotReady(
            f"The database in {cluster.files} did not start. It says: {said}\n{_last_words(cluster)}"
        )


def _last_words(cluster: Cluster) -> str:
    """The end of the server's own log: the newest file in it."""
    logs = [cluster.start_log, *(cluster.files / "log").glob("*.log")]
    written = [path for path in logs if path.is_file()]
    if not written:
        return ""
    newest = max(written, key=lambda path: path.stat().st_mtime)
    return "\n".join(newest.read_text(errors="replace").splitlines()[-8:])


def _wait_for(url: str, cluster: Cluster) -> None:
    """Until that role is let in: after a kill the server first repeats what it had promised."""
    until = time.monotonic() + START_WITHIN
    while (refusal := _refusal(url)) is not None:
        if "password authentication failed" in refusal:
            raise NotReady(
                f"The database in {cluster.files} knows another password than the one in {cluster.home}. Put "
                "secrets.json back as it was when the database was made."
            )
        if time.monotonic() > until:
            raise NotReady(
                f"The database in {cluster.files} runs but does not let us in: {refusal}\n"
                f"{_last_words(cluster)}"
            )
        time.sleep(0.1)
