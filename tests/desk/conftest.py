"""The desk in a browser: the demo county's directory, a server in this process, and officials who have signed in."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test import Client
from django.test.testcases import LiveServerThread
from django.utils import timezone
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request
from pytest_django import DjangoDbBlocker
from tests.databases import Databases, FreshDatabase
from tests.desk.windows import Windows
from tests.repository import REPOSITORY

from fuyuantong.matters.rehearsal.demo import set_stage
from fuyuantong.organs.models import Account

SHOTS = REPOSITORY / "screenshots"
BEGIN = datetime(2024, 1, 8, 1, tzinfo=UTC)


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


@pytest.fixture(scope="session")
def server() -> Iterator[LiveServerThread]:
    """Give a desk that works on whatever database Django uses just now."""
    server = LiveServerThread("127.0.0.1", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    assert server.error is None, server.error
    yield server
    server.terminate()


@pytest.fixture
def address(stage: FreshDatabase, server: LiveServerThread) -> str:
    """Return the address of a desk that works on the test's county."""
    return f"http://127.0.0.1:{server.port}"


class Complaints(list[str]):
    """Collect what the browser complains about: errors of scripts, missing files, broken rules of the page."""

    def listen(self, page: Page) -> None:
        """Collect from a page."""
        for event, hear in self._ears().items():
            page.on(event, hear)

    def leave(self, page: Page) -> None:
        """Collect no more from a page."""
        for event, hear in self._ears().items():
            page.remove_listener(event, hear)

    def _ears(self) -> dict[str, Callable[..., None]]:
        return {"console": self._hear, "pageerror": self._fail, "requestfailed": self._miss}

    def _hear(self, said: ConsoleMessage) -> None:
        # a refusal is answered with 422, which Chromium mentions each time
        if said.type in ("error", "warning") and "status of 422" not in said.text:
            self.append(said.text)

    def _fail(self, error: Error) -> None:
        self.append(str(error))

    def _miss(self, request: Request) -> None:
        # what is downloaded ends the navigation that asked for it
        if not (request.is_navigation_request() and request.failure == "net::ERR_ABORTED"):
            self.append(f"{request.url} {request.failure}")


@pytest.fixture
def complaints() -> Complaints:
    """Give what the browser has complained about, over all pages of the test."""
    return Complaints()


@pytest.fixture(scope="session")
def windows(browser: Browser) -> Windows:
    """Give the windows of this process."""
    return Windows(browser)


@pytest.fixture
def window(address: str, windows: Windows, complaints: Complaints) -> Iterator[Callable[..., Page]]:
    """Give windows on the desk to a test; one on which it does what cannot be undone is not `kept`."""
    lent: list[tuple[Page, dict[str, Any], bool]] = []

    def opened(*, host: str = "127.0.0.1", size: str = "desk", javascript: bool = True, kept: bool = True) -> Page:
        place = {"base": address.replace("127.0.0.1", host), "javascript": javascript}
        page = windows.lend(**place, size=size)
        lent.append((page, place, kept))
        complaints.listen(page)
        return page

    yield opened
    for page, place, kept in lent:
        complaints.leave(page)
        if kept:
            windows.take_back(page, **place)
        else:
            page.context.close()


@pytest.fixture
def official(address: str, window: Callable[..., Page]) -> Callable[..., Page]:
    """Give a page on which the named account of the demo county has signed in, at the desk or on a phone."""

    def signed_in(username: str, **how: Any) -> Page:
        page = window(**how)
        cookie = session_of(Account.objects.get(username=username))
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])
        return page

    return signed_in


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Set what time it is, here and at the desk; until then it is as late as it is."""
    now = timezone.now
    moments: list[datetime] = []
    monkeypatch.setattr(timezone, "now", lambda: moments[-1] if moments else now())
    return moments.append


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
    # what lies half under the bar at the top would be too small a target
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    # of what it finds in order nobody asks for the elements
    options = {"runOnly": {"type": "tag", "values": tags}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{finding['id']}: {node['html'][:120]}"
        for finding in found
        if finding["impact"] in ("serious", "critical")
        for node in finding["nodes"]
    ]


def photograph(page: Page, name: str) -> None:
    """Keep a picture of the whole page, to be looked at, in a run that is asked for pictures."""
    if os.environ.get("PICTURES"):
        page.screenshot(path=SHOTS / f"{name}.png", full_page=True)


@pytest.fixture
def of(county):
    """Give a browser without script in which somebody of an organ has signed in."""

    def signed_in(organ):
        client = Client()
        client.force_login(county.people[organ])
        return client

    return signed_in
