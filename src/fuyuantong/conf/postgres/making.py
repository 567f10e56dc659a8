"""Make a cluster, so that it is either complete or not there."""

import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from fuyuantong.conf.data_dir import make_private_dir, unusable
from fuyuantong.conf.postgres.binaries import Binaries, SystemUser
from fuyuantong.conf.postgres.cluster import OWNER_ROLE, Cluster
from fuyuantong.refusal import Refusal

SPACE_NEEDED = 200 * 1024 * 1024
OTHER_PLACES = Path("/var/lib/fuyuantong")


class ClusterNotMade(Refusal):
    """Refuse to go on where no cluster can be made."""

    key = "cluster-not-made"
    title = "无法建立数据库"


def prepare_place(cluster: Cluster, *, user: SystemUser) -> None:
    """
    Make the directories around a cluster; choose another place, and say so, if the server's user cannot enter.

    Rights of directories that are not ours stay as they are.
    Raises: `DataDirUnusable`.
    """
    make_private_dir(cluster.home.parent)
    make_private_dir(cluster.home)
    if not user.can_enter(cluster.place):
        _choose_other_place(cluster)
    _make_socket_dir(cluster.socket_dir, user=user)


def make_cluster(cluster: Cluster, *, binaries: Binaries, user: SystemUser) -> None:
    """
    Make the cluster in a draft directory that takes its name only when complete; half-done drafts are removed.

    Raises: `ClusterNotMade` if the disk is full or initdb fails, with what it said.
    """
    place = cluster.place
    if shutil.disk_usage(place).free < SPACE_NEEDED:
        raise ClusterNotMade(f"“{place}”所在磁盘剩余空间不足 200 MB。", remedy="请清理磁盘，或用 DATA_DIR 指定别处。")
    draft, password_file = place / "data.draft", place / ".initdb-password"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    os.chown(draft, user.uid, user.gid)
    password_file.unlink(missing_ok=True)
    try:
        _write_for(user, path=password_file, text=cluster.password(OWNER_ROLE))
        _run_initdb(binaries, user=user, draft=draft, password_file=password_file, durable=cluster.durable)
    finally:
        password_file.unlink(missing_ok=True)
    draft.rename(cluster.data)


def _choose_other_place(cluster: Cluster) -> None:
    place = OTHER_PLACES / sha256(os.fsencode(cluster.home)).hexdigest()[:16]
    make_private_dir(OTHER_PLACES)
    make_private_dir(place)
    reason = f"PostgreSQL 不能以 root 运行，而代为运行的用户无法进入 {cluster.home}"
    print(f"数据库文件放在 {place}（{reason}）。", file=sys.stderr, flush=True)
    draft = cluster.home / ".place"
    draft.write_text(str(place), encoding="utf-8")
    draft.rename(cluster.home / "place")


def _make_socket_dir(path: Path, *, user: SystemUser) -> None:
    try:
        path.mkdir(mode=0o700, exist_ok=True)
        if path.is_symlink() or path.stat().st_uid not in (os.geteuid(), user.uid):
            raise ClusterNotMade(f"“{path}”属于其他用户。", remedy="请删除它，或换一个较短的 DATA_DIR。")
        os.chown(path, user.uid, user.gid)
    except OSError as error:
        raise unusable(path, error=error) from error


def _write_for(user: SystemUser, *, path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
    os.chown(path, user.uid, user.gid)


def _run_initdb(binaries: Binaries, *, user: SystemUser, draft: Path, password_file: Path, durable: bool) -> None:
    # the built-in locale needs nothing of the machine; before PostgreSQL 17 only "C" is everywhere
    locale = ("--locale-provider=builtin", "--locale=C.UTF-8") if binaries.major >= 17 else ("--locale=C",)
    command: list[str | Path] = [
        binaries.directory / "initdb",
        *("--pgdata", draft, "--username", OWNER_ROLE, "--encoding", "UTF8", *locale),
        *("--auth=scram-sha-256", "--pwfile", password_file),
        *(() if durable else ("--no-sync",)),
    ]
    done = subprocess.run(
        command,
        check=False,
        cwd="/",
        env=server_environment(binaries),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        **user.process_options(),
    )
    if done.returncode:
        raise ClusterNotMade(
            f"initdb 失败：{done.stderr.strip() or done.stdout.strip()}", remedy="请按上述原因处理后重试，无需清理。"
        )


def server_environment(binaries: Binaries) -> dict[str, str]:
    """Return the whole environment of the server's programs: nothing of the caller's leaks in."""
    return {"PATH": str(binaries.directory), "LC_ALL": "C", "TZ": "UTC"}
