"""Killed in the middle of an import, or while it tells matters of it: nothing is half, nothing lost, nothing twice."""

from pathlib import Path

import pytest
from tests.builders import NOW
from tests.faults.exit_codes import DONE, KILLED
from tests.faults.orders import Driver
from tests.faults.traps import CASES
from tests.suggestions import COURT, HOUSING, County, act, kinds

from fuyuantong.matters.services.acts import open_by_hand
from fuyuantong.matters.session import acting
from fuyuantong.registers.cases.models.case import Appearance, CaseEvent, CourtCase, Defendant, Hearing
from fuyuantong.registers.cases.models.telling import Demand

pytestmark = pytest.mark.slow
HEAD = "案号,被告,立案日期,开庭日期,负责人出庭,结案日期,结案方式"
ROWS = 40


def a_file(folder: Path, *, ending: str = "") -> Path:
    """Write a file of cases, heard and ended."""
    rows = (f"（2026）豫0825行初{n}号,住建局,2026-01-05,2026-02-05,出庭,{ending}" for n in range(1, ROWS + 1))
    file = folder / "案件.csv"
    file.write_text("\n".join((HEAD, *rows)), encoding="utf-8")
    return file


def counts() -> set[int]:
    """Return how many rows the tables of the register have."""
    with acting():
        return {table.objects.count() for table in (CourtCase, CaseEvent, Defendant, Hearing, Appearance)}


def test_an_import_that_is_killed_has_written_nothing_and_can_be_made_again(
    driver: Driver, county: County, data_dir: Path
):
    file = a_file(data_dir)
    for point in (*CASES, "commit"):
        assert (driver.bring(file, by=COURT, point=point), counts()) == (KILLED, {0})

    assert (driver.bring(file, by=COURT, point="answer"), counts()) == (KILLED, {ROWS})
    assert (driver.bring(file, by=COURT), counts()) == (DONE, {ROWS})


def test_a_worker_that_is_killed_leaves_the_rest_to_the_next_and_tells_nothing_twice(
    driver: Driver, county: County, data_dir: Path
):
    known = {"instance": "一审", "cause": "行政处罚", "defendant_organ": HOUSING, "hearing_on": "2027-05-05"}
    more = {"duty": "应当通知出庭", "trigger": "公共卫生安全", "place": "第三审判庭"}
    uids = []
    for n in (1, 2, 3):
        uids.append(open_by_hand("head-appearance", f"{n}", by=county.by(COURT), now=NOW).matter)
        act(county, uids[-1], "schedule", now=NOW, case_number=f"（2026）豫0825行初{n}号", **known, **more)
    assert driver.bring(a_file(data_dir, ending="2026-03-01,准许撤诉"), by=COURT) == DONE

    assert driver.work("tell", point="record", countdown=2) == KILLED
    assert sum(kinds(uid).count("slip-admitted") for uid in uids) == 1
    assert driver.work("tell", point="answer", countdown=1) == KILLED
    assert driver.work("tell") == DONE
    assert [kinds(uid) for uid in uids] == [["open", "schedule", "slip-admitted"]] * 3
    with acting():
        assert Demand.objects.count() == 0
