"""The web application as the launcher runs it: a process that does not outlive the server which made it."""

import os
import signal
import sys

from fuyuantong.conf.postgres.lifeline import end_with_parent
from fuyuantong.conf.wsgi import application

__all__ = ["application"]

if sys.platform == "linux":
    end_with_parent(signal.SIGKILL, parent=os.getppid())
