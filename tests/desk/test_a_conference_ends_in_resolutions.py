"""A conference from its agenda to its resolutions, each of which becomes a matter of its own."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.desk.acting import begin, child_of, fill, in_days, press, said
from tests.desk.conftest import Complaints, photograph

pytestmark = pytest.mark.slow
Official = Callable[..., Page]
TITLE = "第四季度府院联动常规联席会议"


def test_a_conference_is_called_held_countersigned_and_issued(official: Official, complaints: Complaints) -> None:
    office, signer = official("liaison-office.officer"), official("liaison-office.signer")
    conference = called(office)
    court = official("court.handler")
    proposed(court, conference)

    office.goto(conference)
    rows = office.locator("#box-items tbody tr")
    expect(rows).to_have_count(2)
    for number in (1, 2):
        office.locator(f"[name='items.{number}.listing']").select_option("列入")
    fill(office, held_on=in_days(10), place="政府办公楼第二会议室")
    photograph(office, "matter-agenda")
    press(office, "送审")
    signer.goto(conference)
    press(signer, "签发，即时生效")

    accepted(official("court.liaison"), child_of(signer, "县法院"))
    office.goto(conference)
    fill(
        office,
        **{"attendance.1.person": "甲某", "attendance.1.post": "县法院副院长", "attendance.1.rank": "分管负责人"},
    )
    press(office, "提交：登记会议召开")
    circulated(office)
    countersigned(official("court.signer"), child_of(office, "县法院"))
    issued(office, signer, conference)
    expect(signer.get_by_text("统一涉企行政处罚裁量标准").first).to_be_visible()
    photograph(signer, "matter-conference-closed")
    assert complaints == []


def called(office: Page) -> str:
    """Announce the conference and ask for items."""
    conference = begin(office, "联席会议 筹备", TITLE)
    fill(office, series="季度常规会议", title=TITLE, items_by=in_days(5))
    office.get_by_role("group", name="参会单位").get_by_label("县法院").check()
    fill(office, **{"items.1.item": "通报上半年行政诉讼情况"})
    press(office, "提交：发出预告，征集议题")
    said(office, "征集议题")
    return conference


def proposed(court: Page, conference: str) -> None:
    """Propose one more item."""
    court.goto(conference)
    court.get_by_text("提报议题", exact=True).first.click()
    court.locator("form[action*='/request/']").first.locator("[name='item']").fill("研究裁执分离分工")
    court.get_by_role("button", name="提出：提报议题").click()
    said(court, "“提报议题”已提出")


def accepted(court: Page, invitation: str) -> None:
    """Accept the invitation."""
    court.goto(invitation)
    fill(court, attendee="乙某", attendee_post="副院长", rank="分管负责人")
    press(court, "提交：参会", sure=True)
    said(court, "办结")


def circulated(office: Page) -> None:
    """Write the minutes and have them countersigned."""
    for number in (1, 2):
        office.locator(f"[name='items.{number}.outcome']").fill("会议同意。")
    fill(office, minutes="会议研究议定以下事项……")
    office.get_by_role("group", name="会签单位").get_by_label("县法院").check()
    press(office, "提交：送各方会签", sure=True)
    said(office, "会签中")


def countersigned(court: Page, sheet: str) -> None:
    """Sign the minutes."""
    court.goto(sheet)
    fill(court, opinion="无异议")
    press(court, "签发并提交", sure=True)
    said(court, "办结")


def issued(office: Page, signer: Page, conference: str) -> None:
    """Number and issue the minutes with one resolution."""
    office.goto(conference)
    fill(
        office,
        **{
            "resolutions.1.title": "统一涉企行政处罚裁量标准",
            "resolutions.1.content": "一个月内印发裁量基准",
            "resolutions.1.lead_organ": "410825-justice",
            "resolutions.1.due_by": in_days(40),
        },
    )
    office.locator("#box-minutes_file").set_input_files(
        {"name": "纪要.txt", "mimeType": "text/plain", "buffer": b"minutes"}
    )
    press(office, "送审")
    signer.goto(conference)
    press(signer, "签发，即时生效")
    said(signer, "本件办结")
