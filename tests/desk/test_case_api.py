"""A court's own system feeds the register by a token: judged like a file, whole or not at all, the same request once."""

import json
import re

import pytest
from django.test import Client
from tests.suggestions import COURT, HOUSING, a_county
from tests.unit.desk.administrators import Desk

from fuyuantong.accounts.models import SecurityEvent
from fuyuantong.matters.session import acting
from fuyuantong.organs.vocabulary import PostKind
from fuyuantong.registers.cases import lines
from fuyuantong.registers.cases.models.case import CourtCase
from fuyuantong.registers.cases.models.feed import Feed, FeedAnswer

pytestmark = pytest.mark.django_db
ONE = {
    "案号": "（2026）豫0825行初1号",
    "被告": ["住建局", "林业局"],
    "原告": "甲某",
    "立案日期": "2026-03-02",
    "served": ["2026-03-05", None],
    "开庭日期": ["2026-05-08"],
    "heads": [["出庭", "未出庭"]],
    "文书公开": True,
}
TWO = {"number": "豫0825行初2号", "defendants": "住建局"}


@pytest.fixture
def county(db):
    return a_county()


@pytest.fixture
def token(county, terminal):
    by = county.people[COURT].username
    return terminal("case", "token", "--by", by, "--make", "办案系统", "--json").data


@pytest.fixture
def send(token):
    def sent(*statements, key="1", shown=token["token"], query=""):
        body = b"\n".join(one if isinstance(one, bytes) else json.dumps(one).encode() for one in statements)
        headers = {"Authorization": f"Bearer {shown}", "Idempotency-Key": key}
        response = Client(enforce_csrf_checks=True).post(
            f"/api/cases/statements{query}", body, content_type="application/x-ndjson", headers=headers
        )
        return response.status_code, response.json()

    return sent


def cases():
    with acting():
        return list(CourtCase.objects.order_by("pk").values_list("number", flat=True))


def test_statements_are_taken_and_the_same_request_once(send):
    status, body = send(ONE, {**ONE, "案号": "（2026）豫0825行初3号", "颜色": "红"})

    assert (status, body["new"], body["taken"], body["unknown"]) == (200, 2, 2, ["颜色"])
    again = send(ONE, {**ONE, "案号": "（2026）豫0825行初3号", "颜色": "红"})
    assert again == (200, {**body, "again": True})
    assert send(TWO)[1]["type"] == "urn:fuyuantong:refusal:key-used"
    with acting():
        assert (Feed.objects.count(), FeedAnswer.objects.count()) == (1, 1)


def test_nothing_is_taken_while_a_row_is_faulty_unless_that_is_asked(send):
    status, body = send(ONE, TWO)

    assert (status, body["title"], body["faulty"], cases()) == (422, "文件有误，未导入任何案件", 1, [])
    assert [(fault["row"], fault["column"]) for fault in body["faults"]] == [(2, "案号")]
    assert send(ONE, TWO, query="?good_rows=1")[1]["taken"] == 1
    assert cases() == ["（2026）豫0825行初1号"]


def test_what_was_said_is_taken_back_by_null(send):
    send({**ONE, "备注": "误"})
    _, body = send({"案号": ONE["案号"], "备注": None}, key="2")

    assert (body["changed"], body["taken"]) == (1, 1)


@pytest.mark.parametrize(
    ("sent", "key", "status", "said"),
    [
        ([b"{"], "1", 422, "第 1 行不是 JSON"),
        ([b"[1]"], "1", 422, "第 1 行不是一个 JSON 对象"),
        ([b"  "], "1", 422, "没有收到案件"),
        ([ONE], "", 422, "没有 Idempotency-Key"),
        ([b'"' + b"x" * 70_000], "1", 413, "第 1 行超过 64 KB"),
    ],
)
def test_what_cannot_be_read_is_refused_whole(send, sent, key, status, said):
    found, body = send(*sent, key=key)

    assert (found, said in body["detail"], body["status"]) == (status, True, status)
    with acting():
        assert Feed.objects.count() == 0


def test_too_much_is_refused(send, monkeypatch):
    monkeypatch.setattr(lines, "LARGEST", 100)

    assert send(ONE, ONE)[0] == 413


def test_a_token_is_shown_once_kept_as_a_digest_and_revoked(county, terminal, token, send):
    by = county.people[COURT].username
    listed = terminal("case", "token", "--by", by)

    assert token["token"] not in listed.said
    assert "办案系统" in listed.said
    assert "不是编号" in terminal("case", "token", "--by", by, "--revoke", "x").refused
    terminal("case", "token", "--by", by, "--revoke", token["id"])
    assert send(ONE)[0] == 401
    assert send(ONE, shown="x")[1]["title"] == "没有这个令牌"
    assert "没有有效的令牌" in terminal("case", "token", "--by", by, "--revoke", token["id"]).refused
    assert "已撤销" in terminal("case", "token", "--by", by).said
    assert "须写 1 至 100 字" in terminal("case", "token", "--by", by, "--make", " ").refused
    events = SecurityEvent.objects.filter(kind__startswith="token").order_by("pk")
    assert [(one.kind, one.account.username, one.detail["label"]) for one in events] == [
        ("token-made", by, "办案系统"),
        ("token-revoked", by, "办案系统"),
    ]


def test_an_administrator_makes_a_token_sees_its_use_and_ends_it(county, send):
    desk = Desk(county.organs[HOUSING], PostKind.SYSTEM_ADMINISTRATOR)
    recorder = re.search(r'<option value="(410825-court [^"]+)"', desk.page("tokens"))[1]
    shown = re.search(r'class="token">([^<]+)<', desk.does("tokens", label="新系统", recorder=recorder))[1]

    assert (shown in desk.page("tokens"), desk.page("tokens").count("未使用")) == (False, 2)
    assert send(ONE, shown=shown)[0] == 200
    assert desk.page("tokens").count("未使用") == 1
    uid = re.search(r'name="revoke" value="([^"]+)"', desk.page("tokens"))[1]
    assert "令牌“新系统”已撤销" in desk.does("tokens", revoke=uid)
    assert send(ONE, shown=shown, key="2")[0] == 401
    events = SecurityEvent.objects.filter(account=desk.account, kind__startswith="token").order_by("pk")
    assert [one.kind for one in events] == ["token-made", "token-revoked"]
    assert shown not in str([one.detail for one in SecurityEvent.objects.all()])


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"label": "系统", "recorder": "410825-housing x"}, "没有选择由哪个法院账号登记"),
        ({"revoke": "x"}, "编号有误"),
        ({"revoke": "00000000-0000-0000-0000-000000000000"}, "没有有效的令牌"),
    ],
)
def test_what_an_administrator_cannot_do_with_tokens_is_told(county, typed, said):
    assert said in Desk(county.organs[COURT], PostKind.SYSTEM_ADMINISTRATOR).fails("tokens", **typed)


def test_only_a_court_has_tokens_and_nobody_feeds_without(county, terminal):
    bureau = county.people[HOUSING].username

    assert "案件由人民法院登记" in terminal("case", "token", "--by", bureau, "--make", "系统").refused
    assert Client().post("/api/cases/statements").status_code == 401
