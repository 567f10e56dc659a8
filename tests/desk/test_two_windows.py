"""Two people of one office act at once: one wins, the other is told who did what; and who may not act is told why."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.desk.acting import begin, fill, press, said
from tests.desk.conftest import photograph

pytestmark = pytest.mark.slow
Official = Callable[..., Page]


def test_the_second_of_two_is_told_who_came_first(official: Official) -> None:
    first, second = official("court.handler"), official("court.handler2")
    matter = begin(first, "司法建议 拟稿", "规范文书送达")
    for page in (first, second):
        page.goto(f"{matter}?act=drop")
        fill(page, reason="已通过会议当面提出")
    press(first, "提交：不再制发", sure=True)
    said(first, "本件办结")

    press(second, "提交：不再制发", sure=True)
    photograph(second, "matter-second")
    refusal = second.get_by_role("alert")
    expect(refusal).to_contain_text("县法院经办人甲")
    expect(refusal).not_to_contain_text("410825-")


def test_the_same_form_sent_twice_is_one_act(official: Official) -> None:
    page = official("court.handler", javascript=False)
    matter = begin(page, "司法建议 拟稿", "规范文书送达")
    page.goto(f"{matter}?act=drop")
    fill(page, reason="原单位职责已划转")
    press(page, "提交：不再制发", sure=True)
    page.go_back()
    press(page, "提交：不再制发", sure=True)

    said(page, "本件办结")
    expect(page.get_by_text("2 条留痕")).to_be_visible()


def test_who_sees_no_draft_of_another_organ_is_told_nothing(official: Official) -> None:
    matter = begin(official("court.handler"), "司法建议 拟稿", "规范文书送达")

    stranger = official("civil-affairs.handler")
    answer = stranger.goto(matter)
    assert answer is not None
    assert answer.status == 404
    expect(stranger.get_by_role("alert")).to_contain_text("没有这件事项，或者您看不到它")
