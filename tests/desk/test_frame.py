"""What stands around every page, and the set of components: on a desk, on a phone, by keyboard, in the dark."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.desk.conftest import Complaints, barriers, fits, photograph
from tests.desk.windows import SIZES

pytestmark = pytest.mark.slow
Official = Callable[..., Page]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", ["/", "/gallery"])
def test_a_page_fits_and_has_no_barrier(official: Official, complaints: Complaints, path: str, size: str) -> None:
    page = official("justice.liaison", size=size)
    page.goto(path)
    photograph(page, f"{path.strip('/') or 'workbench'}-{size}")

    assert fits(page)
    assert barriers(page) == []
    assert complaints == []


def test_the_menu_of_a_phone_opens_without_a_script(official: Official) -> None:
    page = official("justice.liaison", size="phone", javascript=False)
    page.goto("/")
    expect(page.get_by_role("link", name="台账", exact=True)).to_be_hidden()
    page.get_by_role("link", name="菜单").click()

    page.get_by_role("link", name="台账", exact=True).click()
    expect(page.get_by_role("heading", name="台账")).to_be_visible()


def test_the_dark_page_is_kept_and_has_no_barrier(official: Official) -> None:
    page = official("justice.liaison")
    page.goto("/gallery")
    page.locator("details.menu > summary").click()
    page.get_by_role("button", name="深色界面").click()

    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    photograph(page, "gallery-dark")
    assert barriers(page) == []


def test_a_keyboard_reaches_the_text_first(official: Official) -> None:
    page = official("justice.liaison")
    page.goto("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "content"
