"""Processes that do not outlive the one that started them, however it ended."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable

PR_SET_PDEATHSIG = 1


def end_with_parent(number: signal.Signals, *, parent: int | None = None) -> Callable[[], None]:
    """
    Return what a new process calls before its program starts so that the kernel signals it when its parent ends.

    The signal comes when the *thread* that forked ends: fork from the main thread. Only Linux has it.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    expected = parent or os.getpid()

    def ask_the_kernel() -> None:
        libc.prctl(PR_SET_PDEATHSIG, number)
        if os.getppid() != expected:
            os.kill(os.getpid(), number)

    return ask_the_kernel


def kernel_tells_of_a_dead_parent() -> bool:
    """Tell whether this system can signal a child when its parent ends."""
    return sys.platform == "linux"


class Guardian:
    """
    Watch over a process where the kernel does not: signal it once the owner of this object is gone.

    The owner holds the writing end of a pipe; a small process reads it and acts when it closes without a word.
    """

    def __init__(self, pid: int, *, number: signal.Signals) -> None:
        self._watch = subprocess.Popen(
            [sys.executable, "-m", "fuyuantong.conf.postgres.guardian", str(pid), str(int(number))],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def dismiss(self) -> None:
        """End the watch without touching the process."""
        self._watch.communicate(b"dismissed")
