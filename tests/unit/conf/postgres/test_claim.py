"""One owner of a cluster at a time; commands that come while it runs are its guests."""

import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests.databases import Databases, copy_of_the_seed

from fuyuantong.conf.data_dir import DataDirUnusable
from fuyuantong.conf.postgres import claim
from fuyuantong.conf.postgres.claim import AlreadyRunning, claimed, server_at_hand
from fuyuantong.conf.postgres.cluster import Cluster
from fuyuantong.conf.postgres.supervisor import running

GUEST = """
import sys
from pathlib import Path
from fuyuantong.conf.postgres.claim import server_at_hand
from fuyuantong.conf.postgres.cluster import Cluster
cluster = Cluster(Path(sys.argv[1]), durable=False)
with server_at_hand(cluster):
    print("joined", flush=True)
    sys.stdin.read()
    with cluster.connect() as connection:
        print(connection.execute("SELECT 'served'").fetchone()[0], flush=True)
"""

pytestmark = pytest.mark.slow


def test_a_guest_keeps_the_server_up_until_it_is_done(databases: Databases) -> None:
    with copy_of_the_seed() as cluster:
        with server_at_hand(cluster):
            guest = guest_of(cluster)
            assert guest.stdout
            assert guest.stdout.readline() == "joined\n"
            assert guest.stdin
            guest.stdin.close()

        assert guest.stdout.read() == "served\n"
        assert guest.wait() == 0


def test_who_comes_after_the_owner_becomes_the_owner(databases: Databases) -> None:
    with copy_of_the_seed() as cluster:
        for _ in range(2):
            with server_at_hand(cluster), cluster.connect() as connection:
                assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_second_site_is_refused_at_once_and_told_the_address(open_dir: Path) -> None:
    cluster = Cluster(open_dir / "postgres")

    with (
        claimed(cluster, address="http://127.0.0.1:8000"),
        pytest.raises(AlreadyRunning, match=r"http://127\.0\.0\.1:8000"),
        claimed(cluster, address="http://127.0.0.1:8001"),
    ):
        pass


def test_a_site_does_not_wait_forever_for_a_command(open_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claim, "PATIENCE_SECONDS", 0)
    cluster = Cluster(open_dir / "postgres")

    with claimed(cluster, address=""), pytest.raises(AlreadyRunning, match="的命令使用"), claimed(cluster, address="x"):
        pass


def test_a_command_does_not_wait_forever_for_a_server(open_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claim, "PATIENCE_SECONDS", 0)
    cluster = Cluster(open_dir / "postgres")

    with claimed(cluster, address="x") as held, ExitStack() as stack:
        held.announce(ready=True)

        with pytest.raises(AlreadyRunning, match="数据库没有应答"):
            stack.enter_context(server_at_hand(cluster))


def test_a_command_waits_for_an_owner_that_is_starting(databases: Databases) -> None:
    with copy_of_the_seed() as cluster, claimed(cluster, address="x") as held:
        guest = guest_of(cluster)
        with running(cluster):
            held.announce(ready=True)

            assert guest.communicate("")[0] == "joined\nserved\n"


def test_a_lock_that_cannot_be_opened_is_named(open_dir: Path) -> None:
    (open_dir / "postgres" / "owner.lock").mkdir(parents=True)

    with pytest.raises(DataDirUnusable, match=r"owner\.lock"), claimed(Cluster(open_dir / "postgres"), address="x"):
        pass


def test_an_owner_half_written_is_read_again(open_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claim, "PATIENCE_SECONDS", 0)
    cluster = Cluster(open_dir / "postgres")

    with claimed(cluster, address="x") as held, ExitStack() as stack:
        held.file.truncate(5)

        with pytest.raises(AlreadyRunning, match="另一进程"):
            stack.enter_context(server_at_hand(cluster))


def guest_of(cluster: Cluster) -> subprocess.Popen[str]:
    """Start a command on the same cluster that ends when its input does."""
    command = [sys.executable, "-c", GUEST, str(cluster.home)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
