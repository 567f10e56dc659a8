"""Run the bundled PostgreSQL under an owner: it ends with its owner and recovers from any death."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg

from fuyuantong.conf.data_dir import keep_log_small
from fuyuantong.conf.postgres.binaries import Binaries, SystemUser, find_binaries, reachable_binaries, server_user
from fuyuantong.conf.postgres.cluster import DATABASE, Cluster
from fuyuantong.conf.postgres.leftovers import end_leftovers
from fuyuantong.conf.postgres.lifeline import BoundProcess, start_bound
from fuyuantong.conf.postgres.making import make_cluster, prepare_place, server_environment
from fuyuantong.conf.postgres.roles import APP_ROLE, ensure_app_role, ensure_database, grant_to_app
from fuyuantong.refusal import Refusal

START_SECONDS = 120
STOP_SECONDS = 30
SESSIONS_OF_A_DEAD_SERVER = b"pre-existing shared memory block"


class PostgresDidNotStart(Refusal):
    """Refuse to go on with a database server that does not come up."""

    key = "postgres-did-not-start"
    title = "数据库未能启动"


@dataclass
class Server:
    """Hold a running server."""

    cluster: Cluster
    main: BoundProcess

    def is_running(self) -> bool:
        """Tell whether the server's main process lives."""
        return self.main.is_running()

    def stop(self) -> None:
        """Stop the server at once and cleanly: sessions are cut off, everything committed is on disk."""
        self.main.stop(signal.SIGINT, signal.SIGQUIT, patience=STOP_SECONDS)


@contextmanager
def running(cluster: Cluster) -> Iterator[Server]:
    """Give a running server with its database and roles, and stop it afterwards."""
    server = start(cluster)
    try:
        yield server
    finally:
        server.stop()


def start(cluster: Cluster) -> Server:
    """
    Start the server of `cluster`, making what is missing and ending what an earlier owner left behind.

    The caller holds the cluster's claim: there is one owner at a time (`claim.py`).
    Raises: `PostgresDidNotStart` with the end of the log; `PostgresNotFound`; `ClusterNotMade`; `DataDirUnusable`.
    """
    user = server_user()
    prepare_place(cluster, user=user)
    binaries = reachable_binaries(find_binaries(), user=user, spare=cluster.place)
    if not cluster.data.is_dir():
        make_cluster(cluster, binaries=binaries, user=user)
    _check_version(cluster, binaries=binaries)
    end_leftovers(cluster)
    server = _start_until_ready(cluster, binaries=binaries, user=user)
    with cluster.connect(database="postgres") as connection:
        ensure_database(connection, name=DATABASE)
    with cluster.connect() as connection:
        ensure_app_role(connection, password=cluster.password(APP_ROLE))
        grant_to_app(connection)
    return server


def _check_version(cluster: Cluster, *, binaries: Binaries) -> None:
    made_by = int((cluster.data / "PG_VERSION").read_text(encoding="ascii"))
    if made_by != binaries.major:
        raise PostgresDidNotStart(
            f"数据目录由 PostgreSQL {made_by} 建立，而现有程序是 {binaries.major}。",
            remedy=f"请用 PostgreSQL {made_by} 导出（pg_dumpall）后在新目录导入，或恢复原版本。",
        )


def _start_until_ready(cluster: Cluster, *, binaries: Binaries, user: SystemUser) -> Server:
    deadline = time.monotonic() + START_SECONDS
    keep_log_small(cluster.log)
    while True:
        log_size = cluster.log.stat().st_size if cluster.log.exists() else 0
        server = _launch(cluster, binaries=binaries, user=user)
        if _becomes_ready(server, deadline=deadline):
            return server
        server.stop()
        said = cluster.log.read_bytes()[log_size:]
        # sessions of a killed server end by themselves within moments
        if SESSIONS_OF_A_DEAD_SERVER not in said or time.monotonic() > deadline:
            raise PostgresDidNotStart(
                said.decode(errors="replace")[-2000:].strip(), remedy=f"完整日志见“{cluster.log}”。"
            )
        time.sleep(0.2)


def _launch(cluster: Cluster, *, binaries: Binaries, user: SystemUser) -> Server:
    with cluster.log.open("ab") as log:
        main = start_bound(
            [str(binaries.directory / "postgres"), "-D", str(cluster.data), *_settings(cluster)],
            ends_with=signal.SIGINT,
            environment=server_environment(binaries),
            log=log,
            user=user.process_options(),
        )
    return Server(cluster, main)


def _settings(cluster: Cluster) -> list[str]:
    quoted = str(cluster.socket_dir).replace('"', '""')
    named = {
        "listen_addresses": "",
        "port": "5432",
        "unix_socket_directories": f'"{quoted}"',
        "unix_socket_permissions": "0700",
        "max_connections": "100",
        "shared_buffers": "128MB" if cluster.durable else "32MB",
    }
    if not cluster.durable:
        named |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    return [word for name, value in named.items() for word in ("-c", f"{name}={value}")]


def _becomes_ready(server: Server, *, deadline: float) -> bool:
    while server.is_running() and time.monotonic() < deadline:
        try:
            server.cluster.connect(database="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.03)
        else:
            return True
    return False
