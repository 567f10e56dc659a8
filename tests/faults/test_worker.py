"""The worker as a process does what is due by the clock; killed, it leaves nothing that the next one does not do."""

import subprocess
import sys
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued
from tests.databases import FreshDatabase
from tests.faults.exit_codes import KILLED
from tests.processes import environment
from tests.suggestions import HOUSING, County, answer_of, at, issued, kinds, replying

from fuyuantong.matters import tasks
from fuyuantong.matters.models.notice import Notice
from fuyuantong.matters.models.outbox import Outbox
from fuyuantong.matters.session import acting

LONG_AGO = at("2026-03-02")


def worker(database: FreshDatabase, data_dir: Path, *command: str) -> int:
    """Let a worker do what waits; shape: its exit code."""
    env = environment(data_dir, DJANGO_SETTINGS_MODULE="fuyuantong.conf.settings", **database.environment())
    return subprocess.run([sys.executable, *command], env=env, check=False, capture_output=True, timeout=120).returncode


REAL = ("-m", "django", "procrastinate", "--skip-checks", "worker", "--one-shot")
KILLED_ONE = ("-m", "tests.faults.killed_worker")


def told() -> list[str]:
    """Return the organs that were told something, once for each time."""
    with transaction.atomic(), acting():
        return list(Notice.objects.values_list("organ__code", flat=True))


def waiting() -> int:
    """Return how much waits to be sent."""
    with transaction.atomic(), acting():
        return Outbox.objects.filter(done_at=None).count()


def test_these_tasks_are_done_by_the_clock():
    found = {
        periodic.task.name.rpartition(".")[2]: periodic.cron
        for periodic in app.periodic_registry.periodic_tasks.values()
    }

    assert found == {
        "send": "* * * * *",
        "tell_people": "* * * * *",
        "tell_and_listen": "* * * * *",
        "warn_of_similar_cases": "40 1 * * *",
        "forget_sessions": "40 3 * * *",
        "let_time_pass": "*/5 * * * *",
        "follow_the_directory": "*/5 * * * *",
        "forget_jobs": "20 * * * *",
        "keep_the_tasks_ledger": "*/10 * * * *",
        "suggest_evidence_anew": "30 4 * * *",
    }


@pytest.mark.slow
def test_a_worker_sends_and_lets_time_pass(fresh_database: FreshDatabase, county: County, data_dir: Path):
    uid = answer_of(issued(county, now=LONG_AGO, reply_by="2026-04-30"), HOUSING)
    for task in (tasks.let_time_pass, tasks.follow_the_directory, tasks.forget_jobs, tasks.send):
        task.defer(timestamp=0)

    assert worker(fresh_database, data_dir, *REAL) == 0
    assert kinds(uid)[:3] == ["open", "lapse", "lapse"]
    assert (HOUSING in told(), waiting()) == (True, 0)


@pytest.mark.slow
def test_what_a_killed_worker_has_not_marked_the_next_one_sends_once(
    fresh_database: FreshDatabase, county: County, data_dir: Path
):
    now = timezone.now()
    replying(county, now=now, reply_by=str(now.date() + timedelta(days=30)))
    tasks.send.defer(timestamp=0)
    assert worker(fresh_database, data_dir, *KILLED_ONE) == KILLED
    assert (told(), waiting()) == ([], 4)
    assert ProcrastinateJob.objects.filter(task_name=tasks.send.name, status="doing").count() == 1

    with suppress(AlreadyEnqueued):  # by the clock, in the moment before it was killed
        tasks.send.defer(timestamp=1)
    assert worker(fresh_database, data_dir, *REAL) == 0
    assert (told(), waiting()) == ([HOUSING], 0)
