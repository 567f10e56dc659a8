"""台账 in a browser: narrowed as one types, turned page by page, taken to paper, many things done at once."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pypdfium2
import pytest
from playwright.sync_api import Page, expect
from pytest_django import DjangoDbBlocker
from tests.databases import Databases, FreshDatabase
from tests.desk.conftest import Complaints, barriers, fits, photograph
from tests.desk.matters import FINANCE, JUSTICE, a_suggestion
from tests.desk.windows import SIZES

from fuyuantong.desk.ledger import page as ledger_page

pytestmark = pytest.mark.slow
Official = Callable[..., Page]
LETTERS = 3


@pytest.fixture(scope="session")
def stage_template(databases: Databases, stage_template: str, django_db_blocker: DjangoDbBlocker) -> str:
    """Return a database in which the court has written to two bureaus a few times, to be copied."""
    before, name = databases.in_use, databases.clone(stage_template)
    now = datetime.now(UTC)
    with django_db_blocker.unblock():
        databases.use(name)
        for days in range(LETTERS):
            reply_by = (date.today() + timedelta(days=30 + days)).isoformat()
            a_suggestion(JUSTICE, FINANCE, now=now, reply_by=reply_by)
        databases.use(before)
    return name


@pytest.fixture
def small_pages(stage: FreshDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a page of the ledger have two lines."""
    monkeypatch.setattr(ledger_page, "SIZE", 2)


@pytest.mark.parametrize("size", SIZES)
def test_every_page_of_the_ledger_fits_and_has_no_barrier(
    official: Official, complaints: Complaints, size: str
) -> None:
    page = official("justice.liaison", size=size)
    page.goto("/ledger")
    found = [page.locator(".pick input[name=uid]").nth(place).get_attribute("value") for place in range(2)]
    bulk = "&".join(f"uid={uid}" for uid in found)
    pages = {
        "ledger": "/ledger",
        "search": "/search?q=听证",
        "bulk": f"/ledger/bulk?act=move&{bulk}",
        "papers": "/ledger/papers",
        "print": "/ledger/print",
    }
    for name, address in pages.items():
        page.goto(address)
        photograph(page, f"{name}-{size}")
        assert (name, fits(page), barriers(page)) == (name, True, [])
    assert complaints == []


def test_the_list_is_narrowed_while_one_types_and_the_address_says_so(
    official: Official, complaints: Complaints
) -> None:
    page = official("court.liaison")
    page.goto("/ledger")
    page.get_by_label("现由单位").click()
    expect(page.locator("#filter-holders option")).not_to_have_count(0)
    page.get_by_label("现由单位").fill("温县财政局")
    page.get_by_label("现由单位").press("Enter")
    expect(page.locator(".found-total")).to_have_text(f"共 {LETTERS} 件")
    page.get_by_label("办理", exact=True).select_option(label="已办结")

    expect(page.get_by_text("没有符合条件的事项")).to_be_visible()
    expect(page).to_have_url(re.compile("phase=1"))
    page.go_back()
    expect(page.locator(".found-total")).to_have_text(f"共 {LETTERS} 件")
    assert complaints == []


def test_without_a_script_one_filters_turns_pages_and_signs_for_many(official: Official, small_pages: None) -> None:
    page = official("justice.liaison", javascript=False)
    page.goto("/ledger?box=to-do")
    page.get_by_role("link", name="下一页").click()
    expect(page.locator(".ledger tbody tr")).to_have_count(LETTERS - 2)
    page.get_by_role("link", name="上一页").click()
    for place in range(2):
        page.locator(".pick input[name=uid]").nth(place).check()
    page.get_by_role("button", name="批量办理").click()
    page.get_by_role("button", name="签收 2 件").click()

    expect(page.get_by_role("heading", name="签收：2 件中 2 件已办")).to_be_visible()
    photograph(page, "bulk-done-desk")
    page.get_by_role("link", name="回到台账").click()
    expect(page.get_by_role("cell", name="待书面答复").first).to_be_visible()


def test_one_tick_chooses_the_whole_page(official: Official) -> None:
    page = official("court.liaison")
    page.goto("/ledger?mechanism=judicial-suggestion/answer")
    page.get_by_label("选择本页全部").check()

    expect(page.locator(".pick input[name=uid]:checked")).to_have_count(LETTERS * 2)
    page.get_by_role("button", name="批量催办").click()
    expect(page.get_by_role("button", name=f"催办 {LETTERS * 2} 件")).to_be_visible()


def test_on_paper_every_sheet_has_heads_and_its_number(official: Official) -> None:
    page = official("court.liaison")
    page.goto("/ledger/print")
    body = page.locator(".paper-table tbody")
    body.evaluate("body => { for (let i = 0; i < 6; i++) body.innerHTML += body.innerHTML; }")
    paper = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    texts = [sheet.get_textpage().get_text_range() for sheet in paper]

    assert len(texts) > 2
    for number, text in enumerate(texts, 1):
        assert f"第 {number} 页 共 {len(texts)} 页" in text
        assert "环节" in text
    assert [round(side / 72 * 25.4) for side in paper[0].get_size()] == [420, 297]
