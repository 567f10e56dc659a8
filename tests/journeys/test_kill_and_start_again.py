"""A site that was killed in any way starts again by itself, with all that was committed and no orphans."""

import signal
from functools import partial
from pathlib import Path

import psutil
import pytest
from tests.processes import Site, all_gone, eventually, serving

from fuyuantong.conf.postgres.cluster import Cluster, cluster_of

pytestmark = pytest.mark.slow


def note(cluster: Cluster, word: str) -> None:
    """Commit a word to the database."""
    with cluster.connect() as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS noted (word text)")
        connection.execute("INSERT INTO noted VALUES (%s)", [word])


def noted(cluster: Cluster) -> list[str]:
    """Return the words that were committed."""
    with cluster.connect() as connection:
        return [word for (word,) in connection.execute("SELECT word FROM noted")]


def kill(*victims: psutil.Process) -> None:
    """Kill processes so that none of them can clean up."""
    for victim in victims:
        victim.kill()


def launcher(site: Site) -> psutil.Process:
    """Return the launcher of a site."""
    return psutil.Process(site.process.pid)


def test_a_killed_launcher_takes_everything_with_it_and_the_next_start_recovers(prepared_dir: Path) -> None:
    with serving(prepared_dir) as site:
        note(cluster_of(prepared_dir), "before")
        family = site.family()

        kill(launcher(site))

        assert eventually(lambda: all_gone(family))
    with serving(prepared_dir) as site:
        assert noted(cluster_of(prepared_dir)) == ["before"]


def test_launcher_and_database_killed_together_leave_nothing_and_start_again(prepared_dir: Path) -> None:
    with serving(prepared_dir) as site:
        note(cluster_of(prepared_dir), "before")
        family = site.family()

        kill(launcher(site), site.program("postgres"))

        assert eventually(lambda: all_gone(family))
    with serving(prepared_dir) as site:
        assert noted(cluster_of(prepared_dir)) == ["before"]


def test_launcher_and_web_server_killed_together_leave_no_orphan(prepared_dir: Path) -> None:
    with serving(prepared_dir) as site:
        family = site.family()

        kill(launcher(site), site.program("granian"))

        assert eventually(lambda: all_gone(family))


def test_whatever_dies_alone_is_started_again(prepared_dir: Path) -> None:
    with serving(prepared_dir) as site:
        note(cluster_of(prepared_dir), "before")
        killed = {program: site.program(program) for program in ("postgres", "granian", "django")}

        kill(*killed.values())

        for program, victim in killed.items():
            assert eventually(partial(site.has_another, program, than=victim))
        assert eventually(site.answers)
        assert noted(cluster_of(prepared_dir)) == ["before"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_told_to_stop_it_stops_all_and_cleanly(prepared_dir: Path, number: signal.Signals) -> None:
    with serving(prepared_dir) as site:
        family = site.family()

        site.process.send_signal(number)

        assert site.process.wait(60) == 0
        assert all_gone(family[1:])
        assert "database system is shut down" in cluster_of(prepared_dir).log.read_text(encoding="utf-8")
