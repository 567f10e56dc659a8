"""Where the kernel does not tell of a dead parent, a small process watches."""

import os
import signal
import subprocess
import sys

import psutil
import pytest
from tests.processes import all_gone, eventually

from fuyuantong.conf.postgres.lifeline import start_bound

STARTER = """
import os, signal
from fuyuantong.conf.postgres.lifeline import start_bound
bound = start_bound(["sleep", "60"], ends_with=signal.SIGTERM, environment=os.environ, by_kernel=False)
print(bound.process.pid, flush=True)
signal.pause()
"""

pytestmark = pytest.mark.slow


def test_a_watched_process_ends_when_its_starter_is_killed() -> None:
    starter = subprocess.Popen([sys.executable, "-c", STARTER], stdout=subprocess.PIPE, text=True)
    assert starter.stdout
    watched = psutil.Process(int(starter.stdout.readline()))

    starter.kill()

    assert eventually(lambda: all_gone([watched]))
    starter.communicate()


def test_a_watch_is_dismissed_when_the_process_is_stopped() -> None:
    bound = start_bound(["sleep", "60"], ends_with=signal.SIGTERM, environment=os.environ, by_kernel=False)

    bound.stop(signal.SIGTERM, patience=10)

    assert not bound.is_running()
    assert bound.guardian
    assert bound.guardian.returncode == 0


def test_a_process_that_does_not_listen_is_killed() -> None:
    stubborn = start_bound(["sh", "-c", "trap '' TERM; exec sleep 60"], ends_with=signal.SIGKILL, environment={})

    stubborn.stop(signal.SIGTERM, signal.SIGKILL, patience=0.3)

    assert not stubborn.is_running()
