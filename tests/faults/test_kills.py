"""Killed at any point, a client or a worker loses nothing that it was told, and leaves nothing half."""

import os
from pathlib import Path
from random import Random

import pytest
from tests.builders import NOW
from tests.faults.client import answered, unanswered
from tests.faults.exit_codes import DONE, KILLED
from tests.faults.orders import Driver
from tests.faults.soundness import Auditor
from tests.faults.traps import POINTS
from tests.suggestions import County, kinds, replying

# how often each point may be passed before it kills
FURTHEST = {"record": 12, "matter": 8, "follow-up": 3, "number": 2, "notice": 3, "commit": 9, "answer": 9, "file": 5}
SOAK_ROUNDS = 500


def killed_at(driver: Driver, auditor: Auditor, point: str, *, countdown: int, seed: int) -> bool:
    """Let a client, or a worker, be killed at a point; look; let them go on; look again. Tells whether it was killed."""
    if point == "notice":
        assert driver.act(seed=seed, acts=3) == DONE
        code = driver.work("send", point=point, countdown=countdown)
    else:
        code = driver.act(point=point, countdown=countdown, seed=seed)
    auditor.look(driver.journal)
    assert driver.act(seed=seed + 1, acts=2) == DONE
    assert unanswered(driver.journal) == []
    assert driver.work("send") == DONE
    auditor.look(driver.journal)
    assert code in (DONE, KILLED)
    return code == KILLED


@pytest.mark.slow
def test_killed_once_at_each_point_nothing_is_lost_and_nothing_half(driver: Driver, auditor: Auditor):
    assert driver.act(acts=10) == DONE
    reached = [killed_at(driver, auditor, point, countdown=1, seed=7) for point in POINTS]

    assert reached == [True] * len(POINTS)
    assert len(answered(driver.journal)) > 20


NOTICE = "date,kind,name\n2027-01-01,holiday,元旦\n"


@pytest.mark.slow
@pytest.mark.parametrize("point", ["record", "answer"])
def test_killed_while_it_recomputes_a_worker_leaves_the_rest_to_the_next(
    driver: Driver, county: County, data_dir: Path, point: str
):
    uids = [replying(county, now=NOW, reply_by="2027-01-01") for _ in range(4)]
    (data_dir / "holidays").mkdir()
    (data_dir / "holidays" / "2027.csv").write_text(NOTICE, encoding="utf-8")

    assert driver.work("recompute", point=point, countdown=3) == KILLED
    assert 0 < sum(kinds(uid).count("clock-recomputed") for uid in uids) < 4
    assert driver.work("recompute") == DONE
    assert [kinds(uid).count("clock-recomputed") for uid in uids] == [1, 1, 1, 1]


@pytest.mark.soak
def test_killed_at_random_points_over_and_over(driver: Driver, auditor: Auditor, capsys: pytest.CaptureFixture[str]):
    rounds, seed = int(os.environ.get("ROUNDS", SOAK_ROUNDS)), int(os.environ.get("SEED", "0"))
    killed = dict.fromkeys(POINTS, 0)
    for number in range(rounds):
        random = Random(seed + number)
        point = random.choice(POINTS)
        countdown = random.randint(1, FURTHEST[point])
        with capsys.disabled():
            print(f"round {number}: seed {seed + number}, {point} × {countdown}", flush=True)
        killed[point] += killed_at(driver, auditor, point, countdown=countdown, seed=seed + number)

    with capsys.disabled():
        acts = len(answered(driver.journal))
        print(f"{rounds} rounds, killed {sum(killed.values())} times: {killed}; {acts} acts acknowledged, none lost")
    assert sum(killed.values()) > rounds / 2
