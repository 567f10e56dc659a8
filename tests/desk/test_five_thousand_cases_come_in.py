"""From five thousand cases to a problem that comes back: the litigation chapter from one end to the other."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect
from tests.desk.acting import fill, press, said
from tests.desk.conftest import Complaints, barriers, photograph
from tests.suggestions import COURT, HOUSING, LETTER, County, act, answer_of, at, closed, drafted, last, standing

from fuyuantong.matters.affairs import affair_of
from fuyuantong.matters.database_world import current_calendar
from fuyuantong.matters.models.link import Link, LinkKind
from fuyuantong.matters.services.about import open_about
from fuyuantong.matters.services.files import store_file
from fuyuantong.matters.services.setting import set_organs
from fuyuantong.matters.session import acting
from fuyuantong.matters.sight import reader_of, reading
from fuyuantong.organs.models import Account, Organ
from fuyuantong.registers.cases.models.case import Appearance, CourtCase
from fuyuantong.registers.cases.models.publication import Bulletin
from fuyuantong.registers.cases.services.listening import listen

pytestmark = pytest.mark.slow
Official = Callable[..., Page]
Clock = Callable[[datetime], None]
OFFICE = "410825-liaison-office"
CASES = 5_000
NOW = at("2026-11-22")
HEAD = "案号,被告,立案日期,送达日期,开庭日期,负责人出庭,结案日期,结案方式,原审案号,去向,去向案号"
SUED = ("县住建局", "县自然资源局", "县住建局；县自然资源局", "县政府")
HEARD = "（2026）豫0825行初5000号"
FAULTS = {  # line: what is wrong in it, where, and in which words
    7: ({0: "豫0825行初7号"}, "案号", "应以括号中的四位年份开头"),
    19: ({0: "（2026）豫0825民初19号"}, "案号", "不是行政案件"),
    64: ({0: "（2026）豫0825行初10号"}, "案号", "与第 11 行案号相同"),
    101: ({1: ""}, "被告", "须写明被告"),
    230: ({2: "2026年13月1日"}, "立案日期", "不是日期"),
    413: ({2: "2027-01-01", 3: "", 4: "", 5: ""}, "立案日期", "在今天之后"),
    800: ({3: "2026-06-29；2026-06-30；2026-07-01"}, "送达日期", "被告有"),
    1212: ({4: "", 5: "出庭"}, "负责人出庭", "没有开庭日期"),
    2048: ({5: "大概来了"}, "负责人出庭", "不是出庭情况"),
    3003: ({6: "2026-01-01", 7: "J01"}, "结案日期", "早于立案日期"),
    4100: ({6: "2026-06-01", 7: "胜诉"}, "结案方式", "没有“胜诉”"),
    4999: ({9: "并案"}, "去向案号", "须写明去向案号"),
}


def rows_of(random: Random) -> list[list[str]]:
    """Return cases that never were; the last one is heard at the end of the year."""
    rows = []
    for n in range(1, CASES + 1):
        filed = date(2026, 1 + n % 6, 1 + n % 28)
        heard = date(2026, 7 + n % 3, 1 + random.randrange(28))
        finding = random.choices(("出庭", "正职出庭", "未出庭", "有正当理由未出庭"), (6, 2, 1, 1))[0]
        ended = ("2026-10-12", random.choice(("J01", "准许撤诉", "判决撤销"))) if n % 4 else ("", "")
        day = filed.isoformat()
        rows.append([f"（2026）豫0825行初{n}号", SUED[n % 4], day, day, heard.isoformat(), finding, *ended, "", "", ""])
    rows[-1][1:8] = ["县住建局", "2026-10-08", "2026-10-09", "2026-12-18", "", "", ""]
    return rows


@pytest.fixture
def county(stage: object) -> County:
    """Give those of the demo county who sign for the court, the bureau and the office."""
    who = {COURT: "court.signer", HOUSING: "housing.signer", OFFICE: "liaison-office.signer"}
    organs = {code: Organ.objects.get(code=code) for code in who}
    return County(organs, {code: Account.objects.get(username=name) for code, name in who.items()})


def test_five_thousand_cases_and_a_problem_that_comes_back(
    county: County, official: Official, complaints: Complaints, clock: Clock, tmp_path: Path
) -> None:
    clock(NOW)
    court = official("court.signer")
    _import(court, tmp_path / "案件.csv")
    notice = _notice(court, county)
    clock(at("2026-12-18"))
    suggestion = _absent(official("court.signer"), notice)
    _answered(county, suggestion)
    clock(at("2027-01-05"))
    _bulletin(official("court.signer"))
    clock(at("2027-09-01"))
    _comes_back(official("court.signer"), county, suggestion)
    assert complaints == []


def uploaded(court: Page, path: Path, rows: list[list[str]]) -> None:
    """Bring a file of cases."""
    path.write_text("\n".join((HEAD, *map(",".join, rows))), encoding="utf-8")
    court.goto("/cases/feeds")
    court.get_by_label("Excel 或 CSV 文件").set_input_files(path)
    press(court, "上传并核对")


def _import(court: Page, path: Path) -> None:
    """Twelve faults are shown by line and column; corrected, all five thousand are taken."""
    rows = rows_of(Random(5))
    wrong = [list(row) for row in rows]
    for line, (cells, _, _) in FAULTS.items():
        for place, text in cells.items():
            wrong[line - 2][place] = text
    uploaded(court, path, wrong)
    lines = court.get_by_role("region", name="有误之处").locator("tbody tr")
    shown = [line.split("\t") for line in lines.all_inner_texts()]

    assert [(int(line), column) for line, column, _ in shown] == [(line, told[1]) for line, told in FAULTS.items()]
    assert all(words in said for (_, _, said), (_, _, words) in zip(shown, FAULTS.values(), strict=True))
    photograph(court, "cases-twelve-faults")
    assert barriers(court) == []
    uploaded(court, path, rows)
    with acting():
        assert CourtCase.objects.count() == 0
    press(court, "确认导入 5000 件")
    said(court, "已登记或者更正 5,000 个案件")


def _notice(court: Page, county: County) -> str:
    """The one hearing to come is notified from its list, the form filled in from the register."""
    court.goto("/cases/hearings")
    court.get_by_label("2026-12-18").check()
    press(court, "就勾选的开庭建立“负责人出庭应诉”")
    expect(court.locator("[name='case_number']")).to_have_value(HEARD)
    expect(court.locator("[name='hearing_on']")).to_have_value("2026-12-18")
    fill(court, cause="行政处罚", duty="应当通知出庭", trigger="重大人身财产权益", place="第三审判庭")
    press(court, "提交：排定开庭")
    uid = court.url.partition("/matter/")[2].partition("?")[0]
    act(county, uid, "serve", now=NOW)
    paper = store_file(b"%PDF", mime="application/pdf", now=NOW)
    who = {"attendee": "甲某", "attendee_post": "副局长", "rank": "副职", "staff": "科长"}
    act(county, uid, "attend", now=NOW, **who, identity=[paper])
    return uid


def _absent(court: Page, notice: str) -> str:
    """The head does not come: the register hears of it, and the suggestion that is owed opens by itself."""
    court.goto(f"/matter/{notice}?act=register")
    fill(court, finding="无正当理由未出庭", identity_check="未出庭无需审查", staff_present="是", spoke="否")
    press(court, "提交：登记出庭情况")
    listen(now=at("2026-12-18"))
    with acting():
        assert Appearance.objects.get(case__number=HEARD).finding == "absent"
        (opened,) = Link.objects.filter(from_uid=notice, kind=LinkKind.OPENED)
    assert standing(str(opened.to_uid)).situation.state == "owed"
    expect(court.locator(f"a[href='/matter/{opened.to_uid}']").first).to_be_visible()
    return str(opened.to_uid)


def _answered(county: County, suggestion: str) -> None:
    """Issued, let lie past its day, pressed by the office, answered late, adopted."""
    letter = {**LETTER, "kind": "负责人未出庭", "cause": HEARD}
    act(county, suggestion, "issue", now=at("2026-12-21"), receiver_organs=[HOUSING], reply_by="2027-02-22", **letter)
    answer = answer_of(suggestion, HOUSING)
    act(county, answer, "receive", now=at("2026-12-22"))
    late, by = at("2027-03-01"), county.by(OFFICE)
    who = county.people[OFFICE]
    set_organs("supervisors", [OFFICE], region_code="410825", basis="方案", valid_from=NOW.date(), by=who, now=NOW)
    with transaction.atomic(), reading(reader_of(county.people[COURT], at=late)) as reader:
        affair = affair_of(reader, UUID(answer), today=late.date(), calendar=current_calendar())
    order = open_about(affair, "supervision-order", affair.title, by=by, now=late).matter
    pressed = {"title": affair.title, "kind": "逾期事项", "addressee": HOUSING, "ground": affair.standing}
    act(county, order, "issue", now=late, **pressed, demand="立即书面答复", due_by="2027-03-10")
    closed(county, answer, now=at("2027-03-03"))

    assert last(answer).to_state == "adopted"
    assert standing(suggestion).situation.closed == "decided"
    assert "逾期" in affair.standing


def _bulletin(court: Page) -> None:
    """The quarters' figures are right organ by organ, with the absence that the matter told."""
    for span, figures in (
        ("2026-4", {"县住建局": ["1", "0", "0.0%", "1", "0", "0", "1", "0"]}),
        ("2026-3", {"县住建局": ["2499"], "县自然资源局": ["2500"], "县政府": ["1250"]}),
    ):
        court.goto(f"/cases/bulletins?span={span}")
        press(court, "发布通报")
        said(court, "发布")
        with acting():
            issued = Bulletin.objects.get(quarter=span[-1])
        court.goto(f"/cases/bulletins/{issued.pk}")
        for name, numbers in figures.items():
            line = court.get_by_role("row").filter(has_text=name)
            assert line.inner_text().split()[1 : 1 + len(numbers)] == numbers
        assert len(issued.figures) == len(figures)
    photograph(court, "cases-bulletin")


def _comes_back(court: Page, county: County, former: str) -> None:
    """Most of a year on the same is found again: the former suggestion is shown, and a person says that it recurs."""
    now = at("2027-09-01")
    uid = drafted(county, now=now)
    letter = {**LETTER, "kind": "负责人未出庭", "cause": "再次无正当理由未出庭"}
    act(county, uid, "issue", now=now, receiver_organs=[HOUSING], reply_by="2027-11-01", **letter)
    court.goto(f"/matter/{uid}")
    expect(court.locator(f"#recurrence a[href='/matter/{former}']")).to_be_visible()
    photograph(court, "matter-recurs")
    press(court, "是同一问题，再次发生")

    assert "再次发生" in last(uid).resolved["note"]
