"""The bundled server comes up from whatever an earlier one left behind."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from tests.databases import Databases, copy_of_the_seed
from tests.processes import all_gone, eventually

from fuyuantong.conf.postgres.cluster import SOCKET_NAME, Cluster
from fuyuantong.conf.postgres.leftovers import end_leftovers
from fuyuantong.conf.postgres.supervisor import PostgresDidNotStart, running, start

OWNER = """
import signal, sys
from pathlib import Path
from fuyuantong.conf.postgres.cluster import Cluster
from fuyuantong.conf.postgres.supervisor import start
print(start(Cluster(Path(sys.argv[1]), durable=False)).main.process.pid, flush=True)
signal.pause()
"""

pytestmark = pytest.mark.slow


@pytest.fixture
def cluster(databases: Databases) -> Iterator[Cluster]:
    """Give a stopped cluster that is complete."""
    with copy_of_the_seed() as cluster:
        yield cluster


def words(cluster: Cluster) -> list[tuple[int]]:
    """Return what the database answers to the simplest question."""
    with cluster.connect() as connection:
        return connection.execute("SELECT 1").fetchall()


def test_a_half_made_cluster_is_made_anew(open_dir: Path) -> None:
    cluster = Cluster(open_dir / "postgres", durable=False)
    draft = open_dir / "postgres" / "data.draft"
    draft.mkdir(parents=True)
    (draft / "PG_VERSION").write_text("18\n", encoding="ascii")

    with running(cluster):
        assert words(cluster) == [(1,)]
    assert not draft.exists()


def test_a_path_longer_than_a_socket_may_be_works(open_dir: Path) -> None:
    cluster = Cluster(open_dir / ("long" * 30) / "postgres", durable=False)

    with running(cluster):
        assert words(cluster) == [(1,)]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root must run the server as somebody else")
def test_root_in_a_directory_that_is_closed_to_others_finds_another_place(open_dir: Path) -> None:
    open_dir.chmod(0o700)
    cluster = Cluster(open_dir / "postgres", durable=False)

    with running(cluster):
        assert words(cluster) == [(1,)]
    assert cluster.place.parent == Path("/var/lib/fuyuantong")
    shutil.rmtree(cluster.place)


def test_a_lock_file_whose_process_id_was_given_to_another_program_is_no_obstacle(cluster: Cluster) -> None:
    with subprocess.Popen(["sleep", "60"], user=server_uid(cluster)) as stranger:
        leave_lock_files(cluster, pid=stranger.pid)

        with running(cluster):
            assert words(cluster) == [(1,)]
            assert stranger.poll() is None
        stranger.kill()


def test_a_lock_file_of_a_dead_process_is_no_obstacle(cluster: Cluster) -> None:
    with subprocess.Popen(["true"]) as dead:
        dead.wait()
    leave_lock_files(cluster, pid=dead.pid)

    with running(cluster):
        assert words(cluster) == [(1,)]


def test_a_lock_file_of_a_process_that_is_dead_and_not_yet_buried_is_no_obstacle(cluster: Cluster) -> None:
    with subprocess.Popen(["true"], user=server_uid(cluster)) as dead:
        assert eventually(lambda: psutil.Process(dead.pid).status() == psutil.STATUS_ZOMBIE)
        leave_lock_files(cluster, pid=dead.pid)

        with running(cluster):
            assert words(cluster) == [(1,)]


def test_a_spoiled_lock_file_is_reported(cluster: Cluster) -> None:
    (cluster.data / "postmaster.pid").write_text("?", encoding="utf-8")

    with pytest.raises(PostgresDidNotStart, match="lock file"):
        start(cluster)


def test_a_killed_server_is_recovered_with_all_that_was_committed(cluster: Cluster) -> None:
    durable = Cluster(cluster.home)
    first = start(durable)
    with durable.connect() as connection:
        connection.execute("CREATE TABLE kept (id int)")
    first.main.process.kill()
    first.main.process.wait()

    with running(durable), durable.connect() as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)


def test_the_server_ends_with_its_owner_however_that_ended(cluster: Cluster) -> None:
    server, owner = owned_elsewhere(cluster)

    owner.kill()

    assert eventually(lambda: all_gone([server]))
    owner.communicate()


def test_a_server_that_outlived_its_owner_is_ended_first(cluster: Cluster) -> None:
    server, owner = owned_elsewhere(cluster)
    # a stopped server cannot act on the news that its owner is gone
    server.send_signal(signal.SIGSTOP)
    owner.kill()
    owner.communicate()
    server.send_signal(signal.SIGCONT)

    with running(cluster):
        assert words(cluster) == [(1,)]
    assert all_gone([server])


def test_a_server_without_an_owner_is_ended_cleanly(cluster: Cluster) -> None:
    server = start(cluster)

    end_leftovers(cluster)

    assert not server.is_running()
    assert cluster.log.read_text(encoding="utf-8").rstrip().endswith("database system is shut down")


def test_another_major_version_is_refused_and_left_alone(cluster: Cluster) -> None:
    version = cluster.data / "PG_VERSION"
    version.write_text("13\n", encoding="ascii")

    with pytest.raises(PostgresDidNotStart, match="PostgreSQL 13"):
        start(cluster)


def leave_lock_files(cluster: Cluster, *, pid: int) -> None:
    """Leave what a server leaves that was killed: its process id, in its data and beside its socket."""
    for lock in (cluster.data / "postmaster.pid", cluster.socket_dir / f"{SOCKET_NAME}.lock"):
        lock.write_text(f"{pid}\n{cluster.data}\n", encoding="utf-8")


def owned_elsewhere(cluster: Cluster) -> tuple[psutil.Process, subprocess.Popen[str]]:
    """Start the server under an owner of its own; return both."""
    owner = subprocess.Popen([sys.executable, "-c", OWNER, str(cluster.home)], stdout=subprocess.PIPE, text=True)
    assert owner.stdout
    return psutil.Process(int(owner.stdout.readline())), owner


def server_uid(cluster: Cluster) -> int | None:
    """Return as whom a stranger must run to be mistaken for the server; None is ourselves."""
    return cluster.data.stat().st_uid if os.geteuid() == 0 else None
