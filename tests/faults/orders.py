"""Giving orders to a driver process, and waiting for what becomes of them."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.builders import NOW
from tests.databases import FreshDatabase
from tests.processes import environment
from tests.suggestions import County


@dataclass
class Driver:
    """Hold the driver process."""

    process: subprocess.Popen[str]
    journal: Path
    people: dict[str, str]

    def act(self, *, point: str = "", countdown: int = 0, seed: int = 1, acts: int = 12) -> int:
        """Let a client act; shape: its exit code, `KILLED` if its trap has."""
        self.begin_acting(point=point, countdown=countdown, seed=seed, acts=acts)
        return self.ended()

    def begin_acting(self, *, point: str = "", countdown: int = 0, seed: int = 1, acts: int = 12) -> None:
        """Let a client act without waiting for its end."""
        more = {"seed": seed, "acts": acts, "journal": str(self.journal), "people": self.people}
        self._order("act", point, countdown, **more)

    def bring(self, file: Path, *, by: str, point: str = "") -> int:
        """Let a court import a file of cases from the command line; shape: as of `act`."""
        self._order("import", point, 1, file=str(file), by=self.people[by])
        return self.ended()

    def work(self, task: str, *, point: str = "", countdown: int = 0) -> int:
        """Let a worker send, or recompute; shape: as of `act`."""
        self._order(task, point, countdown, at=NOW.isoformat())
        return self.ended()

    def ended(self) -> int:
        """Wait for the end of what was begun; shape: its exit code."""
        assert self.process.stdout
        return int(self.process.stdout.readline())

    def _order(self, task: str, point: str, countdown: int, **more: object) -> None:
        assert self.process.stdin
        order = {"do": task, "point": point, "countdown": countdown, **more}
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()


@contextmanager
def driving(database: FreshDatabase, data_dir: Path, county: County) -> Iterator[Driver]:
    """Give a driver on a database and a data directory."""
    env = environment(data_dir, DJANGO_SETTINGS_MODULE="fuyuantong.conf.settings", **database.environment())
    people = {code: account.username for code, account in county.people.items()}
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.driver"], env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Driver(process, data_dir / "journal.jsonl", people)
        assert process.stdin
        process.stdin.close()
