"""What an earlier server left in a cluster's directory: a server still running, or a lock file without one."""

import os
import signal
from pathlib import Path

import psutil

PATIENCE = ((signal.SIGINT, 20), (signal.SIGQUIT, 20))


def end_leftovers(data: Path) -> None:
    """
    End a server that outlived its owner and free a lock file whose process id now belongs to another program.

    The caller holds the claim on the cluster, so whatever still runs on it has no owner.
    """
    lock = data / "postmaster.pid"
    pid = _written_pid(lock)
    if pid is None:
        return
    try:
        process = psutil.Process(pid)
        if _serves(process, data=data):
            _end(process)
        else:
            _disown(lock)
    except psutil.ZombieProcess:
        # dead, but its parent has not yet asked how it ended, and PostgreSQL would take it for living
        _disown(lock)
    except psutil.NoSuchProcess:
        # PostgreSQL itself removes the lock file of a dead process
        return


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
