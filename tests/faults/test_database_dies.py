"""A database that is killed, or that has no room, keeps all that it acknowledged, and goes on when it can."""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from django.db import connections
from pytest_django import DjangoDbBlocker
from tests.databases import SHELF, Databases, FreshDatabase, copy_of_the_seed
from tests.faults.client import answered
from tests.faults.exit_codes import CUT_OFF, DONE
from tests.faults.orders import driving
from tests.faults.small_disk import fill, small_disk
from tests.faults.soundness import Auditor
from tests.processes import eventually
from tests.suggestions import a_county

from fuyuantong.conf.postgres.cluster import DATABASE, Cluster
from fuyuantong.conf.postgres.supervisor import Server, start

pytestmark = pytest.mark.slow
MANY = 100_000
ROOM = 400_000  # bytes: enough to begin, not for long


@dataclass
class OwnServer:
    """Hold a server of a test's own, as durable as a real one."""

    server: Server

    @property
    def database(self) -> FreshDatabase:
        """Return the database that processes of the test work on."""
        return FreshDatabase(self.server, DATABASE)

    def kill(self) -> None:
        """Kill the server's main process, so that it cannot clean up."""
        self.server.main.process.send_signal(signal.SIGKILL)
        self.server.main.process.wait()

    def recover(self) -> None:
        """Start it again if it has died, as the launcher does; connections to the dead one are of no use."""
        connections.close_all()
        if not self.server.is_running():
            self.server = start(self.server.cluster)


@contextmanager
def own_server(cluster: Cluster, databases: Databases) -> Iterator[OwnServer]:
    """Give a server to which Django points meanwhile."""
    before, own = databases.in_use, OwnServer(start(replace(cluster, durable=True)))
    try:
        Databases(own.server).use(DATABASE)
        yield own
    finally:
        databases.use(before)
        own.server.stop()


@pytest.fixture
def own(databases: Databases, django_db_blocker: DjangoDbBlocker) -> Iterator[OwnServer]:
    """Give a server on the disk that all tests use."""
    with django_db_blocker.unblock(), copy_of_the_seed() as cluster, own_server(cluster, databases) as found:
        yield found


def test_killed_while_a_client_acts_it_keeps_every_answer(own: OwnServer, data_dir: Path, auditor: Auditor):
    with driving(own.database, data_dir, a_county()) as driver:
        for number in (1, 2):
            driver.begin_acting(acts=MANY, seed=number)
            assert eventually(lambda n=number: len(answered(driver.journal)) > 8 * n)
            own.kill()
            assert driver.ended() == CUT_OFF
            own.recover()
            auditor.look(driver.journal)
            assert driver.act(acts=2, seed=number) == DONE
        auditor.look(driver.journal)


@pytest.fixture
def own_on_a_small_disk(
    databases: Databases, django_db_blocker: DjangoDbBlocker, data_dir: Path
) -> Iterator[tuple[OwnServer, Path]]:
    """Give a server on a disk of its own, and that disk."""
    with (
        small_disk(SHELF / f"small-{data_dir.name}", size="200m") as disk,
        django_db_blocker.unblock(),
        copy_of_the_seed() as seed,
    ):
        subprocess.run(["cp", "-Rp", seed.home, disk / "postgres"], check=True)
        with own_server(Cluster(disk / "postgres"), databases) as found:
            yield found, disk


def test_without_room_on_its_disk_it_refuses_and_loses_nothing(
    own_on_a_small_disk: tuple[OwnServer, Path], data_dir: Path, auditor: Auditor
):
    own, disk = own_on_a_small_disk
    with driving(own.database, data_dir, a_county()) as driver:
        filler = fill(disk, leaving=ROOM)
        assert driver.act(acts=MANY) == CUT_OFF
        filler.unlink()
        own.recover()
        auditor.look(driver.journal)

        assert driver.act(acts=5) == DONE
        auditor.look(driver.journal)
        assert len(answered(driver.journal)) > 5
