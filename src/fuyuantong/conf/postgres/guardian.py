"""The small process that ends another one when its owner is gone: see `lifeline.Guardian`."""

import contextlib
import os
import sys


def main() -> None:
    """Wait for the owner: a word dismisses the watch, a silent end of the pipe ends the watched process."""
    pid, number = int(sys.argv[1]), int(sys.argv[2])
    if not sys.stdin.buffer.read():
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)


if __name__ == "__main__":
    main()
