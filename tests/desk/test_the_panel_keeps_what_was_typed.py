"""Drafts, uploads, a paper entered for an organ that is not on line, and a page without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.desk.acting import address_of, begin, child_of, fill, in_days, press, said
from tests.desk.conftest import Complaints, photograph

from fuyuantong.matters.models.record import InnerRecord
from fuyuantong.matters.session import acting
from fuyuantong.organs.models import Organ

pytestmark = pytest.mark.slow
Official = Callable[..., Page]
LETTER = {"kind": "综合治理", "title": "规范送达", "cause": "类案7件", "contact": "研究室 0391-0000000"}


def test_what_was_typed_is_kept_when_one_leaves(official: Official) -> None:
    page = official("court.handler")
    matter = begin(page, "司法建议 拟稿", "规范送达")
    page.get_by_label("所涉案件").fill("类案7件")
    page.get_by_role("link", name="台账", exact=True).click()
    page.wait_for_url("**/ledger")

    page.wait_for_timeout(500)
    page.goto(matter)
    expect(page.get_by_label("所涉案件")).to_have_value("类案7件")
    expect(page.get_by_text("草稿保存于")).to_be_visible()
    with acting():
        assert InnerRecord.objects.filter(kind="drafted").count() == 1


def test_a_paper_is_entered_for_an_organ_that_is_not_on_line(official: Official, complaints: Complaints) -> None:
    absent = Organ.objects.filter(online=False, names__short="黄庄镇").get()
    signer = official("court.signer", javascript=False)
    letter = begin(signer, "司法建议 拟稿", "规范送达")
    fill(signer, **LETTER, reply_by=in_days(40), touches_supervision="no")
    fill(signer, **{"problems.1.problem": "送达回证不全", "problems.1.suggestion": "统一台账"})
    signer.locator(f"[name=receiver_organs][value='{absent.code}']").check()
    press(signer, "签发并提交", sure=True)

    judge = official("court.handler")
    judge.goto(letter)
    judge.goto(child_of(judge, "黄庄镇"))
    expect(judge.get_by_text("黄庄镇尚未上线，由您代为录入。")).to_be_visible()
    press(judge, "提交：签收")
    expect(judge.get_by_role("alert").first).to_contain_text("代为办理须附纸质材料的扫描件")
    judge.locator("#evidence").set_input_files(
        {"name": "回执.png", "mimeType": "image/png", "buffer": b"\x89PNG receipt"}
    )
    expect(judge.get_by_text("回执.png（已上传）")).to_be_visible()
    photograph(judge, "matter-for-absent")
    press(judge, "提交：签收")
    said(judge, "待书面答复")
    expect(judge.get_by_text("代 黄庄镇 录入")).to_be_visible()
    expect(judge.get_by_role("link", name="回执.png")).to_be_visible()
    assert complaints == []
    assert address_of(judge) != letter
