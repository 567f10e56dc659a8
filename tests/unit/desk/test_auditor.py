"""审计管理员: the security log, readings of what is sensitive, the trails, the changes of the directory."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.builders import an_account, an_official, an_organ
from tests.matter_rows import Part, a_matter
from tests.unit.desk.administrators import Desk, last_event
from tests.unit.matters.test_unmasking import PHONE, ask, hide

from fuyuantong.accounts.security_log import MACHINE, PAGE, Origin, write_event
from fuyuantong.accounts.vocabulary import SecurityKind
from fuyuantong.desk.administration.told import told
from fuyuantong.desk.tasks import verify_trails
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.models.secret import ReadingLog
from fuyuantong.matters.session import acting
from fuyuantong.organs.models import Organ
from fuyuantong.organs.vocabulary import PostKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def court() -> Organ:
    return an_organ("410825-court", branch="court", short="县法院")


@pytest.fixture
def desk(court: Organ) -> Desk:
    return Desk(court, PostKind.AUDITOR)


def entry(kind: SecurityKind, *, days: int = 0, **detail: object):
    at = timezone.now() - timedelta(days=days)
    return write_event(kind, account=None, origin=Origin("10.1.2.3", ""), now=at, detail=detail)


@pytest.mark.parametrize(
    ("kind", "detail", "words"),
    [
        (SecurityKind.SIGNED_IN, {"methods": ["password", "totp"]}, "密码、动态验证码"),
        (SecurityKind.SIGN_IN_FAILED, {"step": "second-factor"}, "第二步验证没有通过"),
        (SecurityKind.LOCKED, {"what": "account"}, "账号"),
        (SecurityKind.SESSION_ENDED, {"idle": True}, "一小时没有操作"),
        (SecurityKind.SESSION_ENDED, {"device": "Windows 电脑", "address": "10.1.2.3"}, "Windows 电脑（10.1.2.3）"),
        (SecurityKind.FACTOR_ADDED, {"factor": "webauthn"}, "安全密钥"),
        (SecurityKind.FACTOR_REMOVED, {"account": "li.si"}, "li.si"),
        (SecurityKind.FACTOR_RULE_SET, {"organ": None, "required": True}, "所有单位：必须使用"),
        (SecurityKind.READ_REFUSED, {"what": "编号 1", "path": "/matter/1"}, "编号 1　/matter/1"),
        (SecurityKind.ADMINISTERED, {"path": "/a", "fields": {"act": "close"}}, "/a　act=close"),
        (SecurityKind.TRAILS_VERIFIED, {"matters": 3, "breaks": 0}, "3 件，全部相符"),
        (SecurityKind.TRAILS_VERIFIED, {"matters": 3, "breaks": 2}, "3 件，2 处不符"),
        (SecurityKind.PASSWORD_GIVEN, {"account": "li.si"}, "li.si"),
    ],
)
def test_an_entry_is_told_in_words(kind: SecurityKind, detail: dict, words: str):
    assert told(entry(kind, **detail)) == words


def test_the_log_is_filtered_by_kind_account_and_day(desk: Desk):
    entry(SecurityKind.LOCKED, what="account")
    today = timezone.localdate().isoformat()

    assert "锁定</td>" in desk.page(f"security-log?kind=locked&first={today}&last={today}")
    assert "没有符合条件的记录" in desk.page(f"security-log?kind=locked&account={desk.account.username}")


@pytest.mark.parametrize("query", ["kind=gossip", "account=nobody", "first=soon"])
def test_a_wrong_filter_is_said(desk: Desk, query: str):
    answer = desk.client.get(f"/administration/security-log?{query}")

    assert answer.status_code == 422
    assert "refusal-title" in answer.content.decode()


def test_the_log_is_leafed_through(desk: Desk):
    for _ in range(PAGE + 1):
        entry(SecurityKind.SIGNED_OUT)
    page = desk.page("security-log?kind=signed-out")
    below = re.search(r"below=(\d+)", page)[1]

    assert "更早的" not in desk.page(f"security-log?kind=signed-out&below={below}")


def test_no_reading_is_no_error(desk: Desk):
    assert "还没有人查看过敏感内容" in desk.page("readings?below=never")
    assert ReadingLog.objects.count() == 0


def test_a_reading_of_what_is_sensitive_is_told_with_its_purpose(desk: Desk, court: Organ):
    clerk, matter = an_official(court), a_matter(Part(court))
    with acting():
        Matter.objects.filter(pk=matter.pk).update(values={"phone": hide(matter, "phone")})
    ask(clerk, matter, purpose="核实当事人身份")

    page = desk.page("readings")

    assert clerk.username in page
    assert "核实当事人身份" in page
    assert PHONE not in page


def test_the_changes_of_the_directory_are_told(desk: Desk):
    an_account("li.si")

    assert "开设账号" in desk.page("changes")
    assert "设立单位" in desk.page("changes?organ=410825-court")
    assert "没有符合条件的记录" in desk.page("changes?organ=410825-nowhere")


def test_verifying_is_left_to_the_worker(desk: Desk):
    desk.does("verification")
    page = desk.does("verification")

    assert ProcrastinateJob.objects.filter(task_name=verify_trails.name).count() == 1
    assert "正在校验" in page


def test_the_result_stands_on_the_log(desk: Desk):
    verify_trails(account_id=desk.account.pk)

    event = last_event()
    assert (event.kind, event.detail["breaks"], event.address) == ("trails-verified", 0, None)
    assert "全部相符" in desk.page("verification")
    assert Origin("", "") == MACHINE
