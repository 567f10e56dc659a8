"""Sixty-four at once, in two processes: one wins, the others are told who did what; nothing is given twice."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from tests.databases import Databases, FreshDatabase
from tests.processes import environment
from tests.suggestions import (
    COURT,
    FORESTRY,
    HOUSING,
    LETTER,
    County,
    act,
    answer_of,
    at,
    closed,
    drafted,
    issued,
    kinds,
    reply,
    replying,
)

from fuyuantong.matters.models.clock import Rung
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.models.number import NumberTaken
from fuyuantong.matters.services.deferred import open_deferred
from fuyuantong.matters.services.engine import let_lapse
from fuyuantong.matters.services.ladder import climb
from fuyuantong.matters.services.trail import situation_of
from fuyuantong.matters.session import acting
from fuyuantong.matters.trails import folded, verify

pytestmark = pytest.mark.slow
MONDAY = at("2026-08-03")
EACH = 32


Race = Callable[[list[dict[str, Any]]], list[dict[str, Any]]]


@pytest.fixture(scope="module")
def racers(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[subprocess.Popen[str]]]:
    """Give two processes in which acts race."""
    template = FreshDatabase(databases.server, databases.in_use)
    more = {"DJANGO_SETTINGS_MODULE": "fuyuantong.conf.settings", **template.environment()}
    env = environment(tmp_path_factory.mktemp("racers"), **more)
    command = [sys.executable, "-m", "tests.faults.racer"]
    with ExitStack() as stack:
        yield [
            stack.enter_context(
                subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            )
            for _ in range(2)
        ]


@pytest.fixture
def race(racers: list[subprocess.Popen[str]], fresh_database: FreshDatabase) -> Race:
    """Return what lets acts race in both processes at once, and tells what became of each."""

    def race_of(acts: list[dict[str, Any]]) -> list[dict[str, Any]]:
        for racer, half in zip(racers, (acts[0::2], acts[1::2]), strict=True):
            _tell(racer, json.dumps({"database": fresh_database.name, "acts": half}))
        assert [_said(racer) for racer in racers] == ["ready\n"] * 2
        for racer in racers:
            _tell(racer, "go")
        return [result for racer in racers for result in json.loads(_said(racer))]

    return race_of


def _tell(racer: subprocess.Popen[str], line: str) -> None:
    assert racer.stdin
    racer.stdin.write(line + "\n")
    racer.stdin.flush()


def _said(racer: subprocess.Popen[str]) -> str:
    assert racer.stdout
    return racer.stdout.readline()


def an_act(county: County, uid: str, move: str, organ: str, *, key: str = "", **values: Any) -> dict[str, Any]:
    """Return one act as a racer is told of it."""
    account = county.people[organ].username
    return {
        "uid": uid,
        "move": move,
        "organ": organ,
        "account": account,
        "key": key,
        "at": MONDAY.isoformat(),
        "values": values,
    }


def all_stand() -> bool:
    """Tell whether every trail holds and every row says what its trail says."""
    with transaction.atomic(), acting():
        rows = list(Matter.objects.all())
        return all(verify(row) is None and folded(row) == situation_of(row) for row in rows)


def test_of_sixty_four_who_act_at_once_one_wins_and_is_named_to_the_others(race: Race, county: County):
    uid = answer_of(issued(county, HOUSING, now=MONDAY), HOUSING)
    results = race([an_act(county, uid, "receive", HOUSING) for _ in range(2 * EACH)])

    losers = [result for result in results if "seq" not in result]
    assert [result["seq"] for result in results if "seq" in result] == [2]
    assert {result["refused"] for result in losers} == {"not-offered"}
    winner = f"第 2 号记录：{HOUSING}（{county.people[HOUSING].username}）于 2026-08-03 “签收”"
    assert all(winner in result["detail"] for result in losers)
    assert (kinds(uid), all_stand()) == (["open", "receive"], True)


def test_the_same_request_sent_sixty_four_times_at_once_is_answered_alike(race: Race, county: County):
    uid = answer_of(issued(county, HOUSING, now=MONDAY), HOUSING)
    results = race([an_act(county, uid, "receive", HOUSING, key="one") for _ in range(2 * EACH)])

    assert Counter((result["seq"], result["again"]) for result in results) == {(2, False): 1, (2, True): 63}
    assert kinds(uid) == ["open", "receive"]


def test_numbers_taken_at_once_leave_no_gap(race: Race, county: County):
    uids = [drafted(county, now=MONDAY) for _ in range(EACH)]
    values = {**LETTER, "receiver_organs": [HOUSING], "reply_by": "2026-09-30"}
    results = race([an_act(county, uid, "issue", COURT, **values) for uid in uids])

    assert [result["seq"] for result in results] == [2] * len(uids)
    with transaction.atomic(), acting():
        assert sorted(NumberTaken.objects.values_list("serial", flat=True)) == list(range(1, len(uids) + 1))
        assert Matter.objects.filter(number__gt="").values("number").distinct().count() == len(uids)


def test_parents_and_children_at_once_never_wait_for_each_other(race: Race, county: County):
    acts = []
    for _ in range(6):
        parent = issued(county, HOUSING, FORESTRY, now=MONDAY)
        for organ in (HOUSING, FORESTRY):
            child = answer_of(parent, organ)
            act(county, child, "receive", now=MONDAY)
            reply(county, child, now=MONDAY)
            acts.append(an_act(county, child, "adopt", COURT, assessment="予以采纳。"))
        acts.append(an_act(county, parent, "stop_waiting", COURT, reason="已当面答复"))
        acts.append(an_act(county, parent, "withdraw", COURT, reason="情况变化"))
    results = race(acts)

    assert [result for result in results if "failed" in result] == []
    assert all_stand()


def test_recalls_and_answers_at_once_never_wait_for_each_other(race: Race, county: County):
    parents = [issued(county, HOUSING, FORESTRY, now=MONDAY) for _ in range(6)]
    acts = [an_act(county, parent, "withdraw", COURT, reason="情况变化") for parent in parents]
    for parent in parents:
        for organ in (HOUSING, FORESTRY):
            child = answer_of(parent, organ)
            acts.append(an_act(county, child, "receive", organ))
            acts.append(an_act(county, child, "recall", COURT, reason="情况变化"))
    results = race(acts)

    assert [result for result in results if "failed" in result] == []
    assert all_stand()


# workers


def by_two_workers(task: Any, **given: Any) -> int:
    """Let two workers do the same at once; shape: what they did together."""

    def work(_: int) -> int:
        try:
            done: int = task(**given)
            return done
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as workers:
        return sum(workers.map(work, range(2)))


def test_two_workers_take_a_rung_once(county: County):
    uids = [replying(county, now=MONDAY) for _ in range(4)]

    assert by_two_workers(climb, now=at("2026-10-08")) == 4
    assert [kinds(uid) for uid in uids] == [["open", "receive", "slip-admitted"]] * 4
    with transaction.atomic(), acting():
        assert Rung.objects.count() == 8


def test_two_workers_let_a_matter_lapse_once(county: County):
    uids = [answer_of(issued(county, HOUSING, now=MONDAY), HOUSING) for _ in range(4)]

    assert by_two_workers(let_lapse, now=at("2026-08-07")) == 4
    assert [kinds(uid) for uid in uids] == [["open", "lapse"]] * 4


def test_two_workers_open_what_was_put_off_once(county: County, data_dir: Path):
    for _ in range(4):
        closed(county, replying(county, now=MONDAY), now=MONDAY, look_back=True)

    assert by_two_workers(open_deferred, now=at("2027-02-10")) == 4
    with transaction.atomic(), acting():
        assert Matter.objects.filter(mechanism="look-back").count() == 4
