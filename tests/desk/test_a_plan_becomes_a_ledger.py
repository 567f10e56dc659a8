"""A plan document becomes the ledger in a browser: brought, confirmed beside its text, published, driven from."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.desk.conftest import Complaints, barriers, fits, photograph
from tests.plan_papers import PLAN
from tests.repository import REPOSITORY

from fuyuantong.plans.models.obligation import Obligation, ObligationDue, Responsible

pytestmark = pytest.mark.slow
Official = Callable[..., Page]
OFFICER = "liaison-office.officer"
SEEDS = next((up / "shared" / "seeds" for up in REPOSITORY.parents if (up / "shared" / "seeds").is_dir()), None)
UNPLACED = "的部门|职能部门|有关单位"  # what the real plan calls nobody in particular


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """Give a plan document of our own on the disk of an official."""
    path = tmp_path / "实施方案.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


def brought(page: Page, paper: Path) -> None:
    page.goto("/plans")
    page.get_by_label("方案文件").set_input_files(paper)
    page.get_by_role("button", name="上传并读取").click()
    expect(page.get_by_text("请对照原文逐项确认")).to_be_visible()


def confirmed_by_chapter(page: Page) -> None:
    chapters = page.get_by_role("button", name="全部确认本章")
    for left in range(chapters.count() - 1, -1, -1):
        chapters.first.click()
        expect(chapters).to_have_count(left)
    expect(page.get_by_text("已全部处理")).to_be_visible()


def published(page: Page) -> None:
    page.get_by_role("link", name="发布", exact=True).click()
    page.get_by_role("button", name=re.compile("^发布")).click()
    expect(page.get_by_text("已发布")).to_be_visible()


def test_a_plan_of_our_own_becomes_the_ledger(official: Official, complaints: Complaints, paper: Path) -> None:
    page = official(OFFICER)
    brought(page, paper)
    page.get_by_text("由法院每月推送离婚判决信息").click()
    expect(page.locator(".task.is-lit")).to_contain_text("建立婚姻信息共享制度")
    photograph(page, "plan-draft-desk")
    assert barriers(page) == []
    page.get_by_role("button", name="确认", exact=True).first.click()
    expect(page.locator(".task-confirmed")).to_have_count(1)
    confirmed_by_chapter(page)

    published(page)

    assert barriers(page) == []
    photograph(page, "plan-published-desk")
    page.goto("/tasks")
    expect(page.get_by_text("建立婚姻信息共享制度").first).to_be_visible()
    assert complaints == []


def test_a_plan_is_read_on_a_phone_with_its_text_folded(official: Official, paper: Path) -> None:
    page = official(OFFICER, size="phone")
    brought(page, paper)

    expect(page.locator(".plan-words")).to_be_hidden()
    page.get_by_role("link", name="一(一)1").click()
    expect(page.locator(".plan-words")).to_be_visible()
    photograph(page, "plan-draft-phone")
    assert fits(page)


@pytest.mark.skipif(SEEDS is None, reason="the real plan documents do not lie beside the project")
def test_the_real_plan_becomes_32_rows_with_leads_units_dates_and_recurrences(official: Official) -> None:
    assert SEEDS is not None
    page = official(OFFICER)
    brought(page, SEEDS / "003_5d080e43716dc2ba.txt")
    confirmed_by_chapter(page)

    published(page)

    expect(page.locator("article.task")).to_have_count(32)
    ledger = Obligation.objects.order_by("number")
    assert [one.number for one in ledger] == list(range(1, 33))
    placeless = Responsible.objects.filter(organ=None).exclude(raw__regex=UNPLACED)
    assert list(placeless) == []
    assert Responsible.objects.filter(part="lead").values("obligation").distinct().count() == 26
    assert ObligationDue.objects.filter(type="date").count() == 30
    paper = ledger.get(number=2)
    assert [(one.raw, one.part) for one in paper.responsible.all()] == [
        ("法院", "lead"), ("政府办", "joint"), ("司法局", "joint"),
    ]  # fmt: skip
    assert [str(due) for due in paper.dues.all()] == ["2021年7月10日", "每半年"]
