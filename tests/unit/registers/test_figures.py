"""Figures of the register, counted by hand: three of five lost, one of two on disclosure, two of three heads in court."""

from datetime import date

import pytest
from tests.suggestions import COURT

from fuyuantong.docket.outcomes import default_losses
from fuyuantong.matters.session import acting
from fuyuantong.registers.cases.figures import FIGURES, WHY_NOT, Asked, Days, Line, keeps_cases

pytestmark = pytest.mark.django_db
HEAD = "案号,被告,案由,立案日期,开庭日期,负责人出庭,结案日期,结案方式"
CASES = (
    "（2026）豫0825行初1号,住建局,行政处罚,2026-03-02,2026-07-08,出庭,2026-07-10,判决撤销",
    "（2026）豫0825行初2号,住建局；林业局,行政处罚,2026-03-02,2026-08-08,未出庭；正职出庭,2026-08-20,判决驳回诉讼请求",
    "（2026）豫0825行初3号,住建局,政府信息公开,2026-03-02,,,2026-09-30,判决撤销",
    "（2026）豫0825行初4号,住建局,政府信息公开,2026-03-02,,,2026-07-01,判决驳回诉讼请求",
    "（2026）豫0825行初5号,林业局,行政许可,2026-03-02,,,2026-08-01,判决部分撤销",
    "（2026）豫0825行初6号,林业局,行政许可,2026-03-02,2026-10-08,出庭,2026-10-09,判决撤销",  # of the next quarter
    "（2026）豫0825行初7号,林业局,行政许可,2026-03-02,,,,",
)


@pytest.fixture
def asked(county, feed):
    feed(*CASES, head=HEAD)
    return Asked(county.organs[COURT].pk, Days(date(2026, 7, 1), date(2026, 9, 30)), default_losses())


@pytest.mark.parametrize(
    ("name", "line"),
    [("行政机关败诉率", Line(3, 5)), ("信息公开案件败诉率", Line(1, 2)), ("行政机关负责人出庭率", Line(2, 3))],
)
def test_a_figure_is_what_one_counts_by_hand(asked, name, line):
    with acting():
        assert FIGURES[name].reckon(asked) == line


def test_without_a_case_nothing_can_be_reckoned(county, asked):
    with acting():
        assert (keeps_cases(asked.keeper), keeps_cases(county.organs["410825-housing"].pk)) == (True, False)


def test_what_cannot_be_reckoned_says_why():
    assert not FIGURES.keys() & WHY_NOT.keys()
