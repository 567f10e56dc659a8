"""Run as a process: the worker sending outward, but that it kills itself between sending and marking."""

import os
import signal
from typing import Any

import django

django.setup()

from django.utils import timezone

from fuyuantong.notices.services import dispatching


def killed(*given: Any, **more: Any) -> None:
    """End without any chance to clean up."""
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    dispatching._ended = killed
    dispatching.dispatch(now=timezone.now())
