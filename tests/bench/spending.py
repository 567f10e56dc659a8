"""What an act costs: seconds of a core, here and in the database."""

import time
from collections.abc import Callable

import psutil
from django.db import connection


def spent(act: Callable[[], object], *, times: int = 1) -> float:
    """Return the seconds of a core that an act takes, here and in the database: waiting for others does not count."""
    connection.ensure_connection()
    backend = psutil.Process(connection.connection.info.backend_pid)
    begin = time.process_time() + sum(backend.cpu_times()[:2])
    for _ in range(times):
        act()
    return (time.process_time() + sum(backend.cpu_times()[:2]) - begin) / times
