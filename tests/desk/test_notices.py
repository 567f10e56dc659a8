"""Notices in the browser: the bell, the list, what a person wishes, and what the system administrator sees of failures."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.desk.conftest import Complaints, barriers, fits, photograph
from tests.desk.matters import FINANCE, JUSTICE, a_suggestion
from tests.desk.windows import SIZES

from fuyuantong.matters.models.notice import Notice
from fuyuantong.matters.models.outbox import Outbox
from fuyuantong.matters.services.outbox import send
from fuyuantong.matters.session import acting
from fuyuantong.notices.gateway import Gateway
from fuyuantong.notices.services.addressing import address
from fuyuantong.notices.services.dispatching import PAUSES, dispatch
from fuyuantong.organs.models import Account

pytestmark = pytest.mark.slow
Official = Callable[..., Page]
NOBODY_THERE = Gateway("sms", "短信", "http://127.0.0.1:9/in", "shared")


@pytest.fixture
def told(stage: object) -> None:
    """Let two bureaus be told of a suggestion, one of them of another too."""
    now = timezone.now()
    for receivers in ((JUSTICE, FINANCE), (JUSTICE,)):
        a_suggestion(*receivers, now=now - timedelta(hours=2), reply_by=f"{now.date() + timedelta(days=40)}")
    with transaction.atomic(), acting():
        send(list(Outbox.objects.order_by("id")), now=now - timedelta(hours=2))
    address(now=now)


@pytest.mark.parametrize("size", SIZES)
def test_a_notice_is_read_by_going_to_its_matter(
    told: None, official: Official, complaints: Complaints, size: str
) -> None:
    page = official("justice.liaison", size=size)
    page.goto("/")
    expect(page.locator(".top-link .count")).to_have_text("2 条未读")
    page.get_by_role("link", name="通知", exact=False).first.click()
    photograph(page, f"notices-{size}")
    assert (fits(page), barriers(page), complaints) == (True, [], [])

    page.locator(".told-open").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("规范行政处罚告知程序")
    page.goto("/notices?show=unread")
    expect(page.locator(".told li")).to_have_count(1)
    page.get_by_role("button", name="全部标为已读").click()
    expect(page.get_by_text("全部已读")).to_be_visible()
    expect(page.locator(".top-link .count")).to_have_count(0)


@pytest.mark.parametrize("size", SIZES)
def test_a_person_says_how_and_when_to_be_told(official: Official, complaints: Complaints, settings, size: str) -> None:
    settings.NOTICE_GATEWAYS, settings.NOTICE_MAIL_FROM = (NOBODY_THERE,), "fyt@wenxian.example"
    page = official("justice.liaison", size=size)
    page.goto("/notices/wishes")
    page.get_by_label("电子邮件").select_option("digest")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("alert")).to_contain_text("选择了电子邮件，但没有填写邮箱")
    photograph(page, f"notice-wishes-{size}")
    assert (fits(page), barriers(page)) == (True, [])

    page.get_by_label("我的邮箱").fill("sifaju@wenxian.example")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("通知设置已保存")).to_be_visible()
    expect(page.get_by_label("电子邮件")).to_have_value("digest")


@pytest.mark.parametrize("size", SIZES)
def test_the_system_administrator_sees_what_failed_and_sends_it_again(
    official: Official, complaints: Complaints, settings, told: None, size: str
) -> None:
    settings.NOTICE_GATEWAYS = (NOBODY_THERE,)
    now = timezone.now()
    with transaction.atomic(), acting():
        Outbox.objects.create(target="rung", body=overdue(), created_at=now)
        send(list(Outbox.objects.filter(target="rung")), now=now)
    address(now=now)
    for hours in range(len(PAUSES) + 1):
        dispatch(now=now + timedelta(days=5, hours=13 * hours))
    chief = Account.objects.get(username="system-administrator")
    Authenticator.objects.create(user=chief, type=Authenticator.Type.WEBAUTHN, data={})
    page = official("system-administrator", size=size)
    page.goto("/administration/dispatches")
    photograph(page, f"dispatches-{size}")
    expect(page.get_by_text("网关无法连接")).to_be_visible()
    assert (fits(page), barriers(page)) == (True, [])

    page.get_by_role("button", name="全部重发").click()
    expect(page.get_by_text("1 条将在一分钟内重新发送。")).to_be_visible()
    assert complaints == []


def overdue() -> dict[str, object]:
    """Return the word that the ladder leaves of a matter that is overdue."""
    matter = str(Notice.objects.filter(organ__code=JUSTICE).values_list("matter_uid", flat=True)[0])
    return {"matter": matter, "rung": "urge", "urgent": True, "holder": JUSTICE, "copies": [], "text": "司法建议：催办"}
