"""Telling a living server from a dead one.

After the postmaster is killed its process number stays taken until somebody collects it (for about two
seconds, or for ever where process 1 collects nobody), and its children need a moment to notice. The pid file
then points at something that looks alive and is not. So we look at what the process really is.
"""

import os
import signal
import time
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from alongside.kernel.postgres.cluster import Cluster
from alongside.kernel.postgres.errors import NotReady

PATIENCE = 10.0
GONE = (psutil.NoSuchProcess, psutil.ZombieProcess)


def server_processes(cluster: Cluster) -> list[psutil.Process]:
    """Living processes of this very server: PostgreSQL's processes work inside its folder of files."""
    return [process for process in psutil.process_iter() if _works_in(process, cluster.files)]


def _works_in(process: psutil.Process, folder: Path) -> bool:
    try:
        if process.status() == psutil.STATUS_ZOMBIE:
            return False
        return process.cwd() == str(folder.resolve()) and process.name() == "postgres"
    except (*GONE, psutil.AccessDenied, FileNotFoundError):
        return False


def postmaster(cluster: Cluster) -> psutil.Process | None:
    """The living first process of this server, or None: what the pid file says is not taken on trust."""
    number = _number_in(cluster.pid_file)
    return next(
        (process for process in server_processes(cluster) if process.pid == number),
        None,
    )


def clear_the_dead(cluster: Cluster) -> None:
    """After a kill: let the orphans go, then take away the pid files that point at nobody.

    Call under the cluster's lock. Raises NotReady when processes of the server will not go.
    """
    if postmaster(cluster):
        return
    _wait_for_orphans(cluster)
    for path in (cluster.pid_file, cluster.socket_lock):
        if _number_in(path) is not None:
            path.unlink(missing_ok=True)


def _wait_for_orphans(cluster: Cluster) -> None:
    """Orphans notice by themselves that their server died; those who do not are asked, then made to."""
    for step in (None, signal.SIGQUIT, signal.SIGKILL):
        orphans = server_processes(cluster)
        for process in orphans if step else []:
            _send(process, step)
        if not psutil.wait_procs(orphans, timeout=PATIENCE / 3)[1]:
            return
    if server_processes(cluster):
        raise NotReady(f"Processes of the database in {cluster.files} are still there and will not end.")


def _send(process: psutil.Process, step: signal.Signals | None) -> None:
    try:
        process.send_signal(step or signal.SIGTERM)
    except psutil.NoSuchProcess:
        return


def _number_in(path: Path) -> int | None:
    try:
        return int(path.read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None


def wait_until_gone(cluster: Cluster, patience: float = PATIENCE) -> bool:
    """Whether every process of the server ended within `patience` seconds."""
    until = time.monotonic() + patience
    while server_processes(cluster):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def kill_everything(cluster: Cluster) -> None:
    """What a power cut does; for tests of what survives it."""
    found = postmaster(cluster)
    if found:
        os.kill(found.pid, signal.SIGKILL)
