"""Windows of the browser, kept from test to test: a new one costs as much as six pages in an old one."""

from collections import defaultdict
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page

SIZES = {"desk": (1440, 900), "phone": (390, 844)}


@dataclass
class Windows:
    """Lend windows to the tests of one process; each forgets whom it was shown to."""

    browser: Browser
    idle: dict[tuple[str, bool], list[Page]] = field(default_factory=lambda: defaultdict(list))

    def lend(self, base: str, *, size: str, javascript: bool = True) -> Page:
        """Return a window on a site that knows nobody and nothing."""
        waiting = self.idle[base, javascript]
        page = waiting.pop() if waiting else self._opened(base, javascript)
        width, height = SIZES[size]
        page.set_viewport_size({"width": width, "height": height})
        return page

    def take_back(self, page: Page, base: str, *, javascript: bool = True) -> None:
        """Let a window forget, on a page that asks for nothing."""
        page.context.clear_cookies()
        page.goto("/healthz")
        page.evaluate("localStorage.clear(), sessionStorage.clear()")
        self.idle[base, javascript].append(page)

    def _opened(self, base: str, javascript: bool) -> Page:
        context = self.browser.new_context(
            base_url=base, locale="zh-CN", timezone_id="Asia/Shanghai", java_script_enabled=javascript
        )
        page = context.new_page()
        page.set_default_timeout(10_000)
        return page
