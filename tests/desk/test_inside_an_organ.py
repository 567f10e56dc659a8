"""Inside an organ: handed to a colleague, reviewed, signed; each finds on the workbench what waits for them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.desk.acting import address_of, begin, fill, in_days, press, said
from tests.desk.conftest import Complaints, barriers, photograph

pytestmark = pytest.mark.slow
Official = Callable[..., Page]


def test_a_notice_is_handed_on_reviewed_and_signed(official: Official, complaints: Complaints) -> None:
    head = official("court.head")
    a_chain(head)
    handler = official("court.handler")
    matter = a_notice(handler)
    handler.get_by_label("分办给").select_option("court.handler2")
    press(handler, "分办")
    said(handler, "已分办")

    colleague = official("court.handler2")
    colleague.goto("/")
    expect(colleague.get_by_role("region", name="分给我的")).to_be_visible()
    colleague.goto(matter)
    press(colleague, "送审")
    reviewer = official("court.reviewer")
    reviewer.goto("/")
    reviewer.get_by_role("region", name="待我审签").get_by_role("link").first.click()
    assert address_of(reviewer) == matter
    photograph(reviewer, "matter-to-review")
    press(reviewer, "审核通过，送下一岗位")

    head.goto("/")
    photograph(head, "workbench-to-sign")
    head.get_by_role("region", name="待我审签").get_by_role("link").first.click()
    assert barriers(head) == []
    press(head, "签发，即时生效")
    said(head, "待回执")
    assert complaints == []


def a_chain(head: Page) -> None:
    """Let notices of appearance go through a reviewer to the head."""
    head.goto("/chains")
    row = head.get_by_role("row", name="送达出庭通知书")
    row.get_by_text("设置").click()
    row.get_by_label("送达出庭通知书第 1 步").select_option("审核")
    row.get_by_label("送达出庭通知书第 2 步").select_option("负责人")
    row.get_by_role("button", name="保存").click()
    said(head, "已设置：审核 → 负责人")
    photograph(head, "chains-desk")


def a_notice(judge: Page) -> str:
    """Schedule a hearing, so that its notice is next."""
    matter = begin(judge, "负责人出庭应诉", "（2026）豫0825行初99号出庭通知")
    fields = {
        "case_number": "（2026）豫0825行初99号",
        "instance": "一审",
        "cause": "政府信息公开",
        "defendant_organ": "410825-civil-affairs",
        "duty": "应当通知出庭",
        "trigger": "人民法院认为需要",
        "hearing_on": in_days(25),
        "place": "第一审判庭",
    }
    fill(judge, **fields)
    press(judge, "提交：排定开庭")
    return matter
