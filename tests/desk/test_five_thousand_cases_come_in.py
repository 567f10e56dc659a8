"""From five thousand cases to a problem that comes back: the litigation chapter from one end to the other."""

import re
from datetime import date
from random import Random
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from tests.suggestions import (
    COURT,
    HOUSING,
    LETTER,
    OFFICE,
    act,
    answer_of,
    at,
    closed,
    drafted,
    last,
    standing,
)

from fuyuantong.matters.affairs import affair_of
from fuyuantong.matters.database_world import current_calendar
from fuyuantong.matters.models.link import Link, LinkKind
from fuyuantong.matters.services.about import open_about
from fuyuantong.matters.services.files import store_file
from fuyuantong.matters.services.recurrence import judge_recurrence
from fuyuantong.matters.services.setting import set_organs
from fuyuantong.matters.session import acting
from fuyuantong.matters.sight import reader_of, reading
from fuyuantong.registers.cases.bulletins import IssueSpan
from fuyuantong.registers.cases.models.case import Appearance, CourtCase
from fuyuantong.registers.cases.models.feed import Feed
from fuyuantong.registers.cases.services.issuing import issue_bulletin
from fuyuantong.registers.cases.services.listening import listen

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
CASES = 5_000
NOW = at("2026-11-22")
HEAD = "案号,被告,立案日期,送达日期,开庭日期,负责人出庭,结案日期,结案方式,原审案号,去向,去向案号"
SUED = ("住建局", "林业局", "住建局；林业局", "政府")
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
    rows[-1][1:8] = ["住建局", "2026-10-08", "2026-10-09", "2026-12-18", "", "", ""]
    return rows


def a_file(rows: list[list[str]]) -> SimpleUploadedFile:
    return SimpleUploadedFile("案件.csv", "\n".join((HEAD, *map(",".join, rows))).encode())


def told(page: str) -> list[tuple[int, str, str]]:
    """Return the faults that a page shows: line, column, words."""
    cells = r'<tr><td data-label="行">(\d+)</td><td data-label="列">([^<]*)</td><td class="cell-wide">([^<]*)</td>'
    return [(int(row), column, words) for row, column, words in re.findall(cells, page)]


def test_five_thousand_cases_and_a_problem_that_comes_back(county):
    court = Client()
    court.force_login(county.people[COURT])
    _import(court)
    notice = _notice(court, county)
    suggestion = _absent(county, notice)
    _answered(county, suggestion)
    _comes_back(county, suggestion)
    _bulletin(court, county)


def _import(court: Client) -> None:
    """Twelve faults are shown by line and column; corrected, all five thousand are taken."""
    rows = rows_of(Random(5))
    wrong = [list(row) for row in rows]
    for line, (cells, _, _) in FAULTS.items():
        for place, text in cells.items():
            wrong[line - 2][place] = text
    shown = told(court.post("/cases/feeds", {"file": a_file(wrong)}, follow=True).content.decode())

    assert [(line, column) for line, column, _ in shown] == [(line, column) for line, (_, column, _) in FAULTS.items()]
    assert all(words in said for (_, _, said), (_, _, words) in zip(shown, FAULTS.values(), strict=True))
    page = court.post("/cases/feeds", {"file": a_file(rows)}, follow=True).content.decode()
    assert "新登记 <b>5000</b> 件" in page
    with acting():
        assert CourtCase.objects.count() == 0
        feed = Feed.objects.latest("created_at")
    assert "已登记或者更正 5,000 个案件" in court.post(f"/cases/feeds/{feed.pk}", follow=True).content.decode()


def _notice(court: Client, county) -> str:
    """The one hearing to come is notified from its list, the form filled in from the register."""
    page = court.get("/cases/hearings").content.decode()
    (mark,), way = re.findall(r'name="one" value="([^"]+)"', page), re.search(r'name="way" value="([^"]+)"', page)[1]
    begun = court.post("/cases/hearings/notify", {"one": mark, "way": way})
    uid = begun["Location"].rpartition("/")[2]
    known = {"case_number": HEARD, "instance": "一审", "defendant_organ": HOUSING, "hearing_on": "2026-12-18"}
    more = {"cause": "行政处罚", "duty": "应当通知出庭", "trigger": "重大人身财产权益", "place": "第三审判庭"}
    act(county, uid, "schedule", now=NOW, **known, **more)
    act(county, uid, "serve", now=NOW)
    paper = store_file(b"%PDF", mime="application/pdf", now=NOW)
    who = {"attendee": "甲某", "attendee_post": "副局长", "rank": "副职", "staff": "科长"}
    act(county, uid, "attend", now=NOW, **who, identity=[paper])
    return uid


def _absent(county, notice: str) -> str:
    """The head does not come: the register hears of it, and the suggestion that is owed opens by itself."""
    more = {"staff_present": True, "spoke": False, "identity_check": "未出庭无需审查"}
    act(county, notice, "register", now=at("2026-12-18"), finding="无正当理由未出庭", **more)
    listen(now=at("2026-12-18"))
    with acting():
        assert Appearance.objects.get(case__number=HEARD).finding == "absent"
        (opened,) = Link.objects.filter(from_uid=notice, kind=LinkKind.OPENED)
    assert standing(str(opened.to_uid)).situation.state == "owed"
    return str(opened.to_uid)


def _answered(county, suggestion: str) -> None:
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


def _comes_back(county, former: str) -> None:
    """A year on the same is found again: the earlier suggestion is shown, and a person says that it recurs."""
    now = at("2027-09-01")
    uid = drafted(county, now=now)
    letter = {**LETTER, "kind": "负责人未出庭", "cause": "再次无正当理由未出庭"}
    act(county, uid, "issue", now=now, receiver_organs=[HOUSING], reply_by="2027-11-01", **letter)
    judge_recurrence(uid, former, is_same=True, by=county.by(COURT), now=now)

    assert "再次发生" in last(uid).resolved["note"]


def _bulletin(court: Client, county) -> None:
    """The quarter's figures are right organ by organ, with the absence that the matter told."""
    issued = issue_bulletin(IssueSpan(2026, 4), by=county.by(COURT), now=at("2027-01-05"))
    page = court.get(f"/cases/bulletins/{issued.pk}").content.decode()

    assert [(row["name"], row["cases"], row["attended"], row["absent"]) for row in issued.figures] == [
        ("住建局", 1, 0, 1)
    ]
    assert "0.0%" in page
    third = issue_bulletin(IssueSpan(2026, 3), by=county.by(COURT), now=at("2027-01-05"))
    assert {row["name"]: row["cases"] for row in third.figures} == {"住建局": 2499, "林业局": 2500, "政府": 1250}
