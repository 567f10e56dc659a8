"""Who runs the database server of a data directory: one owner at a time, and guests while it runs."""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

import psycopg

from fuyuantong.conf.data_dir import make_private_dir, unusable
from fuyuantong.conf.postgres.cluster import Cluster
from fuyuantong.conf.postgres.supervisor import running
from fuyuantong.refusal import Refusal

PATIENCE_SECONDS = 120
PAUSE_SECONDS = 0.05


class AlreadyRunning(Refusal):
    """Refuse a second owner of one data directory."""

    key = "already-running"
    title = "已在运行"


@dataclass(frozen=True)
class Owner:
    """Say who owns a cluster: a site that stays, or a command that is soon done."""

    pid: int
    address: str
    ready: bool

    def in_words(self) -> str:
        """Return who it is, for a refusal."""
        return f"进程 {self.pid}，{self.address}" if self.address else f"进程 {self.pid} 的命令"


@dataclass(frozen=True)
class Claim:
    """Hold the right to run the server of a cluster, until the process ends."""

    file: IO[str]
    address: str

    def announce(self, *, ready: bool) -> None:
        """Tell others who owns the cluster, and whether its server answers."""
        self.file.seek(0)
        self.file.truncate()
        json.dump(asdict(Owner(os.getpid(), self.address, ready)), self.file)
        self.file.flush()


@contextmanager
def claimed(cluster: Cluster, *, address: str) -> Iterator[Claim]:
    """
    Give a site the claim on its cluster, waiting while a command holds it.

    Raises: `AlreadyRunning` if another site holds it, or a command does not end; `DataDirUnusable`.
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    with _opened(cluster.home / "owner.lock") as file:
        while not _locked(file):
            owner = _owner(file)
            if owner and (owner.address or time.monotonic() > deadline):
                raise AlreadyRunning(
                    f"数据目录“{cluster.home.parent}”正由{owner.in_words()}使用。",
                    remedy="请使用已在运行的那一个；要另开一个，请用 DATA_DIR 和 PORT 指定另外的目录和端口。",
                )
            time.sleep(PAUSE_SECONDS)
        claim = Claim(file, address)
        claim.announce(ready=False)
        yield claim


@contextmanager
def server_at_hand(cluster: Cluster) -> Iterator[None]:
    """
    Give a command a running server: that of the present owner, else its own, which stays up while guests need it.

    Raises: `AlreadyRunning` if the owner's server does not answer; what `supervisor.start` raises.
    """
    with _opened(cluster.home / "guests.lock") as guests, _opened(cluster.home / "owner.lock") as file:
        # an owner that is about to stop holds it alone: whoever comes now waits and then becomes the owner
        fcntl.flock(guests, fcntl.LOCK_SH)
        if not _becomes_owner(file, cluster=cluster):
            yield
            return
        claim = Claim(file, address="")
        claim.announce(ready=False)
        with running(cluster):
            claim.announce(ready=True)
            try:
                yield
            finally:
                fcntl.flock(guests, fcntl.LOCK_EX)


def _becomes_owner(file: IO[str], *, cluster: Cluster) -> bool:
    """Tell whether the claim has become ours; false once another owner's server answers."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not _locked(file):
        owner = _owner(file)
        if owner and owner.ready and _answers(cluster):
            return False
        if time.monotonic() > deadline:
            raise AlreadyRunning(
                f"数据目录“{cluster.home.parent}”正被{owner.in_words() if owner else '另一进程'}占用，但其数据库没有应答。",
                remedy="请停止该进程后重试。",
            )
        time.sleep(PAUSE_SECONDS)
    return True


def _answers(cluster: Cluster) -> bool:
    try:
        cluster.connect().close()
    except psycopg.OperationalError:
        return False
    return True


def _owner(file: IO[str]) -> Owner | None:
    file.seek(0)
    try:
        return Owner(**json.load(file))
    except ValueError:
        # read while its owner was writing it
        return None


def _locked(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _opened(path: Path) -> Iterator[IO[str]]:
    make_private_dir(path.parent.parent)
    make_private_dir(path.parent)
    try:
        file = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise unusable(path, error=error) from error
    with file:
        yield file
