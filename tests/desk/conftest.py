"""The desk in a browser: the demo county's directory, a server in this process, and officials who have signed in."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connections
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, ConsoleMessage, Page
from pytest_django import DjangoDbBlocker
from tests.databases import Databases, FreshDatabase

from fuyuantong.matters.rehearsal.demo import set_stage
from fuyuantong.organs.models import Account

SHOTS = Path(__file__).resolve().parents[2] / "screenshots"
BEGIN = datetime(2024, 1, 8, 1, tzinfo=UTC)
SIZES = {"desk": (1440, 900), "phone": (390, 844)}


@pytest.fixture(scope="session")
def stage_template(databases: Databases, django_db_blocker: DjangoDbBlocker) -> str:
    """Return a database with the demo county's directory and no matter, to be copied."""
    before, name = databases.in_use, databases.clone()
    with django_db_blocker.unblock():
        databases.use(name)
        set_stage(now=BEGIN)
        databases.use(before)
    return name


@pytest.fixture
def stage(databases: Databases, stage_template: str, django_db_blocker: DjangoDbBlocker) -> Iterator[FreshDatabase]:
    """Give a demo county of its own to a test."""
    with django_db_blocker.unblock(), databases.fresh(stage_template) as database:
        yield database


@pytest.fixture
def address(stage: FreshDatabase) -> Iterator[str]:
    """Give the address of a desk that works on the test's county."""
    server = LiveServerThread("127.0.0.1", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    assert server.error is None, server.error
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()
    connections.close_all()


class Complaints(list[str]):
    """Collect what the browser complains about: errors of scripts, missing files, broken rules of the page."""

    def listen(self, page: Page) -> None:
        """Collect from a page."""
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.append(str(error)))
        page.on("requestfailed", lambda request: self.append(f"{request.url} {request.failure}"))

    def _hear(self, said: ConsoleMessage) -> None:
        # a refusal is answered with 422, which Chromium mentions each time
        if said.type in ("error", "warning") and "status of 422" not in said.text:
            self.append(said.text)


@pytest.fixture
def complaints() -> Complaints:
    """Give what the browser has complained about, over all pages of the test."""
    return Complaints()


@pytest.fixture
def official(address: str, browser: Browser, complaints: Complaints) -> Iterator[Callable[..., Page]]:
    """Give a page on which the named account of the demo county has signed in, at the desk or on a phone."""
    contexts = []

    def signed_in(username: str, *, size: str = "desk", javascript: bool = True) -> Page:
        width, height = SIZES[size]
        context = browser.new_context(
            base_url=address,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
        )
        contexts.append(context)
        cookie = session_of(Account.objects.get(username=username))
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        complaints.listen(page)
        return page

    yield signed_in
    for context in contexts:
        context.close()


def session_of(account: Account) -> str:
    """Return the key of a session in which the account has signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    key: str = session.session_key
    return key


def fits(page: Page) -> bool:
    """Tell whether a page is no wider than its window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def barriers(page: Page) -> list[str]:
    """Return the serious and critical findings of axe on a page: WCAG 2.2 A and AA."""
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}}).response["violations"]
    return [
        f"{finding['id']}: {node['html'][:120]}"
        for finding in found
        if finding["impact"] in ("serious", "critical")
        for node in finding["nodes"]
    ]


def photograph(page: Page, name: str) -> None:
    """Keep a picture of the whole page, to be looked at."""
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True)
