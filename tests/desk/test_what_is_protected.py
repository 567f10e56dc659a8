"""Why one sees a matter or not, what is sealed in it and who looked, and the matter on paper."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect
from tests.desk.conftest import Complaints, barriers, fits, photograph
from tests.desk.matters import JUSTICE, a_suggestion, answer_of
from tests.desk.test_a_dispute_is_urged_and_supervised import a_dispute_before
from tests.desk.test_clock_page import ISSUED
from tests.desk.windows import SIZES

from fuyuantong.matters.models.secret import ReadingLog
from fuyuantong.matters.session import acting

pytestmark = pytest.mark.slow
Official = Callable[..., Page]


@pytest.mark.parametrize("size", SIZES)
def test_a_sealed_value_is_shown_once_for_a_purpose(
    stage: object, official: Official, complaints: Complaints, size: str
) -> None:
    uid = a_dispute_before(2)
    page = official("dispute-centre.handler", size=size, kept=False)
    page.clock.install()
    page.goto(f"/matter/{uid}")
    photograph(page, f"matter-sealed-{size}")
    page.get_by_role("link", name="查看", exact=True).click()
    page.get_by_label("用途").select_option("其他")
    page.get_by_role("button", name="记录并查看").click()
    expect(page.get_by_role("alert")).to_contain_text("须写明具体用途")
    page.get_by_label("补充说明").fill("约定调解时间")
    with page.expect_response(lambda found: "/unmask" in found.url) as answer:
        page.get_by_role("button", name="记录并查看").click()

    assert "no-store" in answer.value.headers["cache-control"]
    expect(page.locator(".disclosed")).to_have_text("某种植合作社")
    photograph(page, f"unmask-{size}")
    assert (fits(page), barriers(page)) == (True, [])
    page.clock.fast_forward(61_000)
    expect(page.get_by_text("已遮盖")).to_be_visible()
    expect(page.get_by_text("某种植合作社")).to_have_count(0)
    page.goto(f"/matter/{uid}/unmask")
    expect(page.get_by_role("region", name="谁看过")).to_contain_text("其他：约定调解时间")
    assert [told for told in complaints if "422" not in told] == []


def test_nothing_is_shown_without_a_purpose(stage: object, official: Official) -> None:
    uid = a_dispute_before(2)
    page = official("dispute-centre.handler", javascript=False)
    page.goto(f"/matter/{uid}/unmask")
    page.evaluate("document.querySelectorAll('[required]').forEach((box) => { box.required = false; })")
    page.get_by_role("button", name="记录并查看").click()

    expect(page.get_by_role("alert")).to_contain_text("没有选择查看用途")
    with acting():
        assert ReadingLog.objects.count() == 0


def test_what_one_may_not_see_is_answered_like_what_there_is_not(stage: object, official: Official) -> None:
    hidden = answer_of(a_suggestion(JUSTICE, now=ISSUED, reply_by="2026-11-30"), JUSTICE)
    page = official("finance.liaison")
    answers = []
    for uid in (hidden, str(uuid4())):
        page.goto(f"/matter/{uid}")
        page.get_by_role("link", name="我为什么看不到").click()
        answers.append(page.locator("main").inner_text().replace(uid, ""))

    photograph(page, "why-not")
    assert answers[0] == answers[1]
    assert "没有这件事项，或者它不在您的岗位可以看到的范围内" in answers[0]


def test_who_sees_a_matter_is_told_why(stage: object, official: Official, complaints: Complaints) -> None:
    uid = answer_of(a_suggestion(JUSTICE, now=ISSUED, reply_by="2026-11-30"), JUSTICE)
    page = official("justice.liaison", size="phone")
    page.goto(f"/matter/{uid}/why")
    photograph(page, "why-phone")

    expect(page.locator("main")).to_contain_text("您的单位县司法局是本件的一方（被建议单位）")
    assert (fits(page), barriers(page), complaints) == (True, [], [])


@pytest.mark.parametrize("size", SIZES)
def test_a_matter_is_printed_with_its_address_and_digests(
    stage: object, official: Official, complaints: Complaints, size: str
) -> None:
    uid = a_suggestion(JUSTICE, now=ISSUED, reply_by="2026-11-30")
    page = official("court.signer", size=size)
    page.goto(f"/matter/{uid}")
    page.get_by_role("link", name="打印办理单").click()
    photograph(page, f"sheet-{size}")

    expect(page.get_by_role("img", name="本件网址的二维码")).to_be_visible()
    expect(page.get_by_text(f"/matter/{uid}", exact=False)).to_be_visible()
    assert (fits(page), barriers(page), complaints) == (True, [], [])
