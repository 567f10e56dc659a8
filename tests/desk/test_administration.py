"""The three administrators at their pages, as they look."""

from collections.abc import Callable
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.desk.conftest import Complaints, barriers, fits, photograph
from tests.desk.windows import SIZES
from tests.unit.accounts.test_importing import GOOD, table

from fuyuantong.accounts.security_log import MACHINE, Origin, write_event
from fuyuantong.accounts.vocabulary import SecurityKind
from fuyuantong.organs.models import Account
from fuyuantong.organs.queries import organ_by_code
from fuyuantong.organs.staffing import appoint, open_account, open_post
from fuyuantong.organs.vocabulary import POST_TITLES, PostKind

pytestmark = pytest.mark.slow
Official = Callable[..., Page]
PAGES = {
    PostKind.SYSTEM_ADMINISTRATOR: (
        "",
        "organs",
        "organs/410825-justice",
        "organs/new",
        "accounts",
        "accounts/of/justice.liaison",
        "accounts/new",
        "import",
    ),
    PostKind.SECURITY_ADMINISTRATOR: (
        "",
        "settings",
        "settings/ladder",
        "chains/410825-court",
        "calendar",
        "factors",
        "administrators",
    ),
    PostKind.AUDITOR: ("", "security-log", "readings", "verification", "changes"),
}


def in_office(kind: PostKind) -> str:
    """Give the place an administrator with a second factor; shape: the name of the account."""
    now, name = timezone.now(), f"chief.{kind.replace('_', '-')}"
    if not Account.objects.filter(username=name).exists():
        account = open_account(name, display_name=f"{POST_TITLES[kind]}甲", by=None, now=now)
        organ = organ_by_code("410825-government-office")
        post = open_post(organ, kind=kind, title=POST_TITLES[kind], by=None, now=now)
        appoint(account, post=post, since=now, until=None, by=None, now=now)
        Authenticator.objects.create(user=account, type=Authenticator.Type.WEBAUTHN, data={})
    return name


def things_happened(username: str) -> None:
    """Fill the security log with what an auditor sees on a common day."""
    now, account = timezone.now(), Account.objects.get(username=username)
    here = Origin("10.1.2.3", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/156.0 Safari/537.36 Edg/156.0")
    for kind, detail in (
        (SecurityKind.SIGN_IN_FAILED, {"step": "password"}),
        (SecurityKind.LOCKED, {"what": "account"}),
        (SecurityKind.SIGNED_IN, {"methods": ["password", "webauthn"]}),
        (SecurityKind.READ_REFUSED, {"what": "编号 0197f0e4-7c1b-7cc3-98a0-5f6f3d1c2b7a", "path": "/matter/0197f0e4"}),
        (SecurityKind.TRAILS_VERIFIED, {"matters": 402, "records": 2210, "clocks": 611, "breaks": 0, "seconds": 3.2}),
    ):
        write_event(kind, account=account, origin=here, now=now, detail=detail)
    write_event(SecurityKind.PASSWORD_GIVEN, account=None, origin=MACHINE, now=now, detail={"account": "court.handler"})


@pytest.mark.parametrize("kind", PAGES)
def test_the_pages_of_an_administrator_fit_and_have_no_barrier(
    official: Official, complaints: Complaints, kind: PostKind
) -> None:
    username = in_office(kind)
    things_happened(username)
    faults = []
    for size in SIZES:
        page = official(username, size=size)
        for path in PAGES[kind]:
            page.goto(f"/administration/{path}")
            name = f"administration-{kind}-{path.replace('/', '-') or 'overview'}-{size}"
            photograph(page, name)
            # the same page at another width: looked at once
            faults += [f"{name} {fault}" for fault in barriers(page)] if size == "desk" else []
            faults += [] if fits(page) else [f"{name} is wider than its window"]

    assert faults == []
    assert complaints == []


def test_an_account_is_imported_after_a_wrong_cell(official: Official, tmp_path: Path) -> None:
    page = official(in_office(PostKind.SYSTEM_ADMINISTRATOR), kept=False)
    wrong, right = tmp_path / "wrong.xlsx", tmp_path / "right.xlsx"
    wrong.write_bytes(table(GOOD, ("li.si", "李某", "410825-justce", "联络员", "", "明天")))
    right.write_bytes(table(GOOD, ("li.si", "李某", "410825-justice", "联络员", "", "")))
    page.goto("/administration/import")
    page.get_by_label("Excel 工作簿（.xlsx）").set_input_files(wrong)
    page.get_by_role("button", name="核对").click()
    expect(page.get_by_role("alert")).to_contain_text("有 2 处错误，未导入任何账号")
    expect(page.get_by_role("cell", name="410825-justce")).to_contain_text("不在目录中")
    photograph(page, "administration-import-faults-desk")
    assert barriers(page) == []

    page.get_by_label("Excel 工作簿（.xlsx）").set_input_files(right)
    page.get_by_role("button", name="核对").click()
    page.get_by_role("button", name="全部导入并生成初始密码").click()

    expect(page.get_by_role("heading", name="初始密码")).to_be_visible()
    assert page.locator(".slips li").count() == 2
    photograph(page, "administration-sheet-desk")
    page.emulate_media(media="print")
    photograph(page, "administration-sheet-print")
    assert Account.objects.filter(username__in=("zhang.san", "li.si")).count() == 2
