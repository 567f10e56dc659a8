"""A head is called to court and does not come: the court owes a suggestion, which opens by itself."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.desk.acting import begin, fill, in_days, press, said
from tests.desk.conftest import Complaints, barriers, fits, photograph

pytestmark = pytest.mark.slow
Official = Callable[..., Page]


def test_an_absence_without_reason_opens_a_suggestion(official: Official, complaints: Complaints) -> None:
    judge, chief = official("court.handler"), official("court.signer")
    matter = begin(judge, "负责人出庭应诉", "（2026）豫0825行初88号出庭通知")
    fill(judge, case_number="88号", instance="一审", cause="不服行政处罚", defendant_organ="410825-civil-affairs")
    fill(judge, duty="应当通知出庭", trigger="食品药品安全", hearing_on=in_days(20), place="第三审判庭")
    press(judge, "提交：排定开庭")
    expect(judge.get_by_text("应为案号，如（2026）豫0825行初12号").first).to_be_visible()
    photograph(judge, "matter-refused")
    fill(judge, case_number="（2026）豫0825行初88号")
    press(judge, "提交：排定开庭")
    said(judge, "现由县法院办理“待送达通知书”")

    chief.goto(matter)
    press(chief, "签发并提交", sure=True)
    said(chief, "现由县民政局办理“待回执”")

    bureau = official("civil-affairs.handler")
    bureau.goto(matter)
    fill(bureau, attendee="甲某", attendee_post="副局长", rank="副职", staff="法规科科长")
    bureau.locator("#box-identity").set_input_files(
        {"name": "证明.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"}
    )
    press(bureau, "提交：回执：负责人出庭")
    said(bureau, "现由县法院办理“待开庭”")

    judge.goto(matter)
    fill(judge, finding="无正当理由未出庭", staff_present="yes", spoke="no", identity_check="未出庭无需审查")
    press(judge, "提交：登记出庭情况")
    judge.locator("dl > div", has=judge.locator("dt", has_text="引出")).get_by_role("link").click()
    expect(judge.get_by_text("应发未发").first).to_be_visible()
    expect(judge.get_by_label("所涉案件")).to_have_value("（2026）豫0825行初88号")
    expect(judge.get_by_label("类型")).to_have_value("负责人未出庭")
    photograph(judge, "matter-owed")
    for page in ("/cases", "/cases/hearings", "/cases/feeds"):
        judge.goto(page)
        assert (page, fits(judge), barriers(judge)) == (page, True, [])
    assert complaints == []
