"""What an act costs: seconds of a core, here and in the database; waiting for others does not count."""

import time
from collections.abc import Callable

import psutil
import psycopg
from django.db import connection


def cores_used(used: psycopg.Connection) -> float:
    """Return the seconds of a core that this process and its server have used so far."""
    return time.process_time() + sum(psutil.Process(used.info.backend_pid).cpu_times()[:2])


def spent(act: Callable[[], object], *, times: int = 1) -> float:
    """Return the seconds of a core that an act takes."""
    connection.ensure_connection()
    begin = cores_used(connection.connection)
    for _ in range(times):
        act()
    return (cores_used(connection.connection) - begin) / times
