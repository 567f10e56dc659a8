"""An act beside a bare SQL transaction that writes the same rows: lock, record, matter, outbox, commit."""

import json
import secrets
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from statistics import median
from typing import Any

import psycopg
from django.db import connection, connections
from tests.bench.county import County
from tests.bench.spending import cores_used

from fuyuantong.conf.postgres.cluster import Cluster
from fuyuantong.conf.postgres.roles import APP_ROLE
from fuyuantong.matters.rehearsal.player import standing_now
from fuyuantong.matters.services.actors import By
from fuyuantong.matters.services.acts import Form, perform
from fuyuantong.organs.models import Account

ROUNDS = 9
SECONDS = 1.5
PROCESSES = (1, 2, 8)
PROGRESS = "现场核查已完成，正在组织整改。"


@dataclass(frozen=True)
class Job:
    """What one process does for a while: act, or write the same rows bare."""

    kind: str
    matter: str
    username: str
    organ: str
    place: dict[str, Any]


def table(county: County, cluster: Cluster, *, database: str) -> str:
    """Return acts and bare transactions per second, their ratio, and that of the cores they need, for 1, 2 and 8 processes."""
    matters = county.at_work(max(PROCESSES) * 2)
    holders = [standing_now(uid).situation for uid in matters]
    people = [county.player.cast.by(held.holder, held, signs=False) for held in holders]
    place = {
        "host": str(cluster.socket_dir),
        "dbname": database,
        "user": APP_ROLE,
        "password": cluster.password(APP_ROLE),
    }
    jobs = [Job("", uid, by.account.username, by.organ, place) for uid, by in zip(matters, people, strict=True)]
    connections.close_all()
    lines = ["办理一次 / 同样各行的裸 SQL 事务（耐久提交）", "进程  办理/秒  裸写/秒  倍数  用核的倍数"]
    for count in PROCESSES:
        rounds = _side_by_side(jobs, count)
        acted, bare, ratio, cores = (median(figures) for figures in zip(*rounds, strict=True))
        lines.append(f"{count:>4}  {acted:>7.0f}  {bare:>7.0f}  {ratio:>4.2f}  {cores:>10.2f}")
    return "\n".join(lines)


def _side_by_side(jobs: list[Job], count: int) -> list[tuple[float, float, float, float]]:
    """Return the figures of each round; a neighbour meets both ways."""
    rounds = []
    half = len(jobs) // 2
    with ProcessPoolExecutor(count, mp_context=get_context("fork")) as pool:
        for _ in range(ROUNDS):
            acted, acting = map(sum, zip(*pool.map(_act, jobs[:count]), strict=True))
            bare, writing = map(sum, zip(*pool.map(_write_bare, jobs[half : half + count]), strict=True))
            rounds.append((acted, bare, bare / acted, acting / writing))
    return rounds


def _act(job: Job) -> tuple[float, float]:
    """Return acts per second of one process, and the seconds of a core that one needs."""
    by = By(Account.objects.get(username=job.username), organ=job.organ)
    now = datetime.now(UTC) + timedelta(seconds=1)
    form = Form({"progress": PROGRESS})
    return _rate(lambda: perform(job.matter, "note_progress", by=by, now=now, form=form), connection.connection)


def _write_bare(job: Job) -> tuple[float, float]:
    """Return bare transactions per second of one process, and the seconds of a core that one needs."""
    with psycopg.connect(**job.place) as bare:
        bare.execute("SET ROLE app_engine")
        row = _last_rows(bare, job)
        bare.commit()
        return _rate(lambda: _bare(bare, row), bare)


def _rate(once: Callable[[], object], used: psycopg.Connection) -> tuple[float, float]:
    once()
    began, cores, count = time.perf_counter(), cores_used(used), 0
    while time.perf_counter() - began < SECONDS:
        once()
        count += 1
    return count / (time.perf_counter() - began), (cores_used(used) - cores) / count


def _last_rows(bare: psycopg.Connection, job: Job) -> dict[str, Any]:
    cursor = bare.execute(
        "SELECT m.id, m.seq, m.head, m.version, m.declaration_digest, m.state, m.holder_id, m.due_on,"
        " m.governing_clock, m.values::text AS matter_values, m.fold::text AS fold, r.epoch, r.node_id, r.resolved::text"
        " AS resolved, r.organ FROM matter m JOIN record r ON r.matter_id = m.id AND r.seq = m.seq WHERE m.uid = %s",
        [job.matter],
    )
    names = [column.name for column in cursor.description or ()]
    row = dict(zip(names, cursor.fetchone() or (), strict=True))
    # the clocks that the last record started were written by the act before; a report of progress starts none
    row["resolved"] = json.dumps({"holder": row["organ"], "directory_version": 1}, ensure_ascii=False)
    row["values"] = json.dumps({"progress": PROGRESS}, ensure_ascii=False)
    row["account"] = job.username
    return row


def _bare(bare: psycopg.Connection, row: dict[str, Any]) -> None:
    """Write what an act writes, with values that are all at hand."""
    now, digest = datetime.now(UTC) + timedelta(seconds=1), secrets.token_bytes(32)
    head = row["head"]
    bare.execute("SELECT id FROM matter WHERE id = %s FOR UPDATE", [row["id"]])
    bare.execute(
        "INSERT INTO record (matter_id, seq, epoch, node_id, kind, move, from_state, to_state, account, post, organ,"
        ' on_behalf_of, effective_on, recorded_at, basis, "values", resolved, files, prev, digest)'
        " VALUES (%s, %s, %s, %s, 'move', 'note_progress', %s, %s, %s, 'handler', %s, '', %s, %s, '', %s, %s, '{}', %s, %s)",
        [
            row["id"],
            row["seq"] + 1,
            row["epoch"],
            row["node_id"],
            row["state"],
            row["state"],
            row["account"],
            row["organ"],
            (now + timedelta(hours=8)).date(),
            now,
            row["values"],
            row["resolved"],
            head,
            digest,
        ],
    )
    bare.execute(
        "UPDATE matter SET version = %s, declaration_digest = %s, number = '', state = %s, phase = 0, holder_id = %s,"
        ' due_on = %s, governing_clock = %s, seq = %s, head = %s, stay_seq = %s, round = 0, "values" = %s, fold = %s'
        " WHERE id = %s",
        [
            row["version"],
            row["declaration_digest"],
            row["state"],
            row["holder_id"],
            row["due_on"],
            row["governing_clock"],
            row["seq"] + 1,
            digest,
            row["seq"] + 1,
            row["matter_values"],
            row["fold"],
            row["id"],
        ],
    )
    bare.execute("INSERT INTO outbox (target, body, created_at) VALUES ('record', %s, %s)", [row["values"], now])
    bare.commit()
    row["seq"], row["head"] = row["seq"] + 1, digest
