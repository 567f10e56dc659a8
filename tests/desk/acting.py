"""How an official uses a page: press, be sure, go to the child, open a matter."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from fuyuantong.clock.terms import SHANGHAI


def press(page: Page, name: str, *, sure: bool = False) -> None:
    """Press a button, having said that one is sure, and be where it leads."""
    if sure:
        page.get_by_label("我已核对").check()
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def begin(page: Page, mechanism: str, title: str) -> str:
    """Open a matter by hand and return its address."""
    page.goto("/open")
    page.get_by_role("link", name=mechanism).first.click()
    page.get_by_label("标题").fill(title)
    press(page, "建立并填写")
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    return address_of(page)


def address_of(page: Page) -> str:
    """Return the address of the matter that a page shows."""
    return "/matter/" + page.url.partition("/matter/")[2].partition("?")[0].partition("/")[0]


def child_of(page: Page, organ: str) -> str:
    """Return the address of the child of an organ."""
    href = page.get_by_role("link", name=organ).first.get_attribute("href")
    assert href
    return href


def fill(page: Page | Locator, **boxes: str) -> None:
    """Fill in boxes of a page, or of a part of it, by the keys of their fields."""
    for key, text in boxes.items():
        box = page.locator(f"[name='{key}']")
        if box.evaluate("box => box.tagName") == "SELECT":
            box.select_option(text)
        else:
            box.fill(text)


def said(page: Page, words: str) -> None:
    """Expect the page to say that something was done."""
    expect(page.get_by_role("status")).to_contain_text(words)


def in_days(days: int) -> str:
    """Return a day after today, as a date box takes it."""
    return (timezone.now().astimezone(SHANGHAI) + timedelta(days=days)).date().isoformat()
