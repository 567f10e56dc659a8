"""The small process that ends another one when its starter is gone, where the kernel does not: see `lifeline.py`."""

import contextlib
import os
import sys


def main() -> None:
    """Wait for the starter: a word dismisses the watch, a silent end of the pipe ends the watched process."""
    pid, number = int(sys.argv[1]), int(sys.argv[2])
    if not sys.stdin.buffer.read():
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)


if __name__ == "__main__":
    main()
