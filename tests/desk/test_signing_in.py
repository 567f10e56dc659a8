"""Signing in as people do it: passwords, locks, codes, keys, the printed sheet, and what is owed first."""

import json
from collections.abc import Callable
from functools import partial

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.desk.conftest import Complaints, barriers, fits, photograph
from tests.desk.windows import SIZES

from fuyuantong.accounts.models import SecurityEvent
from fuyuantong.accounts.passwords import choose_password, give_password
from fuyuantong.accounts.security_log import MACHINE
from fuyuantong.organs.models import Account
from fuyuantong.organs.staffing import appoint, open_account, open_post
from fuyuantong.organs.vocabulary import PostKind

pytestmark = pytest.mark.slow
PASSWORD = "blue-Bicycle-42"
Visitor = Callable[..., Page]


@pytest.fixture
def visitor(window: Visitor) -> Visitor:
    """Give a page of somebody who has not signed in; security keys want a name of the site, not a number."""
    return partial(window, host="localhost")


def with_password(username: str) -> Account:
    """Give an account of the demo county a password of its own."""
    account = Account.objects.get(username=username)
    choose_password(account, PASSWORD, origin=MACHINE, now=timezone.now())
    return account


def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    """Fill in the form."""
    page.goto("/login")
    page.get_by_label("账号").fill(username)
    page.get_by_label("密码").fill(password)
    press(page, "登录")


def press(page: Page, name: str) -> None:
    """Press a button that leads on, and be there."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def code_of(secret: str) -> str:
    """Return what an authenticator shows now."""
    return format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1]))


def kinds_of(account: Account) -> list[str]:
    """Return what the security log tells of an account, oldest first."""
    return list(SecurityEvent.objects.filter(account=account).order_by("pk").values_list("kind", flat=True))


def shot(page: Page, name: str, size: str = "desk") -> None:
    """Keep a picture to be looked at."""
    photograph(page, f"accounts-{name}-{size}")


@pytest.mark.parametrize("size", SIZES)
def test_five_wrong_passwords_lock_and_say_for_how_long(visitor: Visitor, complaints: Complaints, size: str) -> None:
    account, page = with_password("justice.liaison"), visitor(size=size)
    sign_in(page, "justice.liaison", "wrong")
    expect(page.get_by_role("alert")).to_have_text("账号或密码不正确。还可以再试 4 次。")
    for answer in ("再试 3 次", "再试 2 次", "再试 1 次", "已暂时锁定，还有 15 分钟"):
        sign_in(page, "justice.liaison", "wrong")
        expect(page.get_by_role("alert")).to_contain_text(answer)

    sign_in(page, "justice.liaison")

    expect(page.get_by_role("alert")).to_contain_text("已暂时锁定，还有 15 分钟")
    shot(page, "locked", size)
    assert fits(page)
    assert barriers(page) == []
    assert kinds_of(account)[-7:] == [*["sign-in-failed"] * 5, "locked", "sign-in-failed"]
    assert complaints == []


def test_a_name_that_nobody_has_is_answered_alike(visitor: Visitor) -> None:
    page = visitor()
    sign_in(page, "nobody.at-all", "wrong")

    expect(page.get_by_role("alert")).to_have_text("账号或密码不正确。还可以再试 4 次。")


def test_a_first_password_must_be_changed_before_anything_else(visitor: Visitor, complaints: Complaints) -> None:
    account = Account.objects.get(username="justice.liaison")
    first = give_password(account, by=None, origin=MACHINE, now=timezone.now())
    page = visitor()
    sign_in(page, "justice.liaison", first)
    expect(page.get_by_role("heading", name="修改密码")).to_be_visible()
    page.goto("/ledger")
    page.get_by_label("当前密码").fill(first)
    page.get_by_label("新密码", exact=True).fill("short")
    page.get_by_label("再输入一次新密码").fill("short")
    page.locator("form").first.evaluate("form => { form.noValidate = true }")
    press(page, "修改密码")
    expect(page.get_by_text("密码至少 10 位。")).to_be_visible()
    shot(page, "first-password")
    assert barriers(page) == []

    page.get_by_label("当前密码").fill(first)
    page.get_by_label("新密码", exact=True).fill(PASSWORD)
    page.get_by_label("再输入一次新密码").fill(PASSWORD)
    press(page, "修改密码")

    expect(page.get_by_role("heading", name="我的账号")).to_be_visible()
    page.goto("/ledger")
    expect(page.get_by_role("heading", name="台账")).to_be_visible()
    assert kinds_of(account) == ["signed-in", "password-changed"]
    assert complaints == []


def test_an_administrator_sets_up_codes_and_signs_in_with_them(visitor: Visitor, complaints: Complaints) -> None:
    account = an_auditor()
    page = visitor()
    sign_in(page, "chief.auditor")
    expect(page.get_by_text("您的岗位须使用第二验证")).to_be_visible()
    page.goto("/")
    expect(page.get_by_role("heading", name="我的账号")).to_be_visible()
    page.get_by_role("link", name="启用").click()
    secret = page.locator("code.secret").inner_text()
    shot(page, "authenticator")
    assert barriers(page) == []
    page.get_by_label("验证码").fill(code_of(secret))
    press(page, "启用")
    expect(page.get_by_role("heading", name="口令表")).to_be_visible()
    assert page.locator(".codes li").count() == 20
    shot(page, "sheet")
    page.reload()
    expect(page.get_by_text("不能再看")).to_be_visible()
    page.goto("/account")
    shot(page, "own")
    assert barriers(page) == []

    page = visitor(size="phone")
    sign_in(page, "chief.auditor")
    expect(page.get_by_role("heading", name="第二步验证")).to_be_visible()
    shot(page, "second-step", "phone")
    assert fits(page)
    page.get_by_label("验证码或口令").fill("000000")
    press(page, "登录")
    expect(page.get_by_text("验证码不正确，或者已经用过。还可以再试 4 次。")).to_be_visible()
    page.get_by_label("验证码或口令").fill(code_of(secret))
    press(page, "登录")
    page.goto("/account")
    expect(page.get_by_role("heading", name="我的账号")).to_be_visible()
    shot(page, "own", "phone")
    assert fits(page)
    assert kinds_of(account)[-2:] == ["sign-in-failed", "signed-in"]
    assert SecurityEvent.objects.last().detail == {"methods": ["password", "totp"]}
    assert secret not in json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert complaints == []


def an_auditor() -> Account:
    """Give an auditor with a password."""
    now = timezone.now()
    organ = Account.objects.get(username="justice.liaison").tenures.get().post.organ
    account = open_account("chief.auditor", display_name="审计管理员甲", by=None, now=now)
    post = open_post(organ, kind=PostKind.AUDITOR, title="审计管理员", by=None, now=now)
    appoint(account, post=post, since=now, until=None, by=None, now=now)
    choose_password(account, PASSWORD, origin=MACHINE, now=now)
    return account


def test_a_code_is_good_once(visitor: Visitor) -> None:
    with_password("justice.liaison")
    page = visitor()
    sign_in(page, "justice.liaison")
    page.goto("/account")
    page.get_by_role("link", name="启用").click()
    secret = page.locator("code.secret").inner_text()
    page.get_by_label("验证码").fill(code_of(secret))
    press(page, "启用")
    code = code_of(secret)
    for page in (visitor(), visitor()):
        sign_in(page, "justice.liaison")
        page.get_by_label("验证码或口令").fill(code)
        press(page, "登录")

    expect(page.get_by_text("验证码不正确，或者已经用过。")).to_be_visible()


def test_a_security_key_is_added_and_used(visitor: Visitor, complaints: Complaints) -> None:
    account, page = with_password("justice.liaison"), visitor(kept=False)
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "usb",
                "hasResidentKey": False,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    sign_in(page, "justice.liaison")
    page.goto("/account")
    page.get_by_role("link", name="添加").click()
    page.get_by_label("名称").fill("办公室 U 盾")
    shot(page, "add-key")
    press(page, "添加")
    expect(page.get_by_role("heading", name="口令表")).to_be_visible()
    page.goto("/account")
    expect(page.get_by_text("安全密钥：办公室 U 盾")).to_be_visible()
    page.locator("details.menu > summary").click()
    press(page, "退出")

    sign_in(page, "justice.liaison")
    shot(page, "second-step-key")
    press(page, "使用安全密钥")

    expect(page.get_by_role("heading", name="工作台")).to_be_visible()
    assert SecurityEvent.objects.filter(account=account).last().detail == {"methods": ["password", "webauthn"]}
    assert complaints == []


def test_a_printed_sheet_is_a_second_factor_by_itself(visitor: Visitor) -> None:
    account, page = with_password("justice.liaison"), visitor()
    sign_in(page, "justice.liaison")
    page.goto("/account/codes")
    press(page, "生成新的口令表")
    old = page.locator(".codes code").first.inner_text()
    page.goto("/account/codes")
    press(page, "生成新的口令表")
    new = page.locator(".codes code").first.inner_text()

    page = visitor()
    sign_in(page, "justice.liaison")
    for code in (old, new):
        page.get_by_label("验证码或口令").fill(code)
        press(page, "登录")

    expect(page.get_by_role("heading", name="工作台")).to_be_visible()
    assert kinds_of(account).count("sign-in-failed") == 1


def test_another_session_is_ended(visitor: Visitor) -> None:
    with_password("justice.liaison")
    here, there = visitor(), visitor()
    for page in (here, there):
        sign_in(page, "justice.liaison")
        page.goto("/account")
    here.goto("/account")
    expect(here.get_by_text("共 2 处")).to_be_visible()
    here.get_by_role("button", name="终止在").click()
    expect(here.get_by_text("该处登录已终止。")).to_be_visible()

    there.goto("/account")

    expect(there.get_by_role("heading", name="登录")).to_be_visible()
