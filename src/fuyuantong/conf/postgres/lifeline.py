"""Processes that do not outlive the one that started them, however it ended."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, TypedDict

PR_SET_PDEATHSIG = 1


class ProcessOptions(TypedDict, total=False):
    """Name what `subprocess` is told about the user of a program."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass
class BoundProcess:
    """Hold a process that is signalled when its starter is gone."""

    process: subprocess.Popen[bytes]
    guardian: subprocess.Popen[bytes] | None

    def is_running(self) -> bool:
        """Tell whether the process lives."""
        return self.process.poll() is None

    def stop(self, *signals: signal.Signals, patience: float) -> None:
        """Send one signal after the other until the process has ended, waiting `patience` seconds for each."""
        for number in signals:
            self.process.send_signal(number)
            try:
                self.process.wait(patience)
                break
            except subprocess.TimeoutExpired:
                continue
        if self.guardian:
            self.guardian.communicate(b"dismissed")


def start_bound(
    command: Sequence[str],
    *,
    ends_with: signal.Signals,
    environment: Mapping[str, str],
    log: IO[bytes] | None = None,
    user: ProcessOptions | None = None,
    by_kernel: bool = sys.platform == "linux",
) -> BoundProcess:
    """
    Start a program, in a session of its own, that is sent `ends_with` when this process is gone.

    On Linux the kernel does it when the *thread* that started it ends, so start from the main thread; elsewhere a
    small process watches (`guardian.py`).
    """
    process = subprocess.Popen(
        command,
        cwd="/",
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        start_new_session=True,
        # it calls into libc alone, which is safe beside threads
        preexec_fn=_end_with_parent(ends_with) if by_kernel else None,  # noqa: PLW1509
        **(user or {}),
    )
    return BoundProcess(process, None if by_kernel else _guardian(process.pid, number=ends_with))


def end_with_parent(number: signal.Signals, *, parent: int) -> None:
    """Ask the kernel to send this process `number` when `parent` is gone; do it at once if it is gone already."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number)
    if os.getppid() != parent:
        os.kill(os.getpid(), number)


def _end_with_parent(number: signal.Signals) -> Callable[[], None]:
    parent = os.getpid()
    return lambda: end_with_parent(number, parent=parent)


def _guardian(pid: int, *, number: signal.Signals) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "fuyuantong.conf.postgres.guardian", str(pid), str(int(number))],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
