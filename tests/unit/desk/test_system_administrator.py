"""系统管理员: organs, accounts, posts, cover, handover, first passwords, import."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from tests.builders import NOW, a_tenure, an_account, an_official, an_organ
from tests.unit.accounts.test_importing import GOOD, table
from tests.unit.desk.administrators import Desk, last_event

from fuyuantong.accounts.guarding import count, failed, locked_until, password_attempt
from fuyuantong.accounts.security_log import Origin
from fuyuantong.organs.models import Account, Cover, Organ, OrganName, OrganRelation, Post, Tenure
from fuyuantong.organs.queries import posts_held
from fuyuantong.organs.vocabulary import PostKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def justice() -> Organ:
    return an_organ("410825-justice", short="县司法局")


@pytest.fixture
def desk(justice: Organ) -> Desk:
    return Desk(justice, PostKind.SYSTEM_ADMINISTRATOR)


def test_an_account_is_opened_with_a_post_and_a_sheet(desk: Desk):
    sheet = desk.does("accounts/new", username="li.si", name="李某", organ="410825-justice", kind="liaison")

    password = re.search(r"初始密码 <code>([^<]+)", sheet)[1]
    assert Account.objects.get(username="li.si").check_password(password)
    event = last_event()
    assert (event.kind, event.account) == ("administered", desk.account)
    assert event.detail["fields"]["username"] == "li.si"
    assert password not in str(event.detail)


def test_an_account_whose_post_is_refused_is_not_opened(desk: Desk):
    page = desk.fails("accounts/new", username="li.si", name="李某", organ="410825-nowhere", kind="liaison")

    assert "不在目录中" in page
    assert 'value="li.si"' in page
    assert not Account.objects.filter(username="li.si").exists()


def test_nobody_becomes_an_administrator_here(desk: Desk):
    an_account("li.si")

    page = desk.fails("accounts/of/li.si", act="appoint", organ="410825-justice", kind="auditor")

    assert "三员由安全管理员任免" in page


def test_accounts_are_found_by_name_and_organ(desk: Desk, justice: Organ):
    mine, other = an_official(justice), an_official(an_organ())

    assert mine.username in desk.page("accounts?organ=410825-justice")
    assert f">{other.username}<" not in desk.page("accounts?organ=410825-justice")
    assert "没有符合条件的账号" in desk.page("accounts?q=nobody")


def test_a_post_is_given_and_taken(desk: Desk):
    account = an_account("li.si")
    desk.does("accounts/of/li.si", act="appoint", organ="410825-justice", kind="liaison", title="")
    tenure = Tenure.objects.get(account=account)
    assert tenure.post.title == "联络员"

    desk.does("accounts/of/li.si", act="end-tenure", tenure=tenure.pk)

    tenure.refresh_from_db()
    assert tenure.valid.upper is not None


def test_a_post_is_handed_over(desk: Desk, justice: Organ):
    tenure = a_tenure(justice)
    successor = an_account("wang.wu")

    page = desk.does(f"accounts/of/{tenure.account.username}", act="hand-over", tenure=tenure.pk, to="wang.wu")

    assert "岗位已交接给" in page
    assert [held.post for held in Tenure.objects.filter(account=successor)] == [tenure.post]


def test_all_that_an_account_holds_is_handed_over_at_once(desk: Desk, justice: Organ):
    leaving, successor = an_official(justice), an_account("wang.wu")
    a_tenure(justice, kind=PostKind.LIAISON, account=leaving)
    path = f"accounts/of/{leaving.username}"

    assert "2 项任职已交接给" in desk.does(path, act="hand-over-all", to="wang.wu")

    assert Tenure.objects.filter(account=successor).count() == 2
    assert "没有可以交接的任职" in desk.fails(path, act="hand-over-all", to="wang.wu")


def test_leave_is_covered_and_the_cover_ended(desk: Desk, justice: Organ):
    tenure, deputy = a_tenure(justice), an_official(justice)
    path = f"accounts/of/{tenure.account.username}"
    assert "请填写代理到哪一天为止" in desk.fails(path, act="cover", tenure=tenure.pk, to=deputy.username)
    desk.does(path, act="cover", tenure=tenure.pk, to=deputy.username, until="2099-01-01")
    cover = Cover.objects.get()
    assert "代理" in desk.page(path)

    desk.does(path, act="end-cover", cover=cover.pk)

    cover.refresh_from_db()
    assert cover.valid.upper.year < 2099


def test_a_locked_account_is_unlocked(desk: Desk):
    account = an_account("li.si")
    attempt, now = password_attempt("li.si", origin=Origin("10.1.2.3", "")), NOW.replace(year=2099)
    for _ in range(5):
        count(attempt, now=now)
        failed(attempt, step="password", now=now)
    assert "登录锁定至" in desk.page("accounts/of/li.si")

    desk.does("accounts/of/li.si", act="unlock")

    assert locked_until(account, now=now) is None


def test_a_password_is_given_anew(desk: Desk):
    account = an_account("li.si")

    sheet = desk.does("accounts/of/li.si", act="password")

    account.refresh_from_db()
    assert account.check_password(re.search(r"初始密码 <code>([^<]+)", sheet)[1])


@pytest.mark.parametrize("act", ["password", "factors"])
def test_the_credentials_of_administrators_are_out_of_reach(desk: Desk, act: str):
    assert "不能在网页上办理" in desk.fails(f"accounts/of/{desk.account.username}", act=act)


def test_an_administrators_tenure_is_out_of_reach(desk: Desk):
    tenure = Tenure.objects.get(account=desk.account)

    page = desk.fails(f"accounts/of/{desk.account.username}", act="end-tenure", tenure=tenure.pk)

    assert "三员由安全管理员任免" in page


def test_an_administrators_account_is_not_closed_here(desk: Desk, justice: Organ):
    auditor = an_official(justice, kind=PostKind.AUDITOR)

    assert "现任管理员，不能在此停用" in desk.fails(f"accounts/of/{auditor.username}", act="close")


def test_an_account_is_closed_for_good(desk: Desk):
    account = an_account("li.si")

    desk.does("accounts/of/li.si", act="factors")
    desk.does("accounts/of/li.si", act="sessions")
    page = desk.does("accounts/of/li.si", act="close")

    account.refresh_from_db()
    assert not account.is_active
    assert "已停用" in page
    assert "已停用" in desk.fails("accounts/of/li.si", act="close")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"act": "dance"}, "没有这个操作"),
        ({"act": "end-tenure", "tenure": "0"}, "没有这项任职"),
        ({"act": "end-cover", "cover": "x"}, "没有这项代理"),
        ({"act": "appoint", "organ": "410825-justice", "kind": "king"}, "岗位有误"),
        ({"act": "appoint", "organ": "410825-justice", "kind": "handler", "since": "soon"}, "任职开始不是日期"),
    ],
)
def test_what_cannot_be_done_to_an_account_is_said(desk: Desk, fields: dict, reason: str):
    an_account("li.si")

    assert reason in desk.fails("accounts/of/li.si", **fields)


def workbook(*rows) -> SimpleUploadedFile:
    return SimpleUploadedFile("accounts.xlsx", table(*rows))


def test_a_table_is_tried_out_then_taken(desk: Desk):
    page = desk.does("import", file=workbook(GOOD))
    sealed = re.search(r'name="sealed" value="([^"]+)"', page)[1]
    assert not Account.objects.filter(username="zhang.san").exists()

    sheet = desk.does("import", sealed=sealed)

    assert "zhang.san" in sheet
    assert [post.kind for post in posts_held(Account.objects.get(username="zhang.san"), at=NOW.replace(year=2027))] == [
        "liaison"
    ]


def test_a_table_with_a_wrong_cell_is_not_taken(desk: Desk):
    page = desk.fails("import", file=workbook(GOOD, ("x", "李某", "410825-nowhere", "联络员", "", "")))

    assert "第 3 行“机构代码”" in page
    assert "sealed" not in page


def test_a_table_that_became_wrong_is_shown_again(desk: Desk):
    page = desk.does("import", file=workbook(GOOD))
    an_account("zhang.san")

    assert "已被使用" in desk.fails("import", sealed=re.search(r'name="sealed" value="([^"]+)"', page)[1])


@pytest.mark.parametrize("fields", [{}, {"sealed": "forged"}, {"file": SimpleUploadedFile("a.xlsx", b"x")}])
def test_what_is_no_table_is_refused(desk: Desk, fields: dict):
    assert "请" in desk.fails("import", **fields)


def test_the_template_is_a_workbook(desk: Desk):
    answer = desk.client.get("/administration/import/template")

    assert answer.content.startswith(b"PK")
    assert isinstance(Workbook(), Workbook)


def test_an_organ_is_founded(desk: Desk):
    fields = {
        "code": "410825-water",
        "branch": "government",
        "kind": "department",
        "full": "温县水利局",
        "short": "县水利局",
        "node_id": "node-one",
        "effective_on": "2026-11-01",
    }
    page = desk.does("organs/new", **fields)

    assert "已设立 县水利局" in page
    assert not Organ.objects.get(code="410825-water").online
    assert "已被使用" in desk.fails("organs/new", **fields)


def test_an_organ_is_renamed_connected_and_related(desk: Desk, justice: Organ):
    an_organ("410825-government", short="县政府")
    path = "organs/410825-justice"
    desk.does(path, act="rename", full="温县司法行政局", short="县司法行政局", effective_on="2026-12-01")
    desk.does(path, act="connect", node_id="node-two")
    desk.does(path, act="relate", holder="410825-government", relation="government_of", effective_on="2026-11-01")
    page = desk.does(
        path, act="end-relation", holder="410825-government", relation="government_of", effective_on="2027-01-01"
    )

    justice.refresh_from_db()
    assert (justice.node_id, justice.online) == ("node-two", False)
    assert OrganName.objects.filter(organ=justice).count() == 2
    assert OrganRelation.objects.get().valid.upper.year == 2027
    assert "本级人民政府" in page


def test_an_organ_is_merged_into_another(desk: Desk):
    old = an_organ("410825-old")
    an_organ("410825-new")

    desk.does("organs/410825-old", act="merge", into="410825-new", effective_on="2099-01-01")

    old.refresh_from_db()
    assert old.valid_to.year == 2099
    assert "不再存续" in desk.page("organs/410825-old")


def test_an_organ_is_split(desk: Desk):
    for code in ("old", "one", "two"):
        an_organ(f"410825-{code}")

    page = desk.does("organs/410825-old", act="split", into="410825-one，410825-two", effective_on="2099-01-01")

    assert "410825-one 为主要承接单位" in page


def test_a_post_is_opened_in_an_organ(desk: Desk, justice: Organ):
    desk.does("organs/410825-justice", act="open-post", kind="signer", title="局长签发")

    assert Post.objects.filter(organ=justice, title="局长签发").exists()


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"act": "dance"}, "没有这个操作"),
        ({"act": "relate", "relation": "friend_of"}, "没有这种关系"),
        ({"act": "rename", "effective_on": ""}, "更名日期不是日期"),
        ({"act": "open-post", "kind": "auditor"}, "三员的岗位由安全管理员设立"),
    ],
)
def test_what_cannot_be_done_to_an_organ_is_said(desk: Desk, fields: dict, reason: str):
    assert reason in desk.fails("organs/410825-justice", **fields)


def test_organs_are_leafed_through(desk: Desk):
    for _ in range(51):
        an_organ()
    page = desk.page("organs")
    after = re.search(r"after=([^\"]+)", page)[1]

    assert "下一页" not in desk.page(f"organs?after={after}")
    assert "没有符合条件的单位" in desk.page("organs?q=nowhere")


def test_accounts_are_leafed_through(desk: Desk):
    for number in range(51):
        an_account(f"many{number:02}")
    page = desk.page("accounts?q=many")
    after = re.search(r"after=([^\"]+)", page)[1]

    assert "many50" in desk.page(f"accounts?q=many&after={after}")
