"""A person signs in with a real browser at the real site, on a desk and on a phone."""

import json
from collections.abc import Iterator
from urllib.request import Request, urlopen

import pytest
from django.conf import global_settings
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django import DjangoDbBlocker
from tests.builders import an_official, an_organ
from tests.databases import Databases, FreshDatabase, an_open_dir
from tests.processes import Site, serving

from fuyuantong.accounts.security_log import MACHINE
from fuyuantong.matters.services.actors import By
from fuyuantong.organs.models import Account
from fuyuantong.registers.cases.services.tokens import Keeper, make_token

pytestmark = pytest.mark.slow
PASSWORD = "a long enough secret"
SIZES = {"desk": (1440, 900), "phone": (390, 844)}


@pytest.fixture(scope="module")
def database(databases: Databases, django_db_blocker: DjangoDbBlocker) -> Iterator[FreshDatabase]:
    """Give a database to the site."""
    with django_db_blocker.unblock(), databases.fresh() as database:
        yield database


@pytest.fixture(scope="module")
def official(database: FreshDatabase) -> Account:
    """Give an official who can sign in, with the hash that a site makes of a password."""
    with override_settings(PASSWORD_HASHERS=global_settings.PASSWORD_HASHERS):
        account = an_official(an_organ(short="民政局"))
        account.set_password(PASSWORD)
    assert account.password.startswith("pbkdf2_sha256$")
    account.save(update_fields=["password"])
    return account


@pytest.fixture(scope="module")
def site(official: Account, database: FreshDatabase) -> Iterator[Site]:
    """Give a site on the official's database."""
    with an_open_dir() as data_dir, serving(data_dir, **database.environment()) as site:
        yield site


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """Collect what the browser complains about: errors of scripts, missing files, broken rules of the page."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("requestfailed", lambda request: found.append(request.url))
    return found


def sign_in(page: Page, account: Account, *, password: str) -> None:
    """Fill in the form."""
    page.get_by_label("账号").fill(account.username)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()


@pytest.mark.parametrize("size", SIZES)
def test_an_official_signs_in_and_is_at_the_desk(
    site: Site, official: Account, page: Page, complaints: list[str], size: str
) -> None:
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})

    page.goto(site.address)
    sign_in(page, official, password=PASSWORD)

    expect(page.get_by_role("heading", name="工作台")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert complaints == []


def test_a_wrong_password_is_answered_in_chinese(site: Site, official: Account, page: Page) -> None:
    page.goto(site.address)
    sign_in(page, official, password="wrong")

    expect(page.get_by_role("alert")).to_have_text("账号或密码不正确。还可以再试 4 次。")


def test_what_others_wrote_comes_small_and_is_asked_for_once(site: Site) -> None:
    path = "/static/desk/vendor/tabler-1.6.1.min.css"
    request = Request(site.address + path, headers={"Accept-Encoding": "gzip"})

    with urlopen(request, timeout=5) as answer:
        assert len(answer.read()) < 100_000
        assert answer.headers["Content-Encoding"] == "gzip"
        assert "immutable" in answer.headers["Cache-Control"]


def test_a_courts_system_sends_statements_line_by_line(site: Site, official: Account) -> None:
    court = an_organ("410825-court", branch="court", short="县法院")
    by, now = By(an_official(court), court.code), timezone.now()
    _, token = make_token("办案系统", by=by, keeper=Keeper(by.account, MACHINE), now=now)
    lines = [f'{{"案号": "（2026）豫0825行初{n}号", "被告": ["县公安局"]}}' for n in (1, 2, 3)]
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "1", "Content-Type": "application/x-ndjson"}
    request = Request(f"{site.address}/api/cases/statements", data="\n".join(lines).encode(), headers=headers)

    with urlopen(request, timeout=20) as answer:
        assert json.load(answer)["taken"] == 3
