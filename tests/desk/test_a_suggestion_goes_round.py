"""A judicial suggestion to two bureaus: one answers, one says that it is none of its business."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.desk.acting import child_of, press
from tests.desk.conftest import Complaints, barriers, fits, photograph

pytestmark = pytest.mark.slow
Official = Callable[..., Page]
TITLE = "规范行政处罚告知程序"


def test_a_suggestion_is_drafted_signed_answered_and_closed(official: Official, complaints: Complaints) -> None:
    drafter, signer = official("court.handler"), official("court.signer")
    uid = drafted(drafter)
    signer.goto(f"/matter/{uid}")
    expect(signer.get_by_role("heading", name="待签发：签发送达")).to_be_visible()
    signer.get_by_role("button", name="签发，即时生效").click()
    expect(signer.get_by_role("status")).to_contain_text("文号 温法建")

    answer = child_of(signer, "县民政局")
    bureau = official("civil-affairs.handler")
    bureau.goto("/")
    expect(bureau.get_by_role("link", name=TITLE)).to_be_visible()
    bureau.goto(answer)
    press(bureau, "提交：签收")
    bureau.get_by_label("答复与整改措施").nth(0).fill("已修订模板")
    bureau.get_by_label("答复与整改措施").nth(1).fill("已统一台账")
    bureau.get_by_label("书面答复", exact=True).fill("已修订文书模板并组织全员培训。")
    bureau.get_by_label("答复函").set_input_files(
        {"name": "答复函.txt", "mimeType": "text/plain", "buffer": "盖章".encode()}
    )
    press(bureau, "送审")
    expect(bureau.get_by_role("status")).to_contain_text("等待签发")
    photograph(bureau, "matter-proposed")

    chief = official("civil-affairs.signer", size="phone")
    chief.goto(answer)
    assert fits(chief)
    photograph(chief, "matter-proposal-phone")
    press(chief, "签发，即时生效")
    expect(chief.get_by_role("link", name="答复函.txt").first).to_be_visible()

    misdirected = child_of(signer, "县水利局")
    other = official("water.handler")
    other.goto(misdirected)
    other.get_by_role("link", name="非本单位职责，退回").click()
    other.get_by_label("理由").fill("该项职责已划转")
    press(other, "提交：非本单位职责，退回")

    drafter.goto(misdirected)
    drafter.get_by_label("理由").fill("职责划转属实")
    press(drafter, "提交：确认送错，收回", sure=True)
    expect(drafter.get_by_role("status")).to_contain_text("本件办结（送错收回）")

    drafter.goto(answer)
    drafter.get_by_label("评估意见").fill("措施具体，予以采纳。")
    assert barriers(drafter) == []
    press(drafter, "提交：采纳，办结", sure=True)
    drafter.goto(f"/matter/{uid}")
    expect(drafter.get_by_text("待改送").first).to_be_visible()
    photograph(drafter, "matter-readdressing")
    assert complaints == []


def drafted(page: Page) -> str:
    """Open a suggestion, fill it in with two problems, keep a draft, and put it before who signs."""
    page.goto("/open")
    page.get_by_role("link", name="司法建议 拟稿").click()
    page.get_by_label("标题").fill(TITLE)
    press(page, "建立并填写")
    page.get_by_label("类型").select_option("综合治理")
    page.get_by_label("事由").fill(TITLE)
    page.get_by_label("所涉案件").fill("2026年上半年行政处罚案件7件")
    receivers = page.get_by_role("group", name="主送单位")
    receivers.get_by_label("县民政局").check()
    receivers.get_by_label("县水利局").check()
    page.get_by_label("存在问题").fill("处罚前未告知听证权利")
    page.get_by_label("对应建议").fill("修订文书模板")
    page.get_by_role("button", name="加一行").click()
    expect(page.get_by_label("存在问题")).to_have_count(2)
    page.get_by_label("存在问题").nth(1).fill("送达回证不全")
    page.get_by_label("对应建议").nth(1).fill("统一送达台账")
    press(page, "保存草稿")
    expect(page.get_by_label("存在问题").first).to_have_value("处罚前未告知听证权利")
    page.get_by_label("联系人及电话").fill("研究室 0391-0000000")
    page.get_by_label("涉及检察监督职责").select_option("否")
    press(page, "送审")
    expect(page.get_by_role("alert")).to_contain_text("“答复期限”必须填写")
    expect(page.get_by_label("所涉案件")).to_have_value("2026年上半年行政处罚案件7件")
    page.get_by_label("答复期限").fill("2027-01-10")
    press(page, "送审")
    return page.url.rsplit("/", 1)[-1].partition("?")[0]
