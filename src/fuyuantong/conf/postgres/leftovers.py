"""What an earlier server left in a cluster's directory: a server still running, or a lock file without one."""

import os
import signal
from pathlib import Path

import psutil

from fuyuantong.conf.postgres.cluster import SOCKET_NAME, Cluster

PATIENCE = ((signal.SIGINT, 20), (signal.SIGQUIT, 20))


def end_leftovers(cluster: Cluster) -> None:
    """
    End a server that outlived its owner and free lock files whose process id is no server's any more.

    The caller holds the claim on the cluster, so whatever still runs on it has no owner.
    """
    lock = cluster.data / "postmaster.pid"
    pid = _written_pid(lock)
    if pid is not None and not _ended(pid, cluster=cluster):
        _disown(lock)
    # the directory is this cluster's alone, and its server, if there was one, has ended
    (cluster.socket_dir / f"{SOCKET_NAME}.lock").unlink(missing_ok=True)


def _ended(pid: int, *, cluster: Cluster) -> bool:
    """Tell whether the process was this cluster's server and has ended now, or is gone without a trace."""
    try:
        process = psutil.Process(pid)
        if not _serves(process, data=cluster.data):
            return False
        _end(process)
    except psutil.ZombieProcess:
        # dead, but its parent has not yet asked how it ended, and PostgreSQL would take it for living
        return False
    except psutil.NoSuchProcess:
        return True
    return True


def _written_pid(lock: Path) -> int | None:
    try:
        first = lock.read_text(encoding="utf-8", errors="replace").partition("\n")[0]
    except FileNotFoundError:
        return None
    return int(first) if first.isdecimal() else None


def _serves(process: psutil.Process, *, data: Path) -> bool:
    command = process.cmdline()
    return len(command) > 2 and Path(command[0]).name == "postgres" and command[1:3] == ["-D", str(data)]


def _end(process: psutil.Process) -> None:
    for number, seconds in PATIENCE:
        process.send_signal(number)
        try:
            process.wait(seconds)
            return
        except psutil.TimeoutExpired:
            continue


def _disown(lock: Path) -> None:
    """
    Write our own process id over one that is no server's any more.

    PostgreSQL trusts a lock file that names its parent to be stale, and still looks for sessions of the old server
    by the shared memory that the file names; without the file it could not.
    """
    rest = lock.read_text(encoding="utf-8").partition("\n")[2]
    lock.write_text(f"{os.getpid()}\n{rest}", encoding="utf-8")
